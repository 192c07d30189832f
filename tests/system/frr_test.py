"""The network follows a DVIPA by a routing protocol: FRR redistributes the route that its owner has in the kernel."""

import json
import os
import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.frr import Frr
from lab.network import DVIPA, PARTNER
from lab.ownership import Ownership
from lab.peer import Client
from lab.profiles import SERVICE_PORT
from lab.sysplex import Sysplex
from lab.waiting import await_condition

ROOT = os.path.join(os.path.dirname(__file__), "../..")
# Routers refuse news of a route within a second of the last (RFC 2328, MinLSArrival), and a test does not wait for that.
ROUTER = "".join(f"""interface {device}
 ip ospf area 0
 ip ospf hello-interval 1
 ip ospf dead-interval 5
""" for device in ("sys1", "sys2")) + """router ospf
 timers lsa min-arrival 0
"""


def sample():
    """What a system's ospfd is told."""
    with open(os.path.join(ROOT, "profiles/frr.conf"), encoding="utf-8") as file:
        return file.read()


class RoutedByFrr(Ownership, LabTest):
    def setUp(self):
        super().setUp()
        self.sysplex = Sysplex(self.lab, systems=2)
        network = self.sysplex.network
        network.forget_dvipa()
        for system in self.sysplex.systems:
            Frr(self.lab, system, sample())
        router = Frr(self.lab, network.router, ROUTER)
        router.await_tellers(2)
        self.sysplex.start()

    def route(self):
        """How the router gets to the DVIPA."""
        routes = json.loads(self.sysplex.network.router.ip("-json", "route", "show", DVIPA).stdout)
        return [(entry["protocol"], entry.get("gateway")) for entry in routes]

    def await_route(self, number):
        """Waits until the router goes to system `number`, and only there."""
        wanted = [("ospf", f"192.168.{number}.2")]
        await_condition(lambda: self.route() == wanted, lambda: f"{wanted} at the router: {self.route()}", 30.0)
        self.assertEqual([number], self.owners())

    def serve(self, stack):
        stack.listen_echo(DVIPA, SERVICE_PORT)

    def connect(self, count):
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, count)
        self.assertEqual({"connected": count, "echoed": count, "broken": {}}, client.echo())
        return client

    def test_the_route_goes_with_the_dvipa_and_comes_back(self):
        owner, backup = self.sysplex.stacks
        partner = self.sysplex.serve("echo:7000")
        self.await_route(1)
        for stack in (owner, backup):
            self.serve(stack)
        self.sysplex.await_listeners(2)
        client = self.connect(10)
        outbound = Connector(backup, PARTNER, 7000, 5)
        self.assertEqual(5, outbound.summary()["echoed"])
        survive = 10 - self.established(owner)
        self.assertEqual(5, survive, "round robin")

        owner.kill()
        self.await_route(2)
        outcome = client.echo()
        self.assertEqual(survive, outcome["echoed"], outcome)
        self.assertEqual(5, partner.probe(7000)["live"])
        self.connect(5).close()

        self.sysplex.restart(owner)
        self.await_route(1)
        outcome = client.echo()
        self.assertEqual(survive, outcome["echoed"], outcome)
        self.connect(5).close()
        self.assertEqual(0, outbound.release())


class Manual(unittest.TestCase):
    def test_the_manual_shows_what_was_tried(self):
        with open(os.path.join(ROOT, "man/tcpplexd.8"), encoding="utf-8") as page:
            self.assertIn(sample().partition("\n")[2], page.read())


if __name__ == "__main__":
    unittest.main()

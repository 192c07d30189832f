"""VIPAROUTE: the owner sends distributed connections to their targets over the network, in GRE, not by XCF."""

import hashlib
import unittest

from lab.network import DVIPA, PARTNER
from lab.connector import Connector
from lab.peer import Client
from lab.profiles import SERVICE_PORT
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition

ROUTES = "".join(f"  VIPAROUTE 10.1.100.{number} 10.1.{number}.2\n" for number in (1, 2, 3))
VIPA_ROUTES = f"VIPADYNAMIC\n{ROUTES}ENDVIPADYNAMIC\n"
ECHO = f"""
import hashlib, socket, sys, threading
text = bytes(range(256)) * 8192
with socket.create_connection(("{DVIPA}", {SERVICE_PORT}), 20) as one:
    one.settimeout(20)
    def send():
        one.sendall(text)
        one.shutdown(socket.SHUT_WR)
    sender = threading.Thread(target=send)
    sender.start()
    back = b"".join(iter(lambda: one.recv(1 << 16), b""))
    sender.join()
print(len(back), hashlib.sha256(back).hexdigest())
"""


class VipaRoute(SysplexTest):
    def counters(self, stack):
        return {entry["name"]: entry["count"] for entry in stack.document("netstat", "stats")["counters"]}

    def serve_on(self, *stacks):
        for stack in stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(len(stacks))

    def echo_much(self):
        """2 MiB from the kernel to the DVIPA and back, whole."""
        outcome = self.sysplex.network.partner.run("python3", "-c", ECHO, check=True, deadline=60)
        text = bytes(range(256)) * 8192
        self.assertEqual(f"{len(text)} {hashlib.sha256(text).hexdigest()}", outcome.stdout.strip())

    def path_mtu(self):
        """What the client's kernel has learned of the way to the DVIPA; None: nothing."""
        words = self.sysplex.network.partner.run("ip", "route", "get", DVIPA, check=True).stdout.split()
        return int(words[words.index("mtu") + 1]) if "mtu" in words else None

    # also on shards
    # also on etcd
    def test_connections_come_through_tunnels_and_their_answers_do_not(self):
        self.sysplex.start(extra=VIPA_ROUTES)
        self.serve_on(*self.sysplex.stacks)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 30)
        self.assertEqual({"connected": 30, "echoed": 30, "broken": {}}, client.echo())
        for stack in self.sysplex.targets:
            counters = self.counters(stack)
            self.assertGreater(counters["dvipa.tunnelled_in"], 10, stack.name)
            self.assertEqual(0, counters["dvipa.segments_from_members"], stack.name)
        self.assertEqual(sum(self.counters(stack)["dvipa.tunnelled_in"] for stack in self.sysplex.targets),
                         self.counters(self.sysplex.owner)["dvipa.tunnelled_out"])

    def test_a_stack_opens_connections_whose_answers_come_through_a_tunnel(self):
        self.sysplex.start(extra=VIPA_ROUTES)
        connector = Connector(self.sysplex.targets[0], PARTNER, 7000, 3)
        self.assertEqual(3, connector.summary()["echoed"])
        self.assertGreater(self.counters(self.sysplex.targets[0])["dvipa.tunnelled_in"], 3)
        local = connector.summary()["local"][0]
        way = self.sysplex.owner.screen("explain", f"{local['address']}..{local['port']}", f"{PARTNER}..7000")
        self.assertIn("through a tunnel to 10.1.2.2 (VIPAROUTE) to TCPIP2", way)

    def test_segments_leave_room_for_the_headers_of_a_tunnel(self):
        self.sysplex.start(extra=VIPA_ROUTES)
        self.serve_on(self.sysplex.targets[1])
        self.echo_much()
        self.assertEqual(0, self.counters(self.sysplex.owner)["drop.too_big"])
        self.assertIsNone(self.path_mtu())

    def test_without_that_room_the_sender_learns_what_fits(self):
        self.sysplex.start(extra="GLOBALCONFIG ADJUSTDVIPAMSS NONE\n" + VIPA_ROUTES)
        self.serve_on(self.sysplex.targets[1])
        self.echo_much()
        self.assertGreater(self.counters(self.sysplex.owner)["drop.too_big"], 0)
        self.assertEqual(1476, self.path_mtu())

    def test_a_tunnel_is_added_and_deleted_under_a_live_connection(self):
        self.sysplex.start()
        owner, target = self.sysplex.owner, self.sysplex.targets[0]
        self.serve_on(target)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 1)
        self.assertEqual(1, client.echo()["echoed"])
        for word, status in (("DEFINE", ["Active"]), ("DELETE", [])):
            before = self.counters(target)["dvipa.tunnelled_in"]
            owner.obeyfile(f"VIPADYNAMIC\n  VIPAROUTE {word} 10.1.100.2 10.1.2.2\nENDVIPADYNAMIC\n")
            routes = owner.document("netstat", "vipadyn")["vipaRoutes"]
            self.assertEqual(status, [each["status"] for each in routes])
            self.assertEqual(1, client.echo()["echoed"])
            self.assertEqual(word == "DEFINE", self.counters(target)["dvipa.tunnelled_in"] > before)

    def test_the_displays_show_them(self):
        self.sysplex.start(extra=VIPA_ROUTES)
        owner = self.sysplex.owner
        expected = [(f"10.1.100.{number}", f"10.1.{number}.2") for number in (1, 2, 3)]
        configured = owner.document("netstat", "vipadcfg")["route"]
        self.assertEqual(expected, [(each["destinationXcf"], each["target"]) for each in configured])
        self.assertIn("10.1.100.3      10.1.3.2        Active", owner.screen("netstat", "vipadyn"))
        self.sysplex.stacks.pop().stop()
        await_condition(lambda: "10.1.100.3      10.1.3.2        Defined" in owner.screen("netstat", "vipadyn"),
                        lambda: owner.screen("netstat", "vipadyn"))


class VipaRouteOnShards(OnShards, VipaRoute):
    pass


class VipaRouteOnEtcd(OnEtcd, VipaRoute):
    pass


if __name__ == "__main__":
    unittest.main()

"""VIPARANGE: a DVIPA comes to life when an application binds to it, is shared if the range says so, and goes with its last user."""

import unittest

from lab.connector import Connector
from lab.datagrams import DatagramSocket
from lab.network import PARTNER
from lab.peer import Client
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

ADDRESS = "10.1.9.130"
OTHER = "10.1.9.131"
RANGE = """VIPADYNAMIC
  VIPARANGE DEFINE {keyword} 255.255.255.128 10.1.9.128
ENDVIPADYNAMIC
"""


class Range(SysplexTest):
    options = {"systems": 1}

    def _start(self, keyword):
        self.sysplex.network.route_dvipa(1, ADDRESS)
        self.sysplex.start(sharing="", extra=RANGE.format(keyword=keyword))
        return self.sysplex.owner

    def _home(self, stack):
        return [entry["address"] for entry in stack.document("netstat", "home")["home"]]

    def test_a_bind_makes_the_address_and_its_end_takes_it_away(self):
        stack = self._start("")
        self.assertNotIn(ADDRESS, self._home(stack))
        listener = stack.listen_echo(ADDRESS, 8000)
        client = Client(self.lab, self.sysplex.network.partner, ADDRESS, 8000, 3)
        self.assertEqual(3, client.echo()["echoed"])
        states = {entry["address"]: entry["origin"] for entry in stack.document("netstat", "vipadyn")["dvipas"]}
        self.assertEqual("VIPARange Bind", states[ADDRESS])
        client.process.end()
        listener.end()
        # Connections that this side closed first use the address for their TIME-WAIT.
        await_condition(lambda: ADDRESS not in self._home(stack), lambda: stack.screen("netstat", "allconn"), 90)

    def test_a_udp_socket_makes_the_address_and_keeps_it_until_it_is_closed(self):
        stack = self._start("")
        datagrams = DatagramSocket(stack, local=(ADDRESS, 5000))
        stack.listen_echo(OTHER, 8000).end()
        await_condition(lambda: OTHER not in self._home(stack), lambda: stack.screen("netstat", "home"))
        self.assertIn(ADDRESS, self._home(stack))
        datagrams.close()
        await_condition(lambda: ADDRESS not in self._home(stack), lambda: stack.screen("netstat", "allconn"))

    def test_a_bind_outside_every_range_is_refused(self):
        stack = self._start("")
        outcome = stack.tcpplex("listen", "--echo", "10.1.7.7", 8000)
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn("EADDRNOTAVAIL", outcome.stderr)

    def test_an_operator_makes_an_address_that_stays_unused_and_ends_it(self):
        stack = self._start("")
        self.assertEqual(0, stack.tcpplex("vary", "vipa", "create", ADDRESS).status)
        self.assertEqual(4, stack.tcpplex("vary", "vipa", "create", ADDRESS).status)
        self.assertEqual(8, stack.tcpplex("vary", "vipa", "create", "10.1.7.7").status)
        stack.listen_echo(ADDRESS, 8000).end()
        stack.listen_echo(OTHER, 8000).end()
        await_condition(lambda: OTHER not in self._home(stack), lambda: stack.screen("netstat", "home"))
        self.assertIn(ADDRESS, self._home(stack))
        self.assertEqual(0, stack.tcpplex("vary", "vipa", "delete", ADDRESS).status)
        self.assertNotIn(ADDRESS, self._home(stack))
        self.assertEqual(8, stack.tcpplex("vary", "vipa", "delete", ADDRESS).status)

    # also on etcd
    # claims: 20 21
    def test_the_keyword_on_the_range_shares_the_ports_of_its_addresses(self):
        stack = self._start("SYSPLEXPORTS")
        connector = Connector(stack, PARTNER, 7000, 1, "--bind", f"{ADDRESS}..40001")
        self.assertEqual([40001], connector.local_ports())
        ports = stack.ports(ADDRESS)
        self.assertEqual(("ON", 1), (ports["state"], ports["inUse"]))
        self.assertEqual(0, connector.release())

    # also on etcd
    # claims: 21 22
    def test_the_keyword_may_come_to_a_range_in_use(self):
        stack = self._start("")
        connector = Connector(stack, PARTNER, 7000, 1, "--bind", f"{ADDRESS}..40001")
        connector.summary()
        self.assertIsNone(stack.ports(ADDRESS))
        stack.obeyfile(RANGE.format(keyword="SYSPLEXPORTS"), check=True)
        ports = stack.ports(ADDRESS)
        self.assertEqual(("ON", 1), (ports["state"], ports["inUse"]))
        self.assertEqual(0, connector.release())


class RangeOnEtcd(OnEtcd, Range):
    pass


class MovingRange(SysplexTest):
    """Two stacks with the same range."""

    options = {"systems": 2}

    def _start(self, keyword, how="NONDISRUPTIVE"):
        self.sysplex.network.route_dvipa(1, ADDRESS)
        text = RANGE.format(keyword=keyword).replace("DEFINE", f"DEFINE MOVEABLE {how}" if not keyword else "DEFINE")
        self.sysplex.start(sharing="", extra=text)
        return self.sysplex.stacks

    def _status(self, stack):
        states = {entry["address"]: entry["status"] for entry in stack.document("netstat", "vipadyn")["dvipas"]}
        return states.get(ADDRESS)

    # also on etcd
    # claims: 21
    def test_a_bind_on_another_stack_takes_the_address_and_its_connections_stay(self):
        first, second = self._start("SYSPLEXPORTS")
        first.listen_echo(ADDRESS, 8000)
        client = Client(self.lab, self.sysplex.network.partner, ADDRESS, 8000, 3)
        self.assertEqual(3, client.echo()["echoed"])
        outbound = Connector(first, PARTNER, 7000, 1, "--bind", f"{ADDRESS}..40001")
        self.assertEqual(1, outbound.summary()["echoed"])

        second.listen_echo(ADDRESS, 8000)
        self.assertEqual(("Moving", "Active"), (self._status(first), self._status(second)))
        self.sysplex.network.route_dvipa(2, ADDRESS)
        self.assertEqual({"connected": 3, "echoed": 3, "broken": {}}, client.echo())
        self.partner.probe(7000)
        taken = second.tcpplex("connect", "--bind", f"{ADDRESS}..40001", PARTNER, 7001)
        self.assertIn("EADDRINUSE", taken.stderr)
        more = Client(self.lab, self.sysplex.network.partner, ADDRESS, 8000, 2)
        self.assertEqual(2, more.echo()["echoed"])
        self.assertEqual(2, len([row for row in second.connections(address=ADDRESS) if row["state"] == "ESTABLISHED"]))
        self.assertEqual(0, outbound.release())

    def test_a_disruptive_address_is_refused_to_others(self):
        first, second = self._start("", "DISRUPTIVE")
        first.listen_echo(ADDRESS, 8000)
        outcome = second.tcpplex("listen", "--echo", ADDRESS, 8000)
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn("EADDRNOTAVAIL", outcome.stderr)
        self.assertEqual("Active", self._status(first))


class MovingRangeOnEtcd(OnEtcd, MovingRange):
    pass


if __name__ == "__main__":
    unittest.main()

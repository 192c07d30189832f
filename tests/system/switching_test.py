"""Sharing switched on and off by OBEYFILE under live connections."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.profiles import change_sharing
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest

ON = change_sharing("SYSPLEXPORTS")
OFF = change_sharing("NOSYSPLEXPORTS")


class Switching(SysplexTest):
    services = ("echo:7000", "echo:7001", "echo:7002", "echo:7003")

    def _start(self, sharing):
        self.sysplex.start(sharing=sharing, ephemeral=(40000, 40063))
        self.owner = self.sysplex.owner

    def _hold(self, counts):
        """Connections of each stack to a partner port of its own."""
        held = [Connector(stack, PARTNER, port, count)
                for stack, port, count in zip(self.sysplex.stacks, (7001, 7002, 7003), counts)]
        for connector, count in zip(held, counts):
            self.assertEqual(count, connector.summary()["connected"])
        return held

    # also on shards
    # also on etcd
    # claims: 20 21 22
    def test_existing_connections_are_adopted_and_their_ports_not_given_again(self):
        self._start(sharing="")
        held = self._hold((10, 10, 10))
        taken = {port for service in (7001, 7002, 7003) for _, port in self.partner.live(service)}
        self.owner.obeyfile(ON, check=True)
        self.sysplex.await_ports(state="ON", inUse=len(taken))
        summary = Connector(self.sysplex.targets[0], PARTNER, 7000, 64).summary()
        given = {local["port"] for local in summary["local"]}
        self.assertEqual(set(range(40000, 40064)) - taken, given)
        for service in (7001, 7002, 7003):
            answer = self.partner.probe(service)
            self.assertEqual((10, 0), (answer["live"], answer["resets"]))
        self.assertEqual([0, 0, 0], [connector.release() for connector in held])

    # also on etcd
    # claims: 22 X1
    def test_a_port_on_two_stacks_stays_taken_until_both_let_go(self):
        self._start(sharing="")
        held = [Connector(stack, PARTNER, port, 1, "--bind", f"{DVIPA}..40001")
                for stack, port in zip(self.sysplex.targets, (7002, 7003))]
        for connector in held:
            self.assertEqual([40001], connector.local_ports())
        self.owner.obeyfile(ON, check=True)
        self.sysplex.await_in_use(1)
        # The partner's end closes first, so that no TIME-WAIT of ours holds the port.
        for stack, connector, left in zip(self.sysplex.targets, held, (1, 0)):
            stack.kill()
            self.sysplex.await_in_use(left)
            connector.process.end()

    # claims: 22
    # controls: X35 X36
    def test_switching_on_again_changes_nothing(self):
        self._start(sharing="SYSPLEXPORTS")
        held = self._hold((3, 3, 3))
        before = self.owner.ports(DVIPA)
        self.owner.obeyfile(ON, check=True)
        self.assertEqual(before, self.owner.ports(DVIPA))
        self.assertEqual([0, 0, 0], [connector.release() for connector in held])

    # also on shards
    # also on etcd
    # claims: X36
    def test_switching_off_drains(self):
        self._start(sharing="SYSPLEXPORTS")
        held = self._hold((2, 2, 2))
        self.owner.obeyfile(OFF, check=True)
        self.sysplex.await_ports(state="DRAINING", inUse=6)
        for service in (7001, 7002, 7003):
            self.assertEqual(0, self.partner.probe(service)["resets"])
        self.assertEqual([0, 0, 0], [connector.release() for connector in held])

    # also on shards
    # also on etcd
    # claims: 22 X27
    def test_connections_opened_while_sharing_is_switched_on_all_succeed_with_distinct_ports(self):
        self.sysplex.start(sharing="", ephemeral=(40000, 49999))
        connectors = [Connector(stack, PARTNER, 7000, 200) for stack in self.sysplex.targets]
        self.sysplex.owner.obeyfile(ON, check=True)
        summaries = [connector.summary() for connector in connectors]
        # Those opened before the switch may have collided; those after it can't.
        late = [Connector(stack, PARTNER, 7001, 100) for stack in self.sysplex.targets]
        ports = [port for connector in late for port in connector.local_ports()]
        early = {local["port"] for summary in summaries for local in summary["local"]}
        self.assertEqual(200, len(set(ports)))
        self.assertEqual(set(), set(ports) & early)

    def test_a_faulty_obeyfile_changes_nothing_and_says_where(self):
        self._start(sharing="")
        before = [self.owner.document("netstat", report) for report in ("vipadcfg", "home")]
        outcome = self.owner.obeyfile(ON + "ROUTE NOWHERE\n")
        self.assertEqual(1, outcome.status, outcome)
        self.assertRegex(outcome.stdout + outcome.stderr, r"tcpip1\.obey:\d+:\d+")
        after = [self.owner.document("netstat", report) for report in ("vipadcfg", "home")]
        for one, other in zip(before, after):
            self.assertEqual({**one, "time": ""}, {**other, "time": ""})
        self.assertEqual(40, Connector(self.sysplex.targets[0], PARTNER, 7000, 40).summary()["connected"])

    def test_the_console_form_does_the_same(self):
        self._start(sharing="")
        path = self.lab.write("on.obey", ON)
        self.owner.tcpplex("console", f"V TCPIP,,OBEYFILE,{path}", check=True)
        self.sysplex.await_ports(state="ON")

    def test_an_include_is_read_with_the_callers_rights(self):
        self._start(sharing="")
        included = self.lab.write("included.obey", ON)
        self.owner.obeyfile(f"INCLUDE {included}\n", check=True)
        self.sysplex.await_ports(state="ON")


class SwitchingOnEtcd(OnEtcd, Switching):
    pass


class SwitchingOnShards(OnShards, Switching):
    pass


if __name__ == "__main__":
    unittest.main()

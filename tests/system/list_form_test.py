"""SYSPLEXPORTS LIST: source ports from an enumerated list of free ports, oldest first."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest


class ListForm(SysplexTest):
    def _start(self, ephemeral):
        self.sysplex.start(sharing="SYSPLEXPORTS LIST", ephemeral=ephemeral, extra="TCPCONFIG TIMEWAITINTERVAL 1")
        ports = self.sysplex.owner.ports(DVIPA)
        self.assertEqual(("ON", "LIST"), (ports["state"], ports["form"]))

    # also on shards
    # claims: 19 40
    def test_connections_of_three_stacks_have_distinct_ports(self):
        self._start((40000, 49999))
        connectors = [Connector(stack, PARTNER, 7000, 200) for stack in self.sysplex.stacks]
        self.assertEqual([200] * 3, [connector.summary()["echoed"] for connector in connectors])
        live = self.partner.live(7000)
        self.assertEqual({DVIPA}, {address for address, _ in live})
        self.assertEqual(600, len({port for _, port in live}))
        self.assertEqual(600, self.sysplex.owner.ports(DVIPA)["inUse"])

    # claims: 19 26
    def test_the_port_released_first_is_given_first(self):
        self._start((40000, 40003))
        first, second = self.sysplex.targets
        connectors = [Connector(first, PARTNER, 7000) for _ in range(4)]
        released = []
        for left, connector in zip((3, 2, 1, 0), connectors):
            released += connector.local_ports()
            self.assertEqual(0, connector.release())
            self.sysplex.await_in_use(left)
        given = [port for _ in range(4) for port in Connector(second, PARTNER, 7001).local_ports()]
        self.assertEqual(released, given)

    # controls: 19 26 40
    def test_in_a_bitmap_the_port_released_first_is_not_given_first(self):
        self.sysplex.start(ephemeral=(40000, 40009), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        first, second = self.sysplex.targets
        connectors = [Connector(first, PARTNER, 7000) for _ in range(10)]
        released = []
        for connector in connectors:
            released += connector.local_ports()
            self.assertEqual(0, connector.release())
        self.sysplex.await_in_use(0)
        given = [port for _ in range(10) for port in Connector(second, PARTNER, 7001).local_ports()]
        self.assertEqual(sorted(released), sorted(given))
        self.assertNotEqual(released, given)

    # controls: X31
    def test_in_a_table_the_same_work_gives_a_port_twice(self):
        self.sysplex.start(sharing="SYSPLEXPORTS HASHTABLE", ephemeral=(40000, 40007))
        stack = self.sysplex.targets[0]
        ports = [port for service, count in ((7000, 8), (7001, 1))
                 for port in Connector(stack, PARTNER, service, count).local_ports()]
        self.assertEqual((9, 8), (len(ports), len(set(ports))))

    # also on etcd
    # claims: 19 36
    def test_a_bind_takes_its_port_out_of_the_list_and_the_rest_is_given_once(self):
        self._start((40000, 40003))
        bound = Connector(self.sysplex.targets[0], PARTNER, 7000, 1, "--bind", f"{DVIPA}..40002")
        self.assertEqual([40002], bound.local_ports())
        summary = Connector(self.sysplex.targets[1], PARTNER, 7000, 4).summary()
        self.assertEqual([40000, 40001, 40003], sorted(local["port"] for local in summary["local"]))
        self.assertEqual({"EADDRNOTAVAIL": 1}, summary["failed"])

    # also on etcd
    # claims: 12 26 X31
    def test_ports_of_a_killed_stack_are_in_the_list_once(self):
        self._start((40000, 40007))
        self.assertEqual(8, Connector(self.sysplex.stacks[2], PARTNER, 7000, 8).summary()["connected"])
        self.sysplex.stacks[2].kill()
        self.sysplex.await_in_use(0)
        summary = Connector(self.sysplex.targets[0], PARTNER, 7001, 9).summary()
        self.assertEqual(list(range(40000, 40008)), sorted(local["port"] for local in summary["local"]))
        self.assertEqual({"EADDRNOTAVAIL": 1}, summary["failed"])


class ListFormOnEtcd(OnEtcd, ListForm):
    pass


class ListFormOnShards(OnShards, ListForm):
    pass


if __name__ == "__main__":
    unittest.main()

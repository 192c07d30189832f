"""SYSPLEXPORTS HASHTABLE: one port serves many destinations, on one stack and across stacks."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER, SECOND_PARTNER
from lab.peer import Capture, Client
from lab.profiles import SERVICE_PORT, change_sharing
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition

ONE_PORT = (40000, 40000)
KEYWORD = "SYSPLEXPORTS HASHTABLE"


class HashtableForm(SysplexTest):
    def _start(self, sharing=KEYWORD, ephemeral=ONE_PORT):
        self.sysplex.start(sharing=sharing, ephemeral=ephemeral, extra="TCPCONFIG TIMEWAITINTERVAL 1")

    def _ports(self):
        return self.sysplex.owner.ports(DVIPA)

    def _await_connections(self, count):
        await_condition(lambda: self._ports()["connections"] == count,
                        lambda: f"{count} connections in the table: {self._ports()}")

    # claims: 27 28 29 41 42
    # controls: X28
    def test_one_port_goes_to_different_destinations_from_different_stacks(self):
        self._start()
        owner, second, third = self.sysplex.stacks
        connectors = [Connector(second, PARTNER, 7000), Connector(third, PARTNER, 7001),
                      Connector(owner, SECOND_PARTNER, 7000)]
        self.assertEqual([[40000]] * 3, [connector.local_ports() for connector in connectors])
        self.assertEqual([1] * 3, [connector.summary()["echoed"] for connector in connectors])
        ports = self._ports()
        self.assertEqual(("HASHTABLE", 1, 3), (ports["form"], ports["inUse"], ports["connections"]))
        self.assertEqual([0] * 3, [connector.release() for connector in connectors])

    # claims: 28 42
    # controls: 31
    def test_a_connection_that_exists_is_not_made_again_by_another_stack(self):
        self._start()
        self.assertEqual([40000], Connector(self.sysplex.targets[0], PARTNER, 7000).local_ports())
        for stack in self.sysplex.stacks:
            self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(stack, PARTNER, 7000).summary()["failed"], stack.name)
        self.assertEqual(1, self.partner.probe(7000)["live"])

    # also on etcd
    # controls: 27 28 29 41 42
    def test_without_coordination_the_same_work_collides(self):
        self._start(sharing="")
        capture = Capture(self.lab, self.sysplex.network.router, DVIPA)
        held = [Connector(stack, PARTNER, 7000, 1, "--timeout", 5) for stack in self.sysplex.stacks]

        def openers():
            return {packet.device for packet in capture.packets()
                    if packet.is_syn() and (packet.port, packet.destination_port) == (40000, 7000)}
        await_condition(lambda: len(openers()) == len(held), lambda: f"a 4-tuple opened by all stacks: {openers()}")

    # also on shards
    # also on etcd
    # claims: 28 X29
    def test_many_destinations_share_a_few_ports(self):
        self._start(ephemeral=(40000, 40019))
        connectors = [Connector(stack, address, port, 20 if stack is not self.sysplex.owner else 10)
                      for stack, address, port in zip(self.sysplex.stacks * 2,
                                                      (PARTNER, PARTNER, SECOND_PARTNER) * 2, (7000, 7001, 7000) * 2)]
        opened = sum(connector.summary()["connected"] for connector in connectors)
        # 20 ports to each of three places.
        self.assertEqual(60, opened, [connector.summary()["failed"] for connector in connectors])
        self.sysplex.await_ports(inUse=20, connections=60)

    # claims: 31 X29
    def test_the_port_is_free_again_after_its_last_connection(self):
        self._start()
        first = Connector(self.sysplex.targets[0], PARTNER, 7000)
        second = Connector(self.sysplex.targets[1], PARTNER, 7001)
        self.assertEqual([[40000], [40000]], [first.local_ports(), second.local_ports()])
        first.release()
        self._await_connections(1)
        self.assertEqual(1, self._ports()["inUse"])
        second.release()
        self._await_connections(0)
        self.assertEqual(0, self._ports()["inUse"])

    # also on etcd
    # claims: 35 36 X28
    def test_a_bound_socket_has_its_port_alone(self):
        self._start(ephemeral=(40000, 40003))
        bound = Connector(self.sysplex.targets[0], PARTNER, 7000, 1, "--bind", f"{DVIPA}..40001")
        self.assertEqual([40001], bound.local_ports())
        others = Connector(self.sysplex.targets[1], PARTNER, 7001, 4).summary()
        self.assertEqual([40000, 40002, 40003], sorted(local["port"] for local in others["local"]))
        refused = self.sysplex.targets[1].tcpplex("connect", "--bind", f"{DVIPA}..40001", PARTNER, "7001")
        self.assertIn("EADDRINUSE", refused.stderr)
        self.assertIn(self.sysplex.targets[0].name, refused.stderr)

    # also on shards
    # also on etcd
    # claims: 27 31
    def test_inbound_connections_are_in_the_table(self):
        self._start()
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(3)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 6)
        self.assertEqual(6, client.echo()["echoed"])
        self._await_connections(6)
        self.assertEqual([0, 0, 0], [entry["inUse"] for entry in self._ports()["stacks"]])
        client.process.end()
        self._await_connections(0)

    # claims: 12 34
    def test_connections_of_a_killed_stack_go_and_the_others_stay(self):
        self._start()
        kept = Connector(self.sysplex.targets[0], PARTNER, 7000)
        lost = Connector(self.sysplex.targets[1], PARTNER, 7001)
        self.assertEqual([[40000], [40000]], [kept.local_ports(), lost.local_ports()])
        self.sysplex.targets[1].kill()
        self._await_connections(1)
        self.assertEqual([40000], Connector(self.sysplex.owner, SECOND_PARTNER, 7000).local_ports())
        self.assertEqual(0, kept.release())

    # also on shards
    # also on etcd
    # claims: 22 27 29
    def test_live_connections_are_adopted_with_their_destinations(self):
        self._start(sharing="")
        held = [Connector(stack, PARTNER, port) for stack, port in zip(self.sysplex.targets, (7000, 7001))]
        self.assertEqual([[40000], [40000]], [connector.local_ports() for connector in held])
        self.sysplex.owner.obeyfile(change_sharing(KEYWORD), check=True)
        self.sysplex.await_ports(state="ON", inUse=1, connections=2)
        for stack in self.sysplex.stacks:
            self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(stack, PARTNER, 7000).summary()["failed"], stack.name)
        self.assertEqual([40000], Connector(self.sysplex.owner, SECOND_PARTNER, 7000).local_ports())
        self.assertEqual([0, 0], [connector.release() for connector in held])

    # also on etcd
    # claims: X35
    def test_another_form_is_refused_while_the_address_is_shared(self):
        self._start()
        refused = self.sysplex.owner.obeyfile(change_sharing("SYSPLEXPORTS LIST"))
        self.assertNotEqual(0, refused.status)
        self.assertIn("HASHTABLE", refused.stdout + refused.stderr)
        self.assertEqual("HASHTABLE", self._ports()["form"])


class HashtableFormOnEtcd(OnEtcd, HashtableForm):
    pass


class HashtableFormOnShards(OnShards, HashtableForm):
    pass


if __name__ == "__main__":
    unittest.main()

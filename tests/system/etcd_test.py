"""Three systems that share nothing but a network and etcd: one source address, ports that never collide."""

import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.etcd_sysplex import EtcdSysplex
from lab.network import DVIPA, PARTNER
from lab.waiting import await_condition


class EtcdTest(LabTest):
    lock = "transaction"
    lease = 2

    def setUp(self):
        super().setUp()
        self.sysplex = EtcdSysplex(self.lab, self.lease, members=1, lock=self.lock)
        self.partner = self.sysplex.serve("echo:7000", "echo:7001")


class OnEtcd(EtcdTest):
    # claims: 1 2 6 10 13 14 15 16 17 33 37 38 43 44
    def test_connections_of_three_stacks_have_one_address_and_distinct_ports(self):
        self.sysplex.start(extra="TCPCONFIG TIMEWAITINTERVAL 1")
        connectors = [Connector(stack, PARTNER, 7000, 100) for stack in self.sysplex.stacks]
        summaries = [connector.summary() for connector in connectors]
        self.assertEqual([100] * 3, [summary["echoed"] for summary in summaries], summaries)
        live = self.partner.live(7000)
        self.assertEqual({DVIPA}, {address for address, _ in live})
        self.assertEqual(300, len({port for _, port in live}))
        self.sysplex.await_in_use(300)
        screen = self.sysplex.owner.screen("display", "cf", "ports")
        self.assertIn("Coupling facility: etcd /tcpplex/PLEX1/", screen)
        self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])
        self.sysplex.await_in_use(0)
        self.assertEqual([], [key for key in self.sysplex.etcd.keys() if "/f/" in key or "/s/" in key])

    # claims: 35
    def test_a_bind_to_a_port_in_use_is_refused(self):
        self.sysplex.start()
        holder, other = self.sysplex.targets
        held = Connector(holder, PARTNER, 7000, 1, "--bind", f"{DVIPA}..40001")
        held.summary()
        refused = other.tcpplex("connect", "--bind", f"{DVIPA}..40001", PARTNER, "7001")
        self.assertEqual(1, refused.status, refused)
        self.assertIn("EADDRINUSE", refused.stderr)

    # claims: 12 34
    def test_the_ports_of_a_killed_stack_are_free_after_its_lease(self):
        self.sysplex.start(ephemeral=(40000, 40003))
        dead, other = self.sysplex.targets
        Connector(dead, PARTNER, 7000, 4).summary()
        self.sysplex.await_in_use(4)
        dead.kill()
        self.sysplex.await_in_use(0)
        self.assertEqual(4, Connector(other, PARTNER, 7001, 4).summary()["connected"])


class StoppedEtcd(EtcdTest):
    lease = 10

    # claims: X5
    def test_an_application_that_dies_while_etcd_is_asked_leaves_no_port_behind(self):
        self.sysplex.start(ephemeral=(40000, 40003), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        asking, other = self.sysplex.targets
        etcd = self.sysplex.etcd
        for _ in range(5):
            before = etcd.revision()
            etcd.members[0].pause()
            dying = Connector(asking, PARTNER, 7000)
            dying.await_request()
            dying.process.kill()
            etcd.members[0].resume()
            await_condition(lambda: etcd.revision() >= before + 2, "a port to be taken for the dead, and given back")
            self.sysplex.await_in_use(0)
        self.assertEqual(4, Connector(other, PARTNER, 7000, 4).summary()["echoed"])
        self.assertEqual(0, self.sysplex.owner.tcpplex("display", "cf", "verify").status)


class TransactionsOnEtcd(EtcdTest):
    """How many transactions connections cost: counted by etcd itself."""

    def _connect(self, count):
        before = self.sysplex.etcd.revision()
        connectors = [Connector(stack, PARTNER, 7000, count) for stack in self.sysplex.stacks]
        self.assertEqual([count] * 3, [connector.summary()["connected"] for connector in connectors])
        transactions = self.sysplex.etcd.revision() - before
        print(f"{3 * count} connections in {transactions} transactions")
        return connectors, transactions

    @staticmethod
    def _all_free(stack):
        blocks = stack.ports(DVIPA)["blocks"]
        return blocks["free"] == blocks["ports"]

    def test_requests_that_wait_go_together(self):
        self.sysplex.start(ephemeral=(20000, 59999), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        connectors, transactions = self._connect(1000)
        self.assertLessEqual(transactions, 3000 / 10)
        before = self.sysplex.etcd.revision()
        self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])
        self.sysplex.await_in_use(0)
        self.assertLessEqual(self.sysplex.etcd.revision() - before, 3000 / 10)

    def test_blocks_once_taken_cost_none(self):
        self.sysplex.start(sharing="SYSPLEXPORTS GRAIN 64", ephemeral=(20000, 59999),
                           extra="TCPCONFIG TIMEWAITINTERVAL 1")
        first, _ = self._connect(1000)
        self.assertEqual([0, 0, 0], [connector.release() for connector in first])
        for stack in self.sysplex.stacks:
            await_condition(lambda: self._all_free(stack), lambda: f"all ports free: {stack.ports(DVIPA)}")
        _, transactions = self._connect(1000)
        self.assertLessEqual(transactions, 9)


class FormsOnEtcd(EtcdTest):
    def _start(self, form, ephemeral):
        self.sysplex.start(sharing=f"SYSPLEXPORTS {form}", ephemeral=ephemeral, extra="TCPCONFIG TIMEWAITINTERVAL 1")

    # claims: 19 26 40
    def test_a_list_gives_the_port_released_first(self):
        self._start("LIST", (40000, 40003))
        first, second = self.sysplex.targets
        connectors = [Connector(first, PARTNER, 7000) for _ in range(4)]
        released = []
        for left, connector in zip((3, 2, 1, 0), connectors):
            released += connector.local_ports()
            self.assertEqual(0, connector.release())
            self.sysplex.await_in_use(left)
        given = [port for _ in range(4) for port in Connector(second, PARTNER, 7001).local_ports()]
        self.assertEqual(released, given)

    # claims: 27 28 29 31 41 42
    def test_a_table_lets_one_port_go_to_different_destinations(self):
        self._start("HASHTABLE", (40000, 40000))
        second, third = self.sysplex.targets
        connectors = [Connector(second, PARTNER, 7000), Connector(third, PARTNER, 7001)]
        self.assertEqual([[40000]] * 2, [connector.local_ports() for connector in connectors])
        self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(third, PARTNER, 7000).summary()["failed"])
        self.assertEqual([0] * 2, [connector.release() for connector in connectors])
        self.sysplex.await_in_use(0)
        self.assertEqual([], [key for key in self.sysplex.etcd.keys() if "/f/" in key or "/h/" in key or "/s/" in key])

    # claims: 34
    def test_the_entries_of_a_killed_stack_are_removed(self):
        self._start("HASHTABLE", (40000, 40003))
        dead, other = self.sysplex.targets
        self.assertEqual(4, Connector(dead, PARTNER, 7000, 4).summary()["connected"])
        dead.kill()
        self.sysplex.await_in_use(0)
        self.assertEqual([], [key for key in self.sysplex.etcd.keys() if "/h/" in key])
        self.assertEqual(4, Connector(other, PARTNER, 7001, 4).summary()["connected"])


class OnEtcdWithTheLockHeld(EtcdTest):
    lock = "held"

    # claims: 18a
    def test_stacks_that_queue_for_a_lock_never_collide(self):
        self.sysplex.start(ephemeral=(40000, 40063))
        connectors = [Connector(stack, PARTNER, 7000, 20) for stack in self.sysplex.stacks]
        summaries = [connector.summary() for connector in connectors]
        self.assertEqual([20] * 3, [summary["connected"] for summary in summaries], summaries)
        self.assertEqual(60, len({port for _, port in self.partner.live(7000)}))
        self.sysplex.await_in_use(60)


if __name__ == "__main__":
    unittest.main()

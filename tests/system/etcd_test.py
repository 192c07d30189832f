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
    # claims: 1 2 6 10 13 14 15 16 17 33 37
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

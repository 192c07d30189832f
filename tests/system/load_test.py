"""Counts that a process has no descriptors for: every port in use, far more connections than ports, no starvation."""

import unittest
from collections import Counter

from lab.load import LoadStack
from lab.network import DVIPA, PARTNER, SECOND_PARTNER
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

ALL_PORTS = 65536 - 1024
NO_PORT = "Cannot assign requested address"


class Load(SysplexTest):
    services = ()
    rate = 1000

    def _start(self, servers, *services, **options):
        """`servers` processes at the partner, each with all services, and three stacks."""
        self.partners = [self.sysplex.serve(*services) for _ in range(servers)]
        self.sysplex.start(ephemeral=(1024, 65535), service=800, kind=LoadStack, **options)
        self.stacks = self.sysplex.stacks

    def _all(self, *words):
        """The same command on all stacks at once; their answers added up."""
        answers = [stack.answer() for stack in [stack.ask(*words) for stack in self.stacks]]
        total = Counter()
        failed = Counter()
        for answer in answers:
            failed.update(answer.pop("failed", {}))
            total.update(answer)
        return total, failed

    def _live(self, port):
        return sum(partner.count(port) for partner in self.partners)

    # claims: X16 2 5
    # controls: X33
    def test_all_ports_are_used_then_refused_then_used_again(self):
        self._start(4, "discard:7000")
        for _ in range(2):
            total, failed = self._all("open", ALL_PORTS // 3, PARTNER, 7000)
            self.assertEqual((ALL_PORTS, {}), (total["connected"], dict(failed)))
            self.assertEqual(ALL_PORTS, self.sysplex.owner.ports(DVIPA)["inUse"])
            await_condition(lambda: self._live(7000) == ALL_PORTS, lambda: f"{self._live(7000)} at the partner", 60.0)
            _, failed = self._all("open", 1, PARTNER, 7000)
            self.assertEqual({NO_PORT: 3}, dict(failed))
            total, _ = self._all("reset", ALL_PORTS)
            self.assertEqual(0, total["broken"])
            self.sysplex.await_in_use(0)
            await_condition(lambda: self._live(7000) == 0, lambda: f"{self._live(7000)} at the partner", 60.0)

    # claims: 27 28 41 X29
    def test_one_address_has_more_connections_than_ports(self):
        self._start(4, "discard:7000", "discard:7001", "discard:7002", sharing="SYSPLEXPORTS HASHTABLE")
        total, failed = self._all("open", 24000, PARTNER, 7000, PARTNER, 7001, PARTNER, 7002)
        self.assertEqual((72000, {}), (total["connected"], dict(failed)))
        self.assertEqual(72000, self.sysplex.owner.ports(DVIPA)["connections"])
        await_condition(lambda: sum(map(self._live, (7000, 7001, 7002))) == 72000, "72,000 connections at the partner", 60.0)
        total, _ = self._all("reset", 72000)
        self.assertEqual(0, total["broken"])
        self.sysplex.await_in_use(0)
        self.assertEqual(0, self.sysplex.owner.ports(DVIPA)["connections"])

    # also on etcd
    # claims: X33
    def test_nobody_starves_while_all_connect_and_reset_on(self):
        self._start(1, "discard:7000", "discard:7001")
        total, failed = self._all("churn", self.rate, 5, PARTNER, 7000, PARTNER, 7001, SECOND_PARTNER, 7000)
        self.assertEqual((15 * self.rate, {}), (total["connected"], dict(failed)))
        self.sysplex.await_in_use(0)


class LoadOnEtcd(OnEtcd, Load):
    lease = 10
    rate = 60  # each connection and each end of one goes to etcd


if __name__ == "__main__":
    unittest.main()

"""SRCIP: the source of a connection by the job that opens it, or by where it goes."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER, SECOND_PARTNER, home_address
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest

RULES = f"""IPCONFIG NOSOURCEVIPA
SRCIP
  JOBNAME PAY* {DVIPA}
  DESTINATION {SECOND_PARTNER} {DVIPA}
ENDSRCIP"""


class SourceRules(SysplexTest):
    def setUp(self):
        super().setUp()
        self.sysplex.start(extra=RULES)

    def _source(self, stack, address, job, *words):
        """The one connection's local address and port."""
        summary = Connector(stack, address, 7000, 1, "--jobname", job, *words).summary()
        self.assertEqual(1, summary["connected"], summary)
        return summary["local"][0]["address"], summary["local"][0]["port"]

    # also on shards
    # also on etcd
    # claims: 3
    # controls: 3
    def test_a_job_or_a_destination_chooses_the_shared_address_and_takes_a_port_of_it(self):
        stack = self.sysplex.targets[0]
        self.assertEqual(home_address(2), self._source(stack, PARTNER, "OTHER")[0])
        self.sysplex.await_in_use(0)
        by_job, _ = self._source(stack, PARTNER, "PAYROLL")
        self.sysplex.await_in_use(1)
        by_destination, _ = self._source(stack, SECOND_PARTNER, "OTHER")
        self.sysplex.await_in_use(2)
        self.assertEqual([DVIPA, DVIPA], [by_job, by_destination])

    # also on etcd
    # claims: X19
    # controls: X19
    def test_a_socket_bound_to_a_port_alone_claims_it_when_its_source_is_known(self):
        holder, other = self.sysplex.targets[1], self.sysplex.targets[0]
        held = Connector(holder, PARTNER, 7000, 1, "--bind", f"{DVIPA}..40001")
        self.assertEqual([40001], held.local_ports())
        bound = ("--bind", "0.0.0.0..40001")
        refused = Connector(other, PARTNER, 7000, 1, "--jobname", "PAY1", *bound)
        self.assertEqual({"EADDRNOTAVAIL": 1}, refused.summary()["failed"])
        self.sysplex.await_in_use(1)
        refused.release()  # the socket is still bound
        # The same port of an address of the stack's own is nobody's business.
        self.assertEqual((home_address(2), 40001), self._source(other, PARTNER, "OTHER", *bound))
        self.sysplex.await_in_use(1)
        self.assertEqual((DVIPA, 40002), self._source(other, PARTNER, "PAY1", "--bind", "0.0.0.0..40002"))
        self.sysplex.await_in_use(2)

    def test_a_change_is_for_new_connections_and_an_empty_block_clears(self):
        stack = self.sysplex.targets[0]
        before = Connector(stack, PARTNER, 7000, 1, "--jobname", "PAY1")
        self.assertEqual([DVIPA], [local["address"] for local in before.summary()["local"]])
        stack.obeyfile(f"SRCIP\n  JOBNAME OTHER {DVIPA}\nENDSRCIP\n")
        self.assertEqual(home_address(2), self._source(stack, PARTNER, "PAY1")[0])
        self.assertEqual(DVIPA, self._source(stack, PARTNER, "OTHER")[0])
        stack.obeyfile("SRCIP\nENDSRCIP\n")
        self.assertEqual(home_address(2), self._source(stack, PARTNER, "OTHER")[0])
        self.assertEqual(0, before.release())


class SourceRulesOnEtcd(OnEtcd, SourceRules):
    pass


class SourceRulesOnShards(OnShards, SourceRules):
    pass


if __name__ == "__main__":
    unittest.main()

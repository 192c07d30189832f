"""SYSPLEXPORTS GRAIN 64: source ports in blocks that a stack holds ahead of need."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition


class InBlocks(SysplexTest):
    def _start(self, ephemeral):
        self.sysplex.start(sharing="SYSPLEXPORTS GRAIN 64", ephemeral=ephemeral, extra="TCPCONFIG TIMEWAITINTERVAL 1")
        self.sysplex.await_ports(state="ON", form="BITMAP", grain=64)

    def _recalls(self, stack):
        return stack.document("display", "cf", "ports")["recalls"]

    # also on shards
    # claims: 1 13
    def test_connections_of_three_stacks_have_distinct_ports_from_a_few_blocks(self):
        self._start((40000, 49999))
        connectors = [Connector(stack, PARTNER, 7000, 200) for stack in self.sysplex.stacks]
        self.assertEqual([200] * 3, [connector.summary()["echoed"] for connector in connectors])
        live = self.partner.live(7000)
        self.assertEqual({DVIPA}, {address for address, _ in live})
        self.assertEqual(600, len({port for _, port in live}))
        owner = self.sysplex.owner
        shown = owner.ports(DVIPA)
        self.assertEqual(shown["inUse"], sum(stack["inUse"] for stack in shown["stacks"]))
        self.assertTrue(all(stack["inUse"] % 64 == 0 and stack["inUse"] >= 200 for stack in shown["stacks"]), shown)
        self.assertIn("Blocks of this stack: ", owner.screen("display", "cf", "ports"))
        self.assertEqual([], owner.document("display", "cf", "verify")["violations"])

    # also on shards
    # also on etcd
    # claims: X17
    def test_every_free_port_is_given_although_others_hold_blocks(self):
        self._start((40000, 40191))  # three blocks for three stacks
        first = [Connector(stack, PARTNER, 7000, 10) for stack in self.sysplex.stacks]
        self.assertEqual([10] * 3, [connector.summary()["connected"] for connector in first])
        self.sysplex.await_in_use(192)
        taker = self.sysplex.targets[1]
        summary = Connector(taker, PARTNER, 7000, 163).summary()
        self.assertEqual((162, {"EADDRNOTAVAIL": 1}), (summary["connected"], summary["failed"]))
        self.assertEqual(192, len({port for _, port in self.partner.live(7000)}))
        self.assertLess(0, self._recalls(taker)["asked"])

    # also on shards
    # also on etcd
    def test_a_bind_into_another_stacks_block_is_answered_by_its_holder(self):
        self._start((40000, 40063))
        holder, asker = self.sysplex.targets
        used, = Connector(holder, PARTNER, 7000).local_ports()
        idle = used ^ 1
        bound = Connector(asker, PARTNER, 7000, 1, "--bind", f"{DVIPA}..{idle}")
        self.assertEqual([idle], bound.local_ports())
        refused = asker.tcpplex("connect", "--bind", f"{DVIPA}..{used}", PARTNER, "7001")
        self.assertEqual(1, refused.status, refused)
        self.assertIn("EADDRINUSE", refused.stderr)
        self.assertIn(holder.name, refused.stderr)
        self.assertNotIn("recall timed out", refused.stderr)
        self.assertEqual(0, self._recalls(asker)["timedOut"])

    # controls: X17
    def test_a_holder_that_does_not_answer_keeps_its_port(self):
        self._start((40000, 40063))
        holder, asker = self.sysplex.targets
        used, = Connector(holder, PARTNER, 7000).local_ports()
        idle = used ^ 1
        holder.pause()
        refused = asker.tcpplex("connect", "--bind", f"{DVIPA}..{idle}", PARTNER, "7001")
        self.assertEqual(1, refused.status, refused)
        self.assertIn("EADDRINUSE", refused.stderr)
        self.assertIn("recall timed out", refused.stderr)
        self.assertEqual(1, self._recalls(asker)["timedOut"])
        holder.resume()
        await_condition(
            lambda: Connector(asker, PARTNER, 7000, 1, "--bind", f"{DVIPA}..{idle}").summary()["connected"] == 1,
            lambda: f"port {idle}: {asker.daemon.describe()}")

    # also on etcd
    # claims: 12
    def test_the_blocks_of_a_killed_stack_are_free(self):
        self._start((40000, 40127))
        dead, other = self.sysplex.targets
        self.assertEqual(1, Connector(dead, PARTNER, 7000).summary()["connected"])
        dead.kill()
        self.sysplex.await_ports(inUse=0)
        summary = Connector(other, PARTNER, 7001, 129).summary()
        self.assertEqual((128, {"EADDRNOTAVAIL": 1}), (summary["connected"], summary["failed"]))

    # also on etcd
    # claims: 22 X36
    def test_switched_on_with_connections_and_off_again(self):
        self.sysplex.start(sharing="", ephemeral=(40000, 40127), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        before = [Connector(stack, PARTNER, 7000 + index % 2, 1, "--bind", f"{DVIPA}..40001")
                  for index, stack in enumerate(self.sysplex.targets)]
        self.assertEqual([1, 1], [connector.summary()["connected"] for connector in before])
        owner = self.sysplex.owner
        profile = "VIPADYNAMIC VIPADISTRIBUTE {} " + f"{DVIPA} PORT 8080 DESTIP ALL ENDVIPADYNAMIC\n"
        owner.obeyfile(profile.format("SYSPLEXPORTS GRAIN 64"))
        self.sysplex.await_ports(state="ON")
        connector = Connector(self.sysplex.targets[0], PARTNER, 7000, 126)
        ports = connector.local_ports()
        self.assertNotIn(40001, ports)
        self.assertEqual(126, len(set(ports)))
        owner.obeyfile(profile.format("NOSYSPLEXPORTS"))
        self.sysplex.await_ports(state="DRAINING")
        self.assertEqual([0, 0, 0], [each.release() for each in [connector, *before]])
        self.sysplex.await_ports(state="OFF")


class InBlocksOnEtcd(OnEtcd, InBlocks):
    def test_at_grain_1_the_log_advises_blocks(self):
        self.sysplex.start(sharing="SYSPLEXPORTS")
        log = self.sysplex.owner.daemon
        await_condition(lambda: f"{DVIPA}: at GRAIN 1 each connection waits for etcd" in log.describe(),
                        lambda: f"advice in the log: {log.describe()}")


class InBlocksOnShards(OnShards, InBlocks):
    pass


if __name__ == "__main__":
    unittest.main()

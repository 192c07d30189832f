"""A stack that loses etcd: suspended, fenced, and back again; and what its partner and the other stacks see of it."""

import json
import signal
import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.etcd_sysplex import EtcdSysplex, boot_time, end_of_lease, lease_of
from lab.network import DVIPA, PARTNER, home_address
from lab.peer import Capture
from lab.sysplex_test import OnShards
from lab.waiting import await_condition

DECLARED_DEAD = 75
FEW_PORTS = (40000, 40003)


class FenceTest(LabTest):
    lease = 5
    options = {}  # of EtcdSysplex

    def setUp(self):
        super().setUp()
        self.sysplex = EtcdSysplex(self.lab, self.lease, **self.options)
        self.partner = self.sysplex.serve("echo:7000", "echo:7001")
        self.capture = Capture(self.lab, self.sysplex.network.router, DVIPA)

    def _start(self, ephemeral=FEW_PORTS):
        self.sysplex.start(ephemeral=ephemeral, extra="TCPCONFIG TIMEWAITINTERVAL 1")
        return self.sysplex.targets

    def _sent(self, stack):
        """The packets from the DVIPA that `stack` has sent."""
        device = f"sys{self.sysplex.stacks.index(stack) + 1}"
        return [packet for packet in self.capture.packets() if packet.device == device]

    def _provoke_until(self, condition, what, deadline=30.0):
        """Has the partner send on all its connections until the condition holds."""
        def push():
            self.partner.push(7000)
            return condition()
        return await_condition(push, what, deadline)

    def _connects(self, stack, count=1):
        """Awaits that the stack gets `count` connections."""
        made = []

        def attempt():
            made[:] = [Connector(stack, PARTNER, 7001, count)]
            if made[0].summary()["connected"] == count:
                return True
            made[0].release()
            return False

        await_condition(attempt, lambda: f"{count} connections of {stack.name}: {stack.daemon.describe()}", 30.0)
        return made[0]


class ShortLoss(FenceTest):
    lease = 10

    # claims: 2 X9
    # controls: 12 34 X32
    def test_until_t1_connections_live_and_nothing_new_is_taken(self):
        victim, other = self._start(ephemeral=(40000, 49999))
        living = Connector(victim, PARTNER, 7000, 3)
        living.summary()
        self.sysplex.cut_from_etcd(2)
        self.sysplex.await_state(victim, "suspended")
        refused = victim.tcpplex("connect", PARTNER, "7001")
        self.assertIn("EADDRNOTAVAIL", refused.stderr)
        self.assertIn("suspended", refused.stderr)
        self.assertEqual(3, self.partner.probe(7000)["live"])
        self.assertEqual(3, self.sysplex.owner.ports(DVIPA)["inUse"])
        self.sysplex.mend(2)
        self.sysplex.await_state(victim, "active")
        self.assertEqual(0, self._connects(victim).release())
        self.assertEqual(0, living.release())
        self.sysplex.await_in_use(0)

    # claims: X12
    # controls: X13
    def test_an_etcd_that_restarts_with_its_data_costs_no_connection(self):
        self._start(ephemeral=(40000, 49999))
        living = [Connector(stack, PARTNER, 7000, 10) for stack in self.sysplex.stacks]
        ports = [port for one in living for port in one.local_ports()]
        self.sysplex.etcd.kill()
        self.sysplex.etcd.start()
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "active")
        more = [self._connects(stack, 10) for stack in self.sysplex.stacks]
        ports += [port for one in more for port in one.local_ports()]
        self.assertEqual(60, len(set(ports)), "no port twice")
        self.assertEqual([0] * 6, [one.release() for one in living + more])
        self.sysplex.await_in_use(0)

    # claims: X9
    # controls: X9
    def test_a_leader_that_is_killed_or_paused_fences_nobody(self):
        self._start(ephemeral=(40000, 49999))
        living = [Connector(stack, PARTNER, 7000, 5) for stack in self.sysplex.stacks]
        for one in living:
            one.summary()
        self.sysplex.etcd.leader().kill()
        self._connects(self.sysplex.owner).release()
        self.sysplex.etcd.start()
        leader = self.sysplex.etcd.leader()
        leader.pause()
        self._connects(self.sysplex.targets[0]).release()
        leader.resume()
        self.sysplex.etcd.await_answer()
        self.assertEqual([0] * 3, [one.release() for one in living])
        self.sysplex.await_in_use(0)


class LongLoss(FenceTest):
    # also on shards
    # claims: X9
    def test_at_t1_a_stack_cut_off_falls_silent_and_others_get_its_ports(self):
        victim, other = self._start()
        broken = Connector(victim, PARTNER, 7000, 4, expect_echo=False)
        self.assertEqual([40000, 40001, 40002, 40003], sorted(broken.local_ports()))
        self.sysplex.cut_from_etcd(2)
        self.sysplex.await_state(victim, "suspended")
        end = end_of_lease(victim)
        self._provoke_until(lambda: boot_time() > end + 0.5, "T1 to pass")
        self.assertEqual("fenced", lease_of(victim)["state"])
        self._provoke_until(lambda: self.sysplex.owner.ports(DVIPA)["inUse"] == 0, "its ports to be free")
        self.assertEqual(4, Connector(other, PARTNER, 7000, 4, expect_echo=False).summary()["connected"])
        sent = self._sent(victim)
        reused = min(packet.at for packet in self._sent(other))
        self.assertGreater(max(packet.at for packet in sent), end - 0.2, "it was talking until T1")
        self.assertLessEqual(max(packet.at for packet in sent), end, "and not later")
        self.assertGreater(reused, end)
        self.assertEqual(4, broken.release())
        self.sysplex.mend(2)
        self.assertEqual(DECLARED_DEAD, victim.daemon.wait())
        victim.start()
        self.sysplex.await_dvipa(victim)
        refused = Connector(victim, PARTNER, 7001).summary()
        self.assertEqual({"EADDRNOTAVAIL": 1}, refused["failed"])

    # claims: X10
    def test_a_stack_stopped_past_its_lease_is_killed_and_its_devices_go(self):
        victim, other = self._start()
        Connector(victim, PARTNER, 7000, 4, expect_echo=False).summary()
        victim.pause()
        paused = boot_time()
        self._provoke_until(lambda: not victim.daemon.alive(), "the stopped stack to be killed")
        died = boot_time()
        self.assertEqual(-signal.SIGKILL, victim.daemon.wait())
        self.assertGreater(died - paused, 0.8 * self.lease - 1.0)
        self.assertNotIn("osa1", self.sysplex.systems[1].links())
        self.sysplex.await_in_use(0)
        living = Connector(other, PARTNER, 7000, 4, expect_echo=False)
        self.assertEqual(4, living.summary()["connected"])
        reused = min(packet.at for packet in self._sent(other))
        self.assertLess(max(packet.at for packet in self._sent(victim)), reused)
        victim.start()
        self.sysplex.await_dvipa(victim)
        self.assertEqual(4, self.partner.probe(7000)["live"])
        self.assertEqual(0, living.release())

    # claims: X10
    def test_a_stack_that_goes_on_just_after_t1_sends_nothing_and_starts_over(self):
        victim, other = self._start()
        # It has to go on in the quarter of a second between T1 and the timer that kills it, and to be back before its
        # key ends: on a busy machine it may come too late, and die as it should.
        for _ in range(5):
            if self._goes_on_just_after_t1(victim):
                return
            self.assertIn(victim.daemon.wait(), (DECLARED_DEAD, -signal.SIGKILL))
            self.sysplex.restart(victim)
            self.sysplex.await_state(victim, "active")
            self.sysplex.await_in_use(0)
        self.fail("five times too late: the machine is too busy")

    def _goes_on_just_after_t1(self, victim):
        """False if the victim died of being too late."""
        begun = boot_time()
        broken = Connector(victim, PARTNER, 7000, 4, expect_echo=False)
        broken.summary()
        self.sysplex.cut_from_etcd(2)
        self.sysplex.await_state(victim, "suspended")
        end = end_of_lease(victim)
        self._provoke_until(lambda: boot_time() > end - 0.3, "T1 to be near")
        victim.pause()
        self._provoke_until(lambda: boot_time() > end + 0.05, "T1 to pass")
        victim.resume()
        fenced = self._comes_to(victim, "fenced")
        mended = boot_time()  # from here on it may become active, and reset what it does not know any more
        self.sysplex.mend(2)
        if not fenced or not self._comes_to(victim, "active"):
            return False
        self.assertEqual(4, broken.release())
        self.assertLess(max(packet.at for packet in self._sent(victim) if begun < packet.at < mended), end - 0.2)
        self.sysplex.await_in_use(0)
        self.assertEqual(4, self._connects(victim, 4).summary()["connected"])
        return True

    def _comes_to(self, victim, state):
        """Waits until the lease of `victim` is in `state`. False if it dies before."""
        def lease():
            answer = victim.tcpplex("--json", "display", "cf", "connectors")  # none while it ends
            return json.loads(answer.stdout)["lease"]["state"] if answer.status == 0 else "none"
        self._provoke_until(lambda: not victim.daemon.alive() or lease() == state, f"the stack to be {state}")
        return victim.daemon.alive()

    # claims: X12
    # controls: X12
    def test_a_quorum_lost_past_t1_fences_all_who_then_start_over(self):
        self._start()
        broken = [Connector(stack, PARTNER, 7000) for stack in self.sysplex.stacks]
        for one in broken:
            one.summary()
        for member in self.sysplex.etcd.members[:2]:
            member.kill()
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "fenced")
        fenced = boot_time()
        for stack in self.sysplex.stacks:
            await_condition(lambda stack=stack: not stack.connections(address=DVIPA), "its connections to end")
        self.assertEqual([1] * 3, [one.release() for one in broken])
        self.sysplex.etcd.start()
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "active")
        self.sysplex.await_in_use(0)
        made = [self._connects(stack) for stack in self.sysplex.stacks]
        self.assertEqual(3, len({port for one in made for port in one.local_ports()}))
        silent = [packet for packet in self.capture.packets() if packet.at > fenced]
        self.assertTrue(all(packet.destination_port == 7001 for packet in silent), silent)

    # also on shards
    def test_a_port_of_the_pool_is_kept_for_a_connection_that_outlives_the_fence(self):
        self.sysplex.start(extra="GLOBALCONFIG EXPLICITBINDPORTRANGE 30000 512\nTCPCONFIG TIMEWAITINTERVAL 1")
        owner, holder, _ = self.sysplex.stacks

        def await_pool(count):
            await_condition(lambda: owner.ports("::")["inUse"] == count, lambda: f"{count}: {owner.ports('::')}", 30.0)
        living = Connector(holder, PARTNER, 7000, 1, "--bind", "0.0.0.0")
        self.assertEqual(home_address(2), living.summary()["local"][0]["address"])
        for member in self.sysplex.etcd.members[:2]:
            member.kill()
        self.sysplex.await_state(holder, "fenced")
        refused = holder.tcpplex("connect", "--bind", "0.0.0.0", PARTNER, "7001")
        self.assertIn("EADDRNOTAVAIL", refused.stderr)
        self.sysplex.etcd.start()
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "active")
        await_pool(1)
        self.assertEqual(0, living.release())
        await_pool(0)

    # claims: X13
    def test_a_stack_that_dies_with_etcd_gives_its_ports_back_after_both(self):
        victim, other = self._start()
        Connector(victim, PARTNER, 7000, 3).summary()
        living = Connector(other, PARTNER, 7000)
        living.summary()
        self.sysplex.etcd.kill()
        victim.kill()
        self.sysplex.etcd.start()
        self.sysplex.await_state(other, "active")
        self.sysplex.await_in_use(1)
        self.assertEqual(3, self._connects(other, 3).summary()["connected"])
        self.assertEqual(0, living.release())


class LongLossOnShards(OnShards, LongLoss):
    pass


if __name__ == "__main__":
    unittest.main()

"""Random faults of stacks and of etcd, one after the other: no port is used by two stacks at once, and none is lost."""

import collections
import json
import random
import signal
import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.etcd_sysplex import EtcdSysplex
from lab.network import DVIPA, PARTNER
from lab.peer import Capture
from lab.waiting import await_condition

LEASE = 3
PORTS = (40000, 40023)
DECLARED_DEAD = 75
SEED = 20261123


class Faults(LabTest):
    def setUp(self):
        super().setUp()
        self.sysplex = EtcdSysplex(self.lab, LEASE)
        self.partner = self.sysplex.serve("echo:7000")
        self.sysplex.start(ephemeral=PORTS, extra="TCPCONFIG TIMEWAITINTERVAL 1")
        self.held = []
        self.figures = collections.Counter()

    # ---- the faults: each begins, and returns what ends it ----

    def cut_until_suspended(self, victim):
        self.sysplex.cut_from_etcd(self._number(victim))
        self.sysplex.await_state(victim, "suspended", "fenced")
        return lambda: self.sysplex.mend(self._number(victim))

    def cut_until_recovered(self, victim):
        self.sysplex.cut_from_etcd(self._number(victim))
        self._await_failed(victim)
        return lambda: self.sysplex.mend(self._number(victim))

    def stop_for_a_moment(self, victim):
        victim.pause()
        return victim.resume

    def stop_until_killed(self, victim):
        victim.pause()
        await_condition(lambda: not victim.daemon.alive(), "the stopped stack to be killed", 30.0)
        self._await_failed(victim)
        return lambda: None

    def kill(self, victim):
        victim.kill()
        self._await_failed(victim)
        return lambda: None

    def kill_the_leader(self, _):
        self.sysplex.etcd.leader().kill()
        return self.sysplex.etcd.start

    def pause_the_leader(self, _):
        leader = self.sysplex.etcd.leader()
        leader.pause()
        return lambda: (leader.resume(), self.sysplex.etcd.await_answer())

    def restart_all_of_etcd(self, _):
        self.sysplex.etcd.kill()
        return self.sysplex.etcd.start

    def lose_the_quorum_until_fenced(self, _):
        for member in self.sysplex.etcd.members[:2]:
            member.kill()
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "fenced")
        return self.sysplex.etcd.start

    FAULTS = [cut_until_suspended, cut_until_recovered, stop_for_a_moment, stop_until_killed, kill, kill_the_leader,
              pause_the_leader, restart_all_of_etcd, lose_the_quorum_until_fenced]

    # ---- a run ----

    def _series(self, runs):
        chance = random.Random(SEED + runs)
        order = []
        while len(order) < runs:
            order += chance.sample(self.FAULTS, len(self.FAULTS))
        for fault in order[:runs]:
            victim = chance.choice(self.sysplex.targets)
            print(f"{fault.__name__} ({victim.name})", end=" ", flush=True)
            self._run(fault, victim)
        print(f"\n{runs} faults: {dict(sorted(self.figures.items()))}")

    def _run(self, fault, victim):
        capture = Capture(self.lab, self.sysplex.network.router, DVIPA)
        self._connect_from(self.sysplex.stacks, 4)
        end = fault(self, victim)
        self._connect_from([stack for stack in self.sysplex.stacks if stack is not victim], 2)
        end()
        self._bring_back(victim)
        self._connect_from(self.sysplex.stacks, 2)
        self._check_connections()
        for one in self.held:
            self.figures["connections broken"] += one.release()
        self.held = []
        self.sysplex.await_in_use(0)
        verified = self.sysplex.owner.tcpplex("display", "cf", "verify")
        self.assertEqual(0, verified.status, verified)
        self._check_packets(capture.packets())
        capture.process.end()
        self.figures[fault.__name__] += 1

    def _connect_from(self, stacks, count):
        """As many as are to be had: during a fault there may be none."""
        begun = [Connector(stack, PARTNER, 7000, count, expect_echo=False) for stack in stacks]
        for one in begun:
            summary = one.summary()
            self.figures["connections"] += summary["connected"]
            self.figures["connections refused"] += sum(summary["failed"].values())
        self.held += begun

    def _bring_back(self, victim):
        def settled(stack):
            answer = stack.tcpplex("--json", "display", "cf", "connectors")  # none while it ends
            return not stack.daemon.alive() or \
                answer.status == 0 and json.loads(answer.stdout)["lease"]["state"] == "active"

        for stack in self.sysplex.stacks:
            await_condition(lambda stack=stack: settled(stack), f"the lease of {stack.name} to be active, or its end", 30.0)
            if not stack.daemon.alive():
                # Another than the victim, if the machine was too busy for its lease.
                self.figures["stacks that died" if stack is victim else "others that died"] += 1
                self.assertIn(stack.daemon.wait(), (DECLARED_DEAD, -signal.SIGKILL))
                stack.start()
                self.sysplex.await_dvipa(stack)
        for stack in self.sysplex.stacks:
            self.sysplex.await_state(stack, "active")

    def _await_failed(self, victim):
        """Waits until the others have the victim's ports back."""
        def recovered():
            return victim.name not in [entry["stack"] for entry in self.sysplex.owner.ports(DVIPA)["stacks"]]
        await_condition(recovered, lambda: f"{victim.name} to be recovered: {self.sysplex.owner.ports(DVIPA)}", 30.0)

    # ---- what has to hold ----

    def _check_connections(self):
        """The stacks have no connection twice, and the facility knows the port of each."""
        live = [(entry["local"]["port"], entry["foreign"]["address"], entry["foreign"]["port"])
                for stack in self.sysplex.stacks for entry in stack.connections()
                if entry["local"]["address"] == DVIPA]
        self.assertEqual([], [each for each, count in collections.Counter(live).items() if count > 1])
        self.sysplex.await_in_use(len({port for port, _, _ in live}))

    def _check_packets(self, packets):
        """A port that another stack has opened again is silent on the stack that had it before."""
        users, silent_since = {}, {}
        for packet in sorted(packets):
            user = users.get(packet.port)
            if packet.is_syn() and packet.device != user:
                if user:
                    self.figures["ports passed on"] += 1
                    gap = packet.at - silent_since[packet.port]
                    self.figures["shortest silence, ms"] = min(
                        self.figures["shortest silence, ms"] or 1_000_000, int(gap * 1000))
                users[packet.port] = packet.device
            self.assertEqual(users.get(packet.port, packet.device), packet.device, packet)
            silent_since[packet.port] = packet.at

    def _number(self, stack):
        return self.sysplex.stacks.index(stack) + 1


class FaultSeries(Faults):
    # claims: X9 X10 X12 X13
    def test_five_faults_lose_no_port_and_double_none(self):
        self._series(5)

    # label: long
    # claims: X9 X10 X12 X13
    def test_fifty_faults_lose_no_port_and_double_none(self):
        self._series(50)


if __name__ == "__main__":
    unittest.main()

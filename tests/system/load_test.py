"""Counts that a process has no descriptors for: every port in use, far more connections than ports, no starvation."""

import unittest
from collections import Counter

from lab.case import LabTest
from lab.etcd_sysplex import EtcdSysplex
from lab.load import LoadStack
from lab.network import DVIPA, PARTNER, SECOND_PARTNER
from lab.sysplex import Sysplex
from lab.timeline import Timelines
from lab.waiting import await_condition

ALL_PORTS = 65536 - 1024
PORTS = (7000, 7001, 7002)
RATE = 1000  # connects a second of each stack
NO_PORT = "Cannot assign requested address"


def _peak_memory(pid):
    """Resident, with what processes share: "62000 kB"."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(line.split(":")[1].strip() for line in status if line.startswith("VmHWM"))


def _added_up(answers):
    total, failed = Counter(), Counter()
    for answer in answers:
        failed.update(answer.get("failed", {}))
        total.update({name: value for name, value in answer.items() if isinstance(value, int)})
    return total, failed


class LoadTest(LabTest):
    def _sysplex(self):
        return Sysplex(self.lab)

    def _start(self, servers, *services, **options):
        """`servers` processes at the partner, each with all services, and three stacks."""
        self.sysplex = self._sysplex()
        self.partners = [self.sysplex.serve(*services) for _ in range(servers)]
        self.sysplex.start(ephemeral=(1024, 65535), service=800, kind=LoadStack, **options)
        self.stacks = self.sysplex.stacks

    def _all(self, *words, deadline=300.0):
        """The same command on all stacks at once; their answers added up."""
        return _added_up(self._each(*words, deadline=deadline))

    def _each(self, *words, deadline=300.0):
        return [stack.answer(deadline) for stack in [stack.ask(*words) for stack in self.stacks]]

    def _live(self, port):
        return sum(partner.count(port) for partner in self.partners)

    def _await_facility(self, what, count):
        owner = self.sysplex.owner
        await_condition(lambda: owner.ports(DVIPA)[what] == count,
                        lambda: f"{what} to be {count}: {owner.ports(DVIPA)}", 60.0)

    def _connections_in_a_table(self, count, servers):
        """`count` connections of one address to three destinations, and their end."""
        self._start(servers, *(f"discard:{port}" for port in PORTS), sharing="SYSPLEXPORTS HASHTABLE")
        places = [word for port in PORTS for word in (PARTNER, port)]
        total, failed = self._all("open", count // 3, *places, deadline=900.0)
        self.assertEqual((count, {}), (total["connected"], dict(failed)))
        self._await_facility("connections", count)
        await_condition(lambda: sum(map(self._live, PORTS)) == count, f"{count} connections at the partner", 60.0)
        self._judge_at_the_partner(count)
        self._verify()
        total, _ = self._all("reset", count)
        self.assertEqual(0, total["broken"])
        self._await_facility("connections", 0)
        self._await_facility("inUse", 0)
        self._verify()
        await_condition(lambda: sum(map(self._live, PORTS)) == 0, "no connection at the partner", 60.0)

    def _judge_at_the_partner(self, count):
        """All have one source address, no 4-tuple is there twice, and none was begun that is not there."""
        reports = [(port, partner.report(port)) for port in PORTS for partner in self.partners]
        tuples = Counter((*peer, port) for port, report in reports for peer in report["live"])
        self.assertEqual({DVIPA}, {address for address, _, _ in tuples})
        self.assertEqual((count, 1), (len(tuples), max(tuples.values())))
        self.assertEqual(count, sum(report["accepted"] for _, report in reports))
        self.assertEqual(0, sum(report["resets"] for _, report in reports))

    def _verify(self):
        self.sysplex.owner.tcpplex("display", "cf", "verify", check=True)

    def _churn(self, seconds, rate=RATE):
        """No connect fails, so none waits for the facility for longer than a second. And no stack makes none while
        the others make a second's worth: that would be starvation."""
        self._start(1, "discard:7000", "discard:7001")
        answers = self._each("churn", rate, seconds, PARTNER, 7000, PARTNER, 7001, SECOND_PARTNER, 7000)
        total, failed = _added_up(answers)
        self.assertEqual((3 * rate * seconds, {}), (total["connected"], dict(failed)))
        self._await_facility("inUse", 0)
        self._verify()
        timelines = Timelines([answer["timeline"] for answer in answers])
        for index, (stack, answer) in enumerate(zip(self.stacks, answers)):
            least, most = timelines.shares(index)
            print(f"{stack.name}: {least:.0%} to {most:.0%} of a second's connections, "
                  f"none for {answer['timeline']['longestGapMs']:.0f} ms at most")
            self.assertLess(timelines.most_made_without(index), 2 * rate, stack.name)



class Load(LoadTest):
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
            self._await_facility("inUse", 0)
            await_condition(lambda: self._live(7000) == 0, lambda: f"{self._live(7000)} at the partner", 60.0)

    # claims: 27 28 41 X29
    def test_one_address_has_more_connections_than_ports(self):
        self._connections_in_a_table(72000, servers=5)

    # label: long
    # claims: 27 28 41 X29
    def test_one_address_has_190000_connections(self):
        self._connections_in_a_table(190002, servers=12)
        for process in [stack.daemon for stack in self.stacks] + [partner.process for partner in self.partners]:
            print(f"{process.name}: {_peak_memory(process.pid)} at most")

    # claims: X33
    def test_nobody_starves_under_three_thousand_connections_a_second(self):
        self._churn(seconds=5)

    # label: long
    # claims: X33
    def test_nobody_starves_for_a_minute(self):
        self._churn(seconds=60)


class LoadOnEtcd(LoadTest):
    def _sysplex(self):
        return EtcdSysplex(self.lab, lease=10)

    # claims: X33
    def test_nobody_starves_while_each_connect_goes_to_etcd(self):
        self._churn(seconds=5, rate=60)

    # claims: 27 28 41 X29
    def test_one_address_has_20000_connections(self):
        self._connections_in_a_table(20001, servers=2)
        self.assertEqual([], [key for key in self.sysplex.etcd.keys() if "/f/" in key or "/h/" in key or "/s/" in key])


if __name__ == "__main__":
    unittest.main()

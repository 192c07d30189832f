"""Stacks that open many connections at once, and what must come of it."""

from collections import Counter

from lab.case import LabTest
from lab.load import LoadStack
from lab.network import DVIPA, PARTNER, SECOND_PARTNER
from lab.sysplex import Sysplex
from lab.timeline import Timelines
from lab.waiting import await_condition

PORTS = (7000, 7001, 7002)
RATE = 1000  # connects a second of each stack


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

"""Somebody sets the wall clock while connections live: nothing expires, and nothing lives longer."""

import datetime
import unittest

from lab.connector import Connector
from lab.etcd_sysplex import boot_time
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition
from lab.wall_clock import WallClock

HOUR = 3600


class WallClockTest(SysplexTest):
    lease = 0  # there is none

    def _start(self, extra="", **options):
        """The last stack has a clock of its own."""
        self.clock = WallClock(self.lab, **options)
        self.sysplex.start(extra=extra)
        self.moved = self.sysplex.stacks[2]
        self.moved.stop()
        self.moved.start(wrapper=self.clock.wrapper)
        self.sysplex.await_dvipa(self.moved)

    def _set_clock(self, seconds):
        """Waits until the daemon shows that time, so many seconds from what another shows."""
        def ahead():
            moved, other = [datetime.datetime.fromisoformat(stack.document("netstat", "home")["time"])
                            for stack in (self.moved, self.sysplex.owner)]
            return (moved - other).total_seconds()
        self.clock.move(seconds)
        await_condition(lambda: abs(ahead() - seconds) < HOUR / 10, lambda: f"{ahead()} s ahead of the owner")

    # also on etcd
    # claims: X34
    def test_connections_and_leases_outlive_an_hour_forward_and_two_back(self):
        self._start("TCPCONFIG TIMEWAITINTERVAL 1")
        held = [Connector(stack, PARTNER, 7000, 3) for stack in self.sysplex.stacks]
        self.assertEqual([3] * 3, [one.summary()["echoed"] for one in held])
        for seconds in (HOUR, -HOUR):
            self._set_clock(seconds)
            end = boot_time() + self.lease
            over = False
            while not over:
                over = boot_time() > end
                passing = [Connector(stack, PARTNER, 7001, 3) for stack in self.sysplex.stacks]
                self.assertEqual([3] * 3, [one.summary()["echoed"] for one in passing])
                self.assertEqual([0] * 3, [one.release() for one in passing])
            self.assertEqual((9, 0), tuple(self.partner.probe(7000)[key] for key in ("live", "resets")))
        self.assertEqual([0] * 3, [one.release() for one in held])
        self.sysplex.await_in_use(0)

    def _leave_time_wait(self):
        connector = Connector(self.moved, PARTNER, 7000)
        self.assertEqual((1, 0), (connector.summary()["echoed"], connector.release()))
        self.assertEqual(["TIME-WAIT"], [entry["state"] for entry in self.moved.connections(port=7000)])

    # claims: X34
    def test_a_time_wait_is_not_cut_short(self):
        self._start()
        self._leave_time_wait()
        self._set_clock(HOUR)
        passing = Connector(self.moved, PARTNER, 7001)  # the stack has looked at its timers
        self.assertEqual((1, 0), (passing.summary()["echoed"], passing.release()))
        self.assertEqual(2, self.sysplex.owner.ports(DVIPA)["inUse"])

    # controls: X34
    def test_a_clock_that_nobody_can_set_would_cut_it_short(self):
        self._start(monotonic_too=True)
        self._leave_time_wait()
        self.clock.move(HOUR)
        self.sysplex.await_in_use(0)


class WallClockTestOnEtcd(OnEtcd, WallClockTest):
    lease = 2


if __name__ == "__main__":
    unittest.main()

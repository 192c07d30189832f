"""Counts that a process has no descriptors for: every port in use, far more connections than ports, no starvation."""

import unittest

from lab.load_case import LoadTest
from lab.network import DVIPA, PARTNER
from lab.waiting import await_condition

ALL_PORTS = 65536 - 1024
NO_PORT = "Cannot assign requested address"


def _peak_memory(pid):
    """Resident, with what processes share: "62000 kB"."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(line.split(":")[1].strip() for line in status if line.startswith("VmHWM"))


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


if __name__ == "__main__":
    unittest.main()

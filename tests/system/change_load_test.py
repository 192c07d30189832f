"""A thousand changes in a row while ten thousand connections carry data."""

import unittest

from lab.case import LabTest
from lab.control import Control
from lab.peer import Pace
from lab.single import Single

CONNECTIONS = 10000
CHANGES = 1000

# Each in turn, and none of them about what carries the data.
KINDS = ["PORT {port} TCP JOB{n}", "DELETE PORT {port} TCP JOB{n}", "SOMAXCONN {port}",
         "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.9 ENDVIPADYNAMIC",
         "TCPCONFIG DELAYACKS TIMEWAITINTERVAL {n}", "IPCONFIG TTL {n}",
         "VIPADYNAMIC VIPADELETE 10.1.9.9 ENDVIPADYNAMIC",
         "SRCIP\n  JOBNAME JOB{n} 10.1.1.2\nENDSRCIP", "GLOBALCONFIG SYSPLEXWLMPOLL {n}",
         "UDPCONFIG UDPRCVBUFRSIZE {port}"]


def _change(index):
    kind = KINDS[index % len(KINDS)]
    # An entry is deleted by the words that added it.
    n = 1 + (index - kind.startswith("DELETE")) // len(KINDS) % 100
    return kind.format(n=n, port=3000 + n) + "\n"


class ChangeLoad(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.stack = self.bed.stack.start()

    def test_a_thousand_changes_break_none_of_ten_thousand_connections(self):
        pace = Pace(self.lab, self.bed.partner, self.bed.address, 7, CONNECTIONS)
        self.assertEqual(CONNECTIONS, pace.connected)
        control = Control(self.stack)
        pace.times()
        for index in range(CHANGES):
            answer = control.obeyfile(_change(index))
            self.assertTrue(answer["ok"], (index, _change(index), answer))
        control.close()
        during = pace.times(1)
        quiet = pace.times(min(during["echoes"], 100000))
        self.assertEqual(0, quiet["broken"])
        self.assertEqual(CONNECTIONS, len([row for row in self.stack.connections("conn", port=7)
                                           if row["state"] == "ESTABLISHED"]))
        history = self.stack.document("display", "history")
        self.assertEqual(CHANGES + 1, history["configurations"][-1]["number"])
        print(f"during {CHANGES} changes: {during}\nwithout: {quiet}\n"
              f"a change kept a shard for {history['longestHeldMicroseconds']} microseconds at most")


if __name__ == "__main__":
    unittest.main()

"""A flood of SYNs from addresses that nobody has, over a real device: those who are somebody are served nevertheless."""

import json
import re
import signal
import unittest

from lab import binaries
from lab.case import LabTest
from lab.peer import Client
from lab.single import Single

ECHO, CHARGEN = 7, 19
TIMES = 3
# SYNs a second: what a slow machine can still make and answer. More than the queue of the device holds would be lost
# before the stack, and with them what is real.
RATE = 50_000
# Of what the stack has once its tables are full; the flood would take some 300 bytes a SYN else.
GROWTH = 8 * 1024 * 1024

# Reads so many bytes from a port.
READ = """import socket, sys
address, port, count = sys.argv[1], *map(int, sys.argv[2:])
with socket.create_connection((address, port), 20) as s:
    s.settimeout(20)
    while count > 0:
        count -= len(s.recv(65536)) or sys.exit("it ended early")
"""


class Flood(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.stack = self.bed.stack.start()
        # Answers to nobody end here.
        self.bed.system.ip("route", "add", "blackhole", "198.18.0.0/15")

    def _begin(self, seconds):
        return self.lab.process("syn-flood", [binaries.find("tcpplex_syn_flood"), self.bed.address, str(ECHO), str(seconds), str(RATE)],
                                namespace=self.bed.system)

    def _resident(self):
        with open(f"/proc/{self.stack.daemon.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s*(\d+) kB", file.read()).group(1)) * 1024

    def _be_served(self):
        client = Client(self.lab, self.bed.partner, self.bed.address, ECHO, 20, timeout=20)
        self.assertEqual(20, client.opened["connected"], client.opened)
        self.assertEqual(20, client.echo()["echoed"])
        client.process.end()
        reader = self.bed.partner.run("python3", "-c", READ, self.bed.address, str(CHARGEN), "1000000")
        self.assertEqual(0, reader.status, reader)

    def test_a_real_client_connects_and_transfers(self):
        self._begin(3).wait(60.0)  # fills the tables, which then have the size they keep
        settled = self._resident()
        flood = self._begin(120)
        for _ in range(TIMES):
            self._be_served()
        self.assertTrue(flood.alive())
        flood.signal(signal.SIGTERM)
        flood.wait()
        figures = json.loads(flood.stdout.lines()[-1])
        grown = self._resident() - settled
        print(f"{figures['sent'] / figures['seconds']:.0f} SYNs a second; {TIMES} times 20 connections and 1 MB in "
              f"{figures['seconds']:.1f} s; memory grew by {grown // 1024} KiB")
        self.assertLess(grown, GROWTH)
        counters = self.stack.document("netstat", "stats")["counters"]
        cookies = [entry["count"] for entry in counters if entry["name"] == "tcp.syn_cookies_sent"]
        self.assertGreater(cookies[0], figures["sent"] // 2)


if __name__ == "__main__":
    unittest.main()

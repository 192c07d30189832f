"""How many connections a table has space for: what the host settings say."""

import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex import Sysplex


class TableSize(LabTest):
    def setUp(self):
        super().setUp()
        facility = f"{{kind: shared-memory, path: {self.lab.path('small.cf')}, connections: 1024}}"
        self.sysplex = Sysplex(self.lab, facility=facility)
        self.sysplex.serve("echo:7000")
        self.sysplex.start(sharing="SYSPLEXPORTS HASHTABLE")

    # claims: 28
    def test_one_more_than_the_table_has_space_for_is_refused(self):
        first, second, third = self.sysplex.stacks
        self.assertEqual(1000, Connector(first, PARTNER, 7000, 1000).summary()["connected"])
        last = Connector(second, PARTNER, 7000, 30).summary()
        self.assertEqual((24, {"EADDRNOTAVAIL": 6}), (last["connected"], last["failed"]))
        self.assertEqual(1024, third.ports(DVIPA)["connections"])

    def test_a_stack_that_asks_for_another_size_is_refused(self):
        stack = self.sysplex.targets[0]
        stack.stop()
        with open(stack.settings, encoding="utf-8") as settings:
            text = settings.read()
        self.lab.write(f"{stack.name.lower()}.yaml", text.replace("connections: 1024", "connections: 2048"))
        daemon = stack.launch().daemon
        self.assertEqual(1, daemon.wait(20), daemon.describe())
        self.assertIn("have space for 1024 connections, and this stack asks for 2048", daemon.stderr.text())
        self.lab.write(f"{stack.name.lower()}.yaml", text)
        stack.start()


if __name__ == "__main__":
    unittest.main()

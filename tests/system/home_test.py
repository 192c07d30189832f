"""HOME in an OBEYFILE replaces the list of links' addresses, and leaves alone what stays in it."""

import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.network import PARTNER, home_address
from lab.peer import Client, Server
from lab.single import Single

STAYS = "10.1.1.20"
GOES = "10.1.1.30"
LINKS = """DEVICE DV VIRTUAL 0
LINK V1 VIRTUAL 0 DV
LINK V2 VIRTUAL 1 DV
"""


class Home(LabTest):
    shards = 1

    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab, shards=self.shards)
        self.stack = self.bed.stack.start()
        self.stack.obeyfile(f"{LINKS}HOME {STAYS} V1 {GOES} V2\n", check=True)
        self.server = Server(self.lab, self.bed.partner, "echo:7000")

    def _addresses(self):
        return self.stack.screen("netstat", "home")

    # also on shards
    def test_what_the_new_list_lacks_goes_and_the_rest_is_undisturbed(self):
        held = {address: Connector(self.stack, PARTNER, 7000, 3, "--bind", address)
                for address in (STAYS, GOES, home_address(1))}
        for each in held.values():
            self.assertEqual(3, each.summary()["connected"])
        obeyfile = self.lab.write("home.obey", f"HOME {STAYS} V1\nDELETE LINK V2\n")
        plan = self.stack.tcpplex("vary", "obeyfile", "--plan", obeyfile, check=True).stdout
        self.assertIn(f"- HOME {GOES} V2\n", plan)
        self.assertIn(f"{GOES} is no address of this stack: its connections end\n", plan)
        self.assertEqual(3, plan.count(f"ends: {GOES}.."))
        self.assertNotIn(f"ends: {STAYS}..", plan)
        self.assertIn(GOES, self._addresses())
        self.stack.tcpplex("vary", "obeyfile", obeyfile, check=True)
        self.assertNotIn(GOES, self._addresses())
        self.assertEqual(6, self.server.probe(7000)["live"])
        self.assertEqual(3, held.pop(GOES).release())
        for each in held.values():
            self.assertEqual(0, each.release())

    def test_an_empty_one_removes_all_that_home_gave(self):
        self.stack.obeyfile("HOME\n", check=True)
        self.assertNotIn(STAYS, self._addresses())
        self.assertNotIn(GOES, self._addresses())
        self.assertIn(home_address(1), self._addresses())
        self.assertEqual(5, Client(self.lab, self.bed.partner, self.bed.address, 7, 5).echo()["echoed"])
        self.stack.tcpplex("vary", "rollback", check=True)
        self.assertIn(STAYS, self._addresses())
        self.assertEqual(5, Client(self.lab, self.bed.partner, GOES, 7, 5).echo()["echoed"])


class HomeOnShards(Home):
    shards = 4


if __name__ == "__main__":
    unittest.main()

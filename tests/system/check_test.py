"""`tcpplex check` needs neither root, nor a daemon, nor a network."""

import shutil
import unittest

from lab import binaries, command, profiles
from lab.case import LabTest


class Check(LabTest):
    def setUp(self):
        super().setUp()
        # A copy, because nobody may not enter the folder of the build.
        self.program = shutil.copy(binaries.find("tcpplex"), self.lab.path("tcpplex"))

    def _check(self, *files):
        return command.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs",
                            self.program, "check", *files])

    def test_a_good_profile_is_clean(self):
        outcome = self._check(self.lab.write("good.profile", profiles.member(1)))
        self.assertEqual(0, outcome.status, outcome)

    def test_an_error_has_status_1_and_names_file_line_and_column(self):
        path = self.lab.write("bad.profile", profiles.single() + "TCPCONFIG EPHEMERALPORTS 5000 4000\n")
        outcome = self._check(path)
        self.assertEqual(1, outcome.status, outcome)
        self.assertRegex(outcome.stdout + outcome.stderr, rf"{path}:\d+:\d+")

    def test_an_error_does_not_hide_the_next(self):
        outcome = self._check(self.lab.write("three.profile", "INTERFAC X\n" + profiles.single() + "SOMAXCONN many\n"
                                             "TCPCONFIG EPHEMERALPORTS 5000 4000\n"))
        self.assertEqual(1, outcome.status, outcome)
        said = outcome.stdout + outcome.stderr
        self.assertIn("INTERFAC", said)
        self.assertIn("many", said)
        self.assertIn("EPHEMERALPORTS 5000 4000", said)

    def test_a_file_that_cannot_be_read_is_named(self):
        outcome = self._check("/no/such.profile")
        self.assertNotEqual(0, outcome.status)
        self.assertIn("/no/such.profile", outcome.stdout + outcome.stderr)


if __name__ == "__main__":
    unittest.main()

"""The base of all system tests: a laboratory a test, and what its processes said when the test fails."""

import sys
import unittest

from .laboratory import Laboratory


class LabTest(unittest.TestCase):
    def setUp(self):
        self.lab = Laboratory()
        self.addCleanup(self.lab.close)
        self.addCleanup(self._take_note)  # runs first: before the files go

    def run(self, result=None):
        self._said = ""
        before = _bad(result)
        super().run(result)
        if _bad(result) > before:
            print(f"\n{self._said}", file=sys.stderr)
        return result

    def _take_note(self):
        self._said = self.lab.describe()


def _bad(result):
    return len(result.failures) + len(result.errors)

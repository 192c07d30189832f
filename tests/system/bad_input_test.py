"""What must be refused: foreign facility files, callers without rights."""

import hashlib
import os
import subprocess
import unittest

from lab.case import LabTest
from lab.single import Single

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]


class FacilityFile(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.path = self.lab.path("PLEX1.cf")

    def _sum(self):
        """Of the size and the data; the file is mostly holes."""
        size = os.path.getsize(self.path)
        total, end = hashlib.sha256(str(size).encode()), 0
        with open(self.path, "rb") as file:
            while end < size:
                try:
                    start = os.lseek(file.fileno(), end, os.SEEK_DATA)
                except OSError:
                    break  # only a hole is left
                end = os.lseek(file.fileno(), start, os.SEEK_HOLE)
                file.seek(start)
                total.update(f"{start} ".encode() + file.read(end - start))
        return total.hexdigest()

    def _assert_refused_untouched(self):
        before = self._sum()
        daemon = self.bed.stack.launch().daemon
        self.assertEqual(1, daemon.wait(20), daemon.describe())
        self.assertIn(self.path, daemon.stderr.text())
        self.assertEqual(before, self._sum())

    def test_a_foreign_file_is_refused_and_left_as_it_is(self):
        with open(self.path, "wb") as file:
            file.write(b"this is somebody's thesis\n" * 1000)
        self._assert_refused_untouched()

    def test_a_truncated_file_is_refused_and_left_as_it_is(self):
        self.bed.stack.start()
        self.bed.stack.stop()
        os.truncate(self.path, 100)
        self._assert_refused_untouched()

    def test_a_damaged_header_is_refused_and_left_as_it_is(self):
        self.bed.stack.start()
        self.bed.stack.stop()
        with open(self.path, "r+b") as file:
            file.seek(9)
            byte = file.read(1)[0]
            file.seek(9)
            file.write(bytes([byte ^ 0xFF]))
        self._assert_refused_untouched()


class Rights(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.bed.stack.start()

    def test_a_caller_without_rights_may_not_change_the_stack(self):
        os.chmod(self.bed.stack.socket, 0o666)
        path = self.lab.write("change.obey", "TCPCONFIG EPHEMERALPORTS 5000 5001\n")
        outcome = self._as_nobody("vary", "obeyfile", path)
        self.assertNotEqual(0, outcome.returncode)
        self.assertRegex(outcome.stderr, "EACCES|EPERM")

    def test_a_caller_without_rights_sees_no_display(self):
        os.chmod(self.bed.stack.socket, 0o666)
        outcome = self._as_nobody("netstat", "conn")
        self.assertNotEqual(0, outcome.returncode)
        self.assertRegex(outcome.stderr, "EACCES|EPERM")

    def test_the_control_socket_is_closed_to_others(self):
        self.assertEqual(0, os.stat(self.bed.stack.socket).st_mode & 0o007)

    def _as_nobody(self, *words):
        program, *rest = self.bed.stack.argv(*words)
        copy = self.lab.path("tcpplex")
        subprocess.run(["install", "-m", "755", program, copy], check=True)
        return subprocess.run([*NOBODY, copy, *rest], capture_output=True, text=True, timeout=30, check=False)


if __name__ == "__main__":
    unittest.main()

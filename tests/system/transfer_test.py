"""Files both ways between the stack and the kernel: under each reverse-path filter, and through a lossy router."""

import hashlib
import random
import unittest

from lab.case import LabTest
from lab.network import PARTNER
from lab.peer import Server
from lab.single import Single


class TransferCase(LabTest):
    SIZE = 100 << 20

    def setUp(self):
        super().setUp()
        content = random.Random(864).randbytes(self.SIZE)
        self.sum = hashlib.sha256(content).hexdigest()
        self.file = self.lab.path("content")
        with open(self.file, "wb") as file:
            file.write(content)

    def _bed(self, rp_filter):
        bed = Single(self.lab, rp_filter=rp_filter)
        bed.stack.start()
        return bed

    def _fetch_from_the_kernel(self, bed):
        """`tcpplex connect` as the client of a kernel web server."""
        Server(self.lab, bed.partner, "http:8080", file=self.file)
        request = self.lab.process("fetch", bed.stack.argv("connect", PARTNER, 8080),
                                   stdin=b"GET /content HTTP/1.0\r\n\r\n")
        self.assertEqual(0, request.wait(120), request.describe())
        head, _, body = request.stdout.bytes().partition(b"\r\n\r\n")
        self.assertIn(b" 200 ", head)
        self.assertEqual((self.SIZE, self.sum), (len(body), hashlib.sha256(body).hexdigest()))

    def _fetch_from_the_stack(self, bed):
        """curl on the kernel as the client of `tcpplex listen`."""
        listener = bed.stack.begin("listen", "--http", "--serve-file", self.file, bed.address, 8081)
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        target = self.lab.path("fetched")
        bed.partner.run("curl", "--silent", "--show-error", "--max-time", "120", "--output", target,
                        f"http://{bed.address}:8081/content", check=True, deadline=150)
        with open(target, "rb") as file:
            body = file.read()
        self.assertEqual((self.SIZE, self.sum), (len(body), hashlib.sha256(body).hexdigest()))


class ReversePathFilter(TransferCase):
    def test_fetches_a_file_from_a_kernel_web_server_without_reverse_path_filter(self):
        self._fetch_from_the_kernel(self._bed(0))

    def test_serves_a_file_to_curl_without_reverse_path_filter(self):
        self._fetch_from_the_stack(self._bed(0))

    def test_fetches_a_file_from_a_kernel_web_server_under_a_strict_reverse_path_filter(self):
        self._fetch_from_the_kernel(self._bed(1))

    def test_serves_a_file_to_curl_under_a_strict_reverse_path_filter(self):
        self._fetch_from_the_stack(self._bed(1))

    def test_fetches_a_file_from_a_kernel_web_server_under_a_loose_reverse_path_filter(self):
        self._fetch_from_the_kernel(self._bed(2))

    def test_serves_a_file_to_curl_under_a_loose_reverse_path_filter(self):
        self._fetch_from_the_stack(self._bed(2))


class Loss(TransferCase):
    SIZE = 4 << 20

    def setUp(self):
        super().setUp()
        self.bed = self._bed(0)
        self.bed.network.lose(2)

    def test_fetches_a_file_from_a_kernel_web_server_through_a_lossy_router(self):
        self._fetch_from_the_kernel(self.bed)

    def test_serves_a_file_to_curl_through_a_lossy_router(self):
        self._fetch_from_the_stack(self.bed)


if __name__ == "__main__":
    unittest.main()

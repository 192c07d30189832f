"""Socket options of connections, given to the command, as the Linux kernel on the other side sees them."""

import unittest

from lab.case import LabTest
from lab.network import PARTNER
from lab.single import Single

# Accepts one connection and tells what the peer has offered, and how it ends.
JUDGE = """import errno, socket
s = socket.create_server(("", 7000))
print("listening", flush=True)
c, _ = s.accept()
print(c.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG))
try:
    while c.recv(65536): pass
    c.close()
    print("in order")
except OSError as error:
    print(errno.errorcode[error.errno])
"""


# Linux tells what timestamps leave of a segment.
TIMESTAMPS = 12


class Options(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.stack = self.bed.stack.start()

    def _verdict(self, *options):
        """What the kernel says of a connection with these options that is given up by its program."""
        judge = self.lab.process("judge", ["python3", "-c", JUDGE], namespace=self.bed.partner)
        judge.await_line_number(0)
        words = [word for option in options for word in ("--option", option)]
        held = self.stack.begin("connect", "--hold", *words, PARTNER, "7000")
        held.await_line(lambda line: "connected" in line, "the summary")
        held.end()
        judge.wait()
        return judge.stdout.lines()[1:]

    def test_a_segment_s_length_is_offered_and_kept(self):
        self.assertEqual([str(500 - TIMESTAMPS), "in order"], self._verdict("TCP_MAXSEG=500"))

    def test_linger_of_no_time_resets_at_close(self):
        self.assertEqual("ECONNRESET", self._verdict("SO_LINGER=0", "TCP_NODELAY=1")[1])

    def test_a_listener_s_options_are_its_connections(self):
        listener = self.stack.begin("listen", "--option", "TCP_MAXSEG=600", "--echo", self.bed.address, "5000")
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        outcome = self.bed.partner.run(
            "python3", "-c", "import socket, sys\n"
            "s = socket.create_connection((sys.argv[1], 5000), 10)\n"
            "print(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG))", self.bed.address)
        self.assertEqual(f"{600 - TIMESTAMPS}\n", outcome.stdout, outcome)

    def test_an_algorithm_that_is_not_there_is_named(self):
        outcome = self.stack.tcpplex("connect", "--option", "TCP_CONGESTION=bbr", PARTNER, "7000")
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn('there is no congestion control "bbr"', outcome.stderr)


if __name__ == "__main__":
    unittest.main()

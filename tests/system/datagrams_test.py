"""UDP sockets that programs open at a stack, and the Linux kernel as their peer."""

import unittest

from lab import ipv6, profiles
from lab.case import LabTest
from lab.datagrams import DatagramSocket, Refused
from lab.network import PARTNER
from lab.single import Single
from lab.waiting import await_condition

ECHO = """import socket, sys
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.bind(("::", 5300))
print("bound", flush=True)
while True:
    data, peer = s.recvfrom(65535)
    s.sendto(data, peer)
"""

# Sends the texts given to address and port, and prints each answer and where it is from.
ASK = """import socket, sys
address, port, *texts = sys.argv[1:]
s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(20)
for text in texts:
    s.sendto(text.encode(), (address, int(port)))
    data, peer = s.recvfrom(65535)
    print(data.decode(), peer[0], peer[1])
"""

# Sends so many numbered datagrams of so many bytes.
FLOOD = """import socket, sys
address, port, count, size = sys.argv[1], *map(int, sys.argv[2:])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for number in range(count):
    s.sendto(number.to_bytes(4, "big").ljust(size, b"."), (address, port))
"""


class Bed(LabTest):
    shards = 1

    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab, profiles.single(extra=ipv6.interface(1) + "\nPORT 5301 UDP OWNER1"),
                          shards=self.shards)
        ipv6.add_to(self.bed.network, self.bed.system, 1)
        self.stack = self.bed.stack.start()
        self.addresses = (self.bed.address, ipv6.home_address(1))
        # Then the neighbours on the way know each other.
        self.bed.partner.run("ping", "-6", "-c", "1", "-W", "10", self.addresses[1], check=True)

    def _open(self, **options):
        opened = DatagramSocket(self.stack, **options)
        self.addCleanup(opened.close)
        return opened

    def _python(self, code, *words):
        return self.bed.partner.run("python3", "-c", code, *map(str, words))

    def _start_echo(self):
        echo = self.lab.process("echo", ["python3", "-c", ECHO], namespace=self.bed.partner)
        echo.await_line_number(0)

    def _row(self, port):
        rows = [row for row in self.stack.connections("conn", port=port) if row["state"] == "UDP"]
        return rows[0] if len(rows) == 1 else None

    def _send_any_size(self):
        self._start_echo()
        for partner in (PARTNER, ipv6.PARTNER):
            client = self._open(remote=(partner, 5300))
            for size in (0, 1, 1472, 1473, 9000, 65507):
                sent = bytes(number % 251 for number in range(size))
                client.send(sent)
                came = client.receive()
                self.assertEqual(((partner, 5300), sent), (came.peer, came.payload), size)
            self.assertEqual(client.local[0], came.local)

    def _serve_both_families(self):
        server = self._open(local=("", 5000))
        for address in self.addresses:
            client = self.lab.process("client", ["python3", "-c", ASK, address, "5000", "one", "two"],
                                      namespace=self.bed.partner)
            for text in (b"one", b"two"):
                came = server.receive()
                self.assertEqual((text, address), (came.payload, came.local))
                server.send(came.payload.upper(), came.peer, came.local)
            client.wait()
            self.assertEqual([f"ONE {address} 5000", f"TWO {address} 5000"], client.stdout.lines())
        self.assertEqual((4, 4), (self._row(5000)["datagramsIn"], self._row(5000)["datagramsOut"]))

    def _be_refused(self):
        for partner in (PARTNER, ipv6.PARTNER):
            client = self._open(remote=(partner, 9))
            client.send(b"x")
            told = client.receive()
            self.assertEqual(("ECONNREFUSED", (partner, 9)), (told.error, told.peer))


class Datagrams(Bed):
    def test_datagrams_of_any_size_go_there_and_back(self):
        self._send_any_size()

    def test_one_socket_serves_many_of_both_families(self):
        self._serve_both_families()

    def test_a_refusal_is_told_where_it_was_sent(self):
        self._be_refused()

    def test_what_cannot_be_sent_is_told_with_its_reason(self):
        client = self._open(local=(self.bed.address, 0))
        cases = [("EDESTADDRREQ", b"x", None, ""), ("EMSGSIZE", bytes(65508), (PARTNER, 9), ""),
                 ("EAFNOSUPPORT", b"x", (ipv6.PARTNER, 9), ""), ("EACCES", b"x", ("255.255.255.255", 9), ""),
                 ("EADDRNOTAVAIL", b"x", (PARTNER, 9), "10.9.9.9")]
        for number, (reason, payload, to, source) in enumerate(cases, 1):
            client.send(payload, to, source)
            told = client.receive()
            self.assertEqual((reason, number, to), (told.error, told.lost, told.peer))
        client.socket.send(b"no header")
        self.assertEqual(("EINVAL", len(cases) + 1), client.receive()[:2])

    def test_what_a_slow_program_loses_is_counted(self):
        slow = self._open(local=("", 5000))
        self._python(FLOOD, self.bed.address, 5000, 5000, 1000)
        await_condition(lambda: self._row(5000)["datagramsLost"] > 0, "datagrams to be lost")
        came = [slow.receive() for _ in range(self._row(5000)["datagramsIn"])]
        self._python(FLOOD, self.bed.address, 5000, 1, 4)
        while len(came[-1].payload) != 4:
            came.append(slow.receive())
        row = self._row(5000)
        self.assertEqual((row["datagramsIn"], row["datagramsLost"]), (len(came), came[-1].lost))
        order = [int.from_bytes(packet.payload[:4], "big") for packet in came[:-1]]
        self.assertEqual(sorted(set(order)), order)

    def test_a_port_is_free_again_when_its_program_has_closed_it(self):
        first = self._open(local=("", 5000), job="ONE")
        with self.assertRaises(Refused) as refusal:
            self._open(local=(self.bed.address, 5000))
        self.assertEqual("EADDRINUSE", refusal.exception.args[0])
        self.assertIn("UDP port 5000", refusal.exception.args[1])
        self.assertEqual("ONE", self._row(5000)["user"])
        first.send(b"last words", (PARTNER, 9))
        first.close()
        await_condition(lambda: self._row(5000) is None, "the port to be free")
        self._open(local=(self.bed.address, 5000))

    def test_ports_may_be_shared_by_those_who_say_so(self):
        self._open(local=("", 5000), reuse=True)
        self._open(local=(self.bed.address, 5000), reuse=True)

    def test_a_reserved_port_is_for_its_job(self):
        with self.assertRaises(Refused) as refusal:
            self._open(local=("", 5301))
        self.assertEqual("EACCES", refusal.exception.args[0])
        self._open(local=("", 5301), job="owner1")

    def test_the_end_of_the_stack_is_the_end_of_the_file(self):
        client = self._open(local=("", 5000))
        self.stack.stop()
        self.assertIsNone(client.receive())

    def test_connect_udp_is_netcat_on_the_stack(self):
        self._start_echo()
        for partner in (PARTNER, ipv6.PARTNER):
            outcome = self.stack.tcpplex("connect", "--udp", partner, "5300", stdin=b"there and back\n")
            self.assertEqual((0, "there and back\n"), (outcome.status, outcome.stdout), outcome)
        outcome = self.stack.tcpplex("connect", "--udp", PARTNER, "9", stdin=b"x")
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn(f"connect --udp {PARTNER}..9: ECONNREFUSED", outcome.stderr)

    def _listen(self, *words, **options):
        listener = self.stack.begin("listen", "--udp", *words, **options)
        listener.await_line(lambda line: "listening on UDP" in line, "listening on", output=listener.stderr)
        return listener

    def test_listen_udp_answers_whoever_has_sent(self):
        listener = self._listen("--count", "1", "0.0.0.0", "5000", stdin=b"answer")
        outcome = self._python(ASK, self.bed.address, 5000, "question")
        self.assertEqual(f"answer {self.bed.address} 5000\n", outcome.stdout, outcome)
        self.assertEqual(0, listener.wait(), listener.describe())
        self.assertEqual("question", listener.stdout.text())

    def test_listen_udp_echoes(self):
        listener = self._listen("--echo", "::", "5000")
        for address in self.addresses:
            outcome = self._python(ASK, address, 5000, "one", "two")
            self.assertEqual(f"one {address} 5000\ntwo {address} 5000\n", outcome.stdout, outcome)
        self.assertEqual(0, listener.end())


class DatagramsOfTwoShards(Bed):
    shards = 2

    def test_with_two_shards_datagrams_of_any_size_go_there_and_back(self):
        self._send_any_size()

    def test_with_two_shards_one_socket_serves_many_of_both_families(self):
        self._serve_both_families()

    def test_with_two_shards_a_refusal_is_told_where_it_was_sent(self):
        self._be_refused()


if __name__ == "__main__":
    unittest.main()

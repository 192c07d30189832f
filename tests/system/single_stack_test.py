"""One stack and the Linux kernel as its peer: echo, services, refusal, displays."""

import json
import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.network import PARTNER
from lab.peer import Client, Server
from lab.single import Single


class SingleStack(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.stack = self.bed.stack.start()

    def test_ping_is_answered(self):
        outcome = self.bed.partner.run("ping", "-c", "3", "-i", "0.2", "-W", "2", self.bed.address)
        self.assertIn("3 received", outcome.stdout, outcome)

    def test_ping_of_a_full_packet_is_answered(self):
        outcome = self.bed.partner.run("ping", "-c", "1", "-W", "2", "-M", "do", "-s", "1472", self.bed.address)
        self.assertIn("1 received", outcome.stdout, outcome)

    def test_echo_service_returns_what_a_kernel_client_sends(self):
        client = Client(self.lab, self.bed.partner, self.bed.address, 7, 50)
        self.assertEqual(50, client.opened["connected"], client.opened)
        self.assertEqual(50, client.echo()["echoed"])

    def test_discard_service_takes_all_and_ends_in_order(self):
        outcome = self.bed.partner.run(
            "python3", "-c", "import socket, sys\n"
            "s = socket.create_connection((sys.argv[1], 9), 10)\n"
            "s.sendall(bytes(1 << 20)); s.shutdown(socket.SHUT_WR)\n"
            "print(len(s.recv(1)))", self.bed.address)
        self.assertEqual("0\n", outcome.stdout, outcome)

    def test_chargen_service_sends_the_pattern_of_rfc_864(self):
        outcome = self.bed.partner.run(
            "python3", "-c", "import socket, sys\n"
            "s = socket.create_connection((sys.argv[1], 19), 10)\n"
            "f = s.makefile('r', newline='')\n"
            "print(f.readline() + f.readline(), end='')", self.bed.address)
        printable = "".join(map(chr, range(32, 127)))
        self.assertEqual(f"{printable[:72]}\n{printable[1:73]}\n", outcome.stdout.replace("\r", ""), outcome)

    def test_echo_service_returns_datagrams_of_any_size(self):
        outcome = self.bed.partner.run(
            "python3", "-c", "import socket, sys\n"
            "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(10)\n"
            "s.connect((sys.argv[1], 7))\n"
            "for size in (1, 1472, 1473, 65507):\n"
            "    sent = bytes(i % 251 for i in range(size)); s.send(sent)\n"
            "    print(s.recv(65535) == sent)", self.bed.address)
        self.assertEqual("True\n" * 4, outcome.stdout, outcome)
        rows = self.stack.connections("conn", port=7)
        self.assertEqual([("UDP", 4)], [(row["state"], row["datagramsOut"]) for row in rows if row["state"] == "UDP"])
        self.assertRegex(self.stack.screen("netstat", "conn"), r"MISCSERV \w{8} 0\.0\.0\.0\.\.7 +\*\.\.\* +UDP")

    def test_a_udp_port_that_nobody_has_is_refused_at_once(self):
        outcome = self.bed.partner.run(
            "python3", "-c", "import errno, socket, sys\n"
            "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(10)\n"
            "s.connect((sys.argv[1], 4711)); s.send(b'x')\n"
            "try: s.recv(1)\n"
            "except OSError as error: print(errno.errorcode[error.errno])", self.bed.address)
        self.assertEqual("ECONNREFUSED\n", outcome.stdout, outcome)

    def test_a_port_nobody_listens_on_is_refused_at_once(self):
        client = Client(self.lab, self.bed.partner, self.bed.address, 4711, timeout=5)
        self.assertEqual({"ECONNREFUSED": 1}, client.opened["failed"])

    def test_a_refused_connect_names_address_and_reason(self):
        outcome = self.stack.tcpplex("connect", PARTNER, "4711")
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn("ECONNREFUSED", outcome.stderr)
        self.assertIn(PARTNER, outcome.stderr)

    def test_connect_is_netcat_on_the_stack(self):
        Server(self.lab, self.bed.partner, "echo:7000")
        outcome = self.stack.tcpplex("connect", PARTNER, "7000", stdin=b"there and back\n")
        self.assertEqual((0, "there and back\n"), (outcome.status, outcome.stdout), outcome)

    def test_listen_is_netcat_on_the_stack(self):
        listener = self.stack.begin("listen", self.bed.address, "5000", stdin=b"from the stack\n")
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        outcome = self.bed.partner.run(
            "python3", "-c", "import socket, sys\n"
            "s = socket.create_connection((sys.argv[1], 5000), 10)\n"
            "s.sendall(b'from the kernel\\n'); s.shutdown(socket.SHUT_WR)\n"
            "print(s.makefile().read(), end='')", self.bed.address)
        self.assertEqual("from the stack\n", outcome.stdout, outcome)
        self.assertEqual(0, listener.wait())
        self.assertEqual("from the kernel\n", listener.stdout.text())

    def test_a_thousand_connections_at_once_echo(self):
        server = Server(self.lab, self.bed.partner, "echo:7000")
        connector = Connector(self.stack, PARTNER, 7000, 1000)
        summary = connector.summary()
        self.assertEqual((1000, 1000), (summary["connected"], summary["echoed"]), summary["failed"])
        self.assertEqual(1000, len(server.live(7000)))
        self.assertEqual(0, connector.release())

    def test_netstat_conn_shows_a_connection_as_screen_and_as_json(self):
        server = Server(self.lab, self.bed.partner, "echo:7000")
        connector = Connector(self.stack, PARTNER, 7000)
        connector.summary()
        _, port = server.live(7000)[0]
        document = self.stack.document("netstat", "conn")
        self.assertEqual("TCPIP1", document["stack"])
        mine = [entry for entry in document["connections"] if entry["foreign"] == {"address": PARTNER, "port": 7000}]
        self.assertEqual([({"address": self.bed.address, "port": port}, "ESTABLISHED")],
                         [(entry["local"], entry["state"]) for entry in mine])
        for words in (("netstat", "conn"), ("netstat", "-c"), ("console", "D TCPIP,,NETSTAT,CONN")):
            screen = self.stack.screen(*words)
            self.assertIn(f"{PARTNER}..7000", screen, words)
            self.assertIn(f"{self.bed.address}..{port}", screen, words)

    def test_netstat_home_names_the_interface(self):
        home = self.stack.document("netstat", "home")["home"]
        self.assertIn(("OSA1", self.bed.address), [(entry["name"], entry["address"]) for entry in home])
        self.assertIn(self.bed.address, self.stack.screen("netstat", "-h"))

    def test_an_ended_connection_leaves_conn_and_stays_in_allconn_for_its_time_wait(self):
        Server(self.lab, self.bed.partner, "echo:7000")
        self.stack.tcpplex("connect", PARTNER, "7000", stdin=b"x", check=True)
        states = [entry["state"] for entry in self.stack.connections("allconn", port=7000)]
        self.assertEqual(["TIME-WAIT"], [state.replace("_", "-") for state in states])
        self.assertEqual([], self.stack.connections("conn", port=7000))

    def test_an_unknown_report_is_refused_with_the_list_of_known_ones(self):
        outcome = self.stack.tcpplex("netstat", "nonsense")
        self.assertNotEqual(0, outcome.status)
        self.assertRegex((outcome.stdout + outcome.stderr).lower(), "conn.*home|nonsense")

    def test_json_of_a_display_names_its_schema(self):
        document = json.loads(self.stack.screen("--json", "netstat", "allconn"))
        self.assertEqual("tcpplex/allconn/1", document["schema"])


if __name__ == "__main__":
    unittest.main()

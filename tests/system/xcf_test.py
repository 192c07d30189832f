"""Three systems that share only networks: etcd over one, XCF over another with TLS and sealed datagrams."""

import hashlib
import sys
import unittest

from lab import profiles
from lab.capture import Capture
from lab.case import LabTest
from lab.connector import Connector
from lab.etcd import Etcd
from lab.network import DVIPA, PARTNER
from lab.peer import Client
from lab.profiles import SERVICE_PORT
from lab.signalling import Authority, Signalling
from lab.stack import Stack
from lab.sysplex import Sysplex

ROUTER = "10.2.0.1"
MARK = b"this must not be seen on a wire!"
CONTENT = b"".join(MARK + number.to_bytes(32, "big") for number in range(16384))  # 1 MiB, no two parts the same

EXCHANGE = """
import socket, sys, threading
content = sys.stdin.buffer.read()
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=60) as peer:
    def send():
        peer.sendall(content)
        peer.shutdown(socket.SHUT_WR)
    threading.Thread(target=send).start()
    while part := peer.recv(65536):
        sys.stdout.buffer.write(part)
"""


def digest(data):
    return len(data), hashlib.sha256(data).hexdigest()


class Xcf(LabTest):
    def setUp(self):
        super().setUp()
        self.sysplex = Sysplex(self.lab, facility=f"{{kind: etcd, endpoints: [{ROUTER}:2379], lease: 2}}",
                               signalling=Signalling)
        self.partner = self.sysplex.serve("echo:7000")
        self.etcd = Etcd(self.lab, self.sysplex.network.router, ROUTER).start()

    def _capture(self):
        """Of the wire between the stacks, and of the one to the partner."""
        return [Capture(self.lab, namespace)
                for namespace in (self.sysplex.signalling.switch, self.sysplex.network.router)]

    def _assert_hidden(self, captures):
        sealed, plain = [capture.frames() for capture in captures]
        self.assertGreater(sum(map(len, sealed)), len(CONTENT), "the switch has carried the contents")
        self.assertEqual([False, True], [any(MARK[:8] in frame for frame in frames) for frames in (sealed, plain)])
        self.assertLessEqual(max(map(len, sealed)), Signalling.MTU + 14)

    def test_connections_to_the_dvipa_are_forwarded_sealed_to_a_target(self):
        self.sysplex.start()
        target = self.sysplex.targets[1]
        target.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(1)
        captures = self._capture()
        exchange = self.lab.process("exchange", [sys.executable, "-c", EXCHANGE, DVIPA, SERVICE_PORT],
                                    namespace=self.sysplex.network.partner, stdin=CONTENT)
        self.assertEqual(0, exchange.wait(90), exchange.describe())
        self.assertEqual(digest(CONTENT), digest(exchange.stdout.bytes()))
        self._assert_hidden(captures)

    def test_answers_to_a_target_come_sealed_through_the_owner(self):
        self.sysplex.start()
        captures = self._capture()
        target = self.sysplex.targets[0]
        exchange = self.lab.process("exchange", target.argv("connect", PARTNER, 7000), stdin=CONTENT)
        self.assertEqual(0, exchange.wait(90), exchange.describe())
        self.assertEqual(digest(CONTENT), digest(exchange.stdout.bytes()))
        self._assert_hidden(captures)

    def test_connections_of_all_stacks_have_one_address_and_distinct_ports(self):
        self.sysplex.start()
        connectors = [Connector(stack, PARTNER, 7000, 50) for stack in self.sysplex.stacks]
        summaries = [connector.summary() for connector in connectors]
        self.assertEqual([50] * 3, [summary["echoed"] for summary in summaries], summaries)
        live = self.partner.live(7000)
        self.assertEqual((150, {DVIPA}), (len({port for _, port in live}), {address for address, _ in live}))

    def test_inbound_connections_go_to_every_stack_that_listens(self):
        self.sysplex.start()
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(3)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 30)
        self.assertEqual({"connected": 30, "echoed": 30, "broken": {}}, client.echo())

    def test_a_path_that_becomes_narrower_is_noticed(self):
        self.sysplex.start()
        target = self.sysplex.targets[0]
        payload = bytes(range(256)) * 256
        self.assertEqual(3, Connector(target, PARTNER, 7000, 3, payload=payload).summary()["echoed"])
        capture = Capture(self.lab, self.sysplex.signalling.switch)
        self.sysplex.signalling.narrow(1000)
        self.assertEqual(3, Connector(target, PARTNER, 7000, 3, payload=payload).summary()["echoed"])
        sizes = [len(frame) for frame in capture.frames()]
        self.assertGreater(sum(sizes), len(payload))
        self.assertLessEqual(max(sizes), 1000 + 14)

    def test_a_stack_with_a_certificate_of_another_authority_is_not_let_in(self):
        system = self.sysplex.systems.pop()
        self.sysplex.start()
        xcf = self.sysplex.signalling.settings(3, "TCPIP3", Authority(self.lab, "foreign"))
        settings = profiles.host_settings("TCPIP3", "SYS3", self.lab.directory, facility=self.sysplex.facility, xcf=xcf)
        stranger = Stack(self.lab, "TCPIP3", system, profiles.member(3), settings).launch()
        stranger.daemon.await_line(lambda line: "XCF cannot reach tls://10.9.0.1:4801: " in line, "what it lacks",
                                   output=stranger.daemon.stderr)
        owner = self.sysplex.owner.daemon
        owner.await_line(lambda line: "XCF has refused a connection: " in line and "certificate" in line,
                         "the refusal", output=owner.stderr)
        self.assertEqual(5, Connector(self.sysplex.targets[0], PARTNER, 7000, 5).summary()["echoed"])


if __name__ == "__main__":
    unittest.main()

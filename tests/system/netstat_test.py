"""What NETSTAT tells of a stack that has had traffic."""

import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.network import PARTNER
from lab.peer import Client, Server
from lab.single import Single

# A datagram to a port where nobody is.
KNOCK = """import socket, sys
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", (sys.argv[1], 9999))
"""


class Netstat(LabTest):
    shards = 2

    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab, shards=self.shards)
        self.stack = self.bed.stack.start()

    def _counts(self, *words):
        return {entry["name"]: entry["count"] for entry in self.stack.document("netstat", "stats", *words)["counters"]}

    def test_stats_adds_up_what_all_shards_have_counted(self):
        Server(self.lab, self.bed.partner, "echo:7000")
        connector = Connector(self.stack, PARTNER, 7000, 20)
        self.assertEqual(20, connector.summary()["echoed"])
        client = Client(self.lab, self.bed.partner, self.bed.address, 7, 10)
        self.assertEqual(10, client.opened["connected"])
        self.bed.partner.run("python3", "-c", KNOCK, self.bed.address, check=True)
        self.bed.partner.run("ping", "-c", "3", "-i", "0.2", self.bed.address, check=True)
        counts = self._counts()
        self.assertEqual((20, 10, 30), (counts["tcp.active_opens"], counts["tcp.passive_opens"],
                                        counts["tcp.current_established"]))
        self.assertEqual((3, 1), (counts["icmp.echo_replies"], counts["drop.port_unreachable"]))
        self.assertEqual(0, connector.release())
        self.assertEqual(10, self._counts()["tcp.current_established"])

    def test_all_tells_everything_of_the_connections_of_a_job(self):
        Server(self.lab, self.bed.partner, "echo:7000")
        payload = b"a line that must come back\n"
        Connector(self.stack, PARTNER, 7000, 8, "--jobname", "LINES1", "--option", "SO_KEEPALIVE=1",
                  payload=payload).summary()
        Connector(self.stack, PARTNER, 7000, 1, "--jobname", "OTHER").summary()
        rows = self.stack.document("netstat", "all", "CLIENT=l?nes*")["connections"]
        self.assertEqual([("LINES1", "ESTABLISHED")] * 8, [(row["user"], row["state"]) for row in rows])
        for row in rows:
            detail = row["detail"]
            self.assertEqual([len(payload)] * 2, [detail["bytesIn"], detail["bytesOut"]], row)
            # Linux on the other side takes all that is offered.
            self.assertEqual([True] * 3, [detail[name] for name in ("sack", "timestamps", "keepalive")], row)
            self.assertEqual((detail["iss"] + 1 + len(payload)) % 2**32, detail["sndNxt"], row)
            self.assertGreater(detail["smoothedRtt"], 0, row)
        one = rows[0]["local"]["port"]
        for words in (("netstat", "-A", "-P", one), ("console", f"D TCPIP,,NETSTAT,ALL,PORT={one}")):
            screen = self.stack.screen(*words).upper()
            self.assertEqual(1, screen.count("CLIENT NAME: LINES1 "), screen)
            self.assertIn(f"BYTESIN:            {len(payload):010}    BYTESOUT:           {len(payload):010}", screen)
            self.assertIn("STATE:              ESTABLSH", screen)
        states = {row["state"]: row for row in self.stack.document("netstat", "all")["connections"]}
        self.assertEqual({"LISTEN", "UDP", "ESTABLISHED"}, set(states))
        self.assertIn("datagramsIn", states["UDP"])

    def test_stats_of_one_protocol_has_no_other_s_counters(self):
        for words in (("netstat", "-S", "PROTOCOL", "udp"), ("console", "D TCPIP,,NETSTAT,STATS,PROTOCOL=UDP")):
            screen = self.stack.screen(*words).upper()
            self.assertIn("UDP STATISTICS\n  DATAGRAMS RECEIVED", screen)
            self.assertNotIn("TCP STATISTICS", screen)
        self.assertEqual({"udp", "drop"}, {name.split(".")[0] for name in self._counts("PROTOCOL=UDP")})


if __name__ == "__main__":
    unittest.main()

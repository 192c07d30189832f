"""A stack of several shards, each a thread with a queue of the device, whichever of which the kernel chooses."""

import os
import unittest

from lab.case import LabTest
from lab.connector import Connector
from lab.network import PARTNER
from lab.peer import Client, Server
from lab.single import Single
from lab.waiting import await_condition


class Shards(LabTest):
    def _start(self, shards):
        self.bed = Single(self.lab, shards=shards)
        self.stack = self.bed.stack.start()
        descriptors = f"/proc/{self.stack.daemon.pid}/fd"
        opened = [os.readlink(os.path.join(descriptors, each)) for each in os.listdir(descriptors)]
        self.assertEqual(shards, opened.count("/dev/net/tun"))

    def _every_way(self, shards):
        """Connections to a service, to an application and from one, open together; then all of them shown."""
        self._start(shards)
        served = Client(self.lab, self.bed.partner, self.bed.address, 7, 100)
        self.assertEqual(100, served.opened["connected"], served.opened)
        self.stack.listen_echo(self.bed.address, 8000)
        accepted = Client(self.lab, self.bed.partner, self.bed.address, 8000, 100)
        self.assertEqual(100, accepted.opened["connected"], accepted.opened)
        server = Server(self.lab, self.bed.partner, "echo:7000")
        connector = Connector(self.stack, PARTNER, 7000, 200)
        summary = connector.summary()
        self.assertEqual((200, 200), (summary["connected"], summary["echoed"]), summary["failed"])
        self.assertEqual(200, len(server.live(7000)))
        self.assertEqual((100, 100), (served.echo()["echoed"], accepted.echo()["echoed"]))

        shown = self.stack.connections("conn")
        live = [entry for entry in shown if entry["state"] == "ESTABLISHED"]
        self.assertEqual(400, len(live))
        self.assertEqual(len(shown), len({entry["connId"] for entry in shown}))
        listening = [entry["local"]["port"] for entry in shown if entry["state"] not in ("ESTABLISHED", "UDP")]
        self.assertEqual([7, 9, 19, 8000], sorted(listening))
        self.assertEqual(0, connector.release())

    def test_one_shard_serves_and_opens_connections(self):
        self._every_way(1)

    def test_two_shards_serve_and_open_connections(self):
        self._every_way(2)

    def test_four_shards_serve_and_open_connections(self):
        self._every_way(4)

    def test_each_shard_says_that_a_source_it_should_use_is_not_active(self):
        self._start(2)
        self.stack.obeyfile("SRCIP\n  JOBNAME PAYROLL 10.77.0.1\nENDSRCIP\n", check=True)
        Server(self.lab, self.bed.partner, "echo:7000")
        self.assertEqual(40, Connector(self.stack, PARTNER, 7000, 40, "--jobname", "PAYROLL").summary()["connected"])

        def warnings():
            return [line for line in self.stack.daemon.stderr.lines() if "connections leave from another" in line]
        await_condition(lambda: len(warnings()) == 2, lambda: f"a warning of each shard: {warnings()}")

    def test_a_bound_port_connects_whichever_shard_it_belongs_to(self):
        self._start(4)
        server = Server(self.lab, self.bed.partner, "echo:7000")
        for port in range(5000, 5008):
            outcome = self.stack.tcpplex("connect", "--bind", f"{self.bed.address}..{port}", PARTNER, "7000",
                                         stdin=b"to and fro\n")
            self.assertEqual((0, "to and fro\n"), (outcome.status, outcome.stdout), outcome)
        self.assertEqual(8, server.report(7000)["accepted"])

    def test_a_port_is_one_listeners_in_all_shards(self):
        self._start(2)
        self.stack.listen_echo(self.bed.address, 8000).end()
        self.stack.listen_echo(self.bed.address, 8000)
        outcome = self.stack.tcpplex("listen", self.bed.address, "8000")
        self.assertIn("EADDRINUSE", outcome.stderr, outcome)

    def test_an_obeyfile_changes_all_shards(self):
        self._start(4)
        Server(self.lab, self.bed.partner, "echo:7000")
        self.stack.obeyfile("TCPCONFIG EPHEMERALPORTS 40000 40099\n", check=True)
        ports = Connector(self.stack, PARTNER, 7000, 60).local_ports()
        self.assertEqual(60, len(set(ports)))
        self.assertEqual([], [port for port in ports if not 40000 <= port <= 40099])


if __name__ == "__main__":
    unittest.main()

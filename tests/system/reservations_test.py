"""What PORT gives to whom: `tcpplex listen` on a stack, the Linux kernel as the client."""

import os
import subprocess
import unittest

from lab import profiles
from lab.case import LabTest
from lab.network import PARTNER
from lab.peer import Client, Server
from lab.single import Single


NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]


class Reservations(LabTest):
    def _start(self, ports, shards=1, settings=""):
        self.bed = Single(self.lab, profiles.single(extra=ports), shards=shards)
        with open(self.bed.stack.settings, "a", encoding="ascii") as file:
            file.write(settings)
        self.stack = self.bed.stack.start()

    def _listen(self, job, port, *words):
        listener = self.stack.begin("listen", "--jobname", job, "--echo", *words, self.bed.address, port)
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        return listener

    def _refused(self, job, port, *words):
        outcome = self.stack.tcpplex("listen", "--jobname", job, *words, self.bed.address, port)
        self.assertEqual(1, outcome.status, outcome)
        return outcome.stderr

    def _sockets(self, port, job):
        """(listeners, connections) of a job."""
        rows = [row for row in self.stack.connections(port=port) if row["user"] == job]
        listeners = sum(row["state"] == "LISTEN" for row in rows)
        return listeners, len(rows) - listeners


class SharedPort(Reservations):
    def _share(self, shards):
        self._start("80 TCP WEB SHAREPORT\n80 TCP API", shards)
        first = self._listen("WEB", 80)
        self._listen("WEB", 80)
        self._listen("API", 80)
        client = Client(self.lab, self.bed.partner, self.bed.address, 80, 30)
        self.assertEqual(30, client.opened["connected"], client.opened)
        self.assertEqual(30, client.echo()["echoed"])
        return first

    def test_two_processes_of_a_job_and_one_of_another_share_a_port(self):
        first = self._share(shards=1)
        self.assertEqual((1, 10), self._sockets(80, "API"))
        self.assertEqual((2, 20), self._sockets(80, "WEB"))
        self.assertIn("reserved for another job", self._refused("OTHER", 80))
        first.kill()
        again = Client(self.lab, self.bed.partner, self.bed.address, 80, 20)
        self.assertEqual(20, again.opened["connected"], again.opened)
        self.assertEqual(20, again.echo()["echoed"])
        self.assertEqual(1, self._sockets(80, "WEB")[0])

    def test_two_shards_share_it_as_well(self):
        self._share(shards=2)
        connections = self._sockets(80, "API")[1] + self._sockets(80, "WEB")[1]
        self.assertEqual(30, connections)

    def test_a_port_without_shareport_has_one_listener(self):
        self._start("80 TCP WEB\n81 TCP WEB SHAREPORTWLM")
        self._listen("WEB", 80)
        self.assertIn("SHAREPORT", self._refused("WEB", 80))
        self._listen("WEB", 81)
        self._listen("WEB", 81)
        self.stack.obeyfile("PORT 80 TCP WEB SHAREPORT", check=True)
        self._listen("WEB", 80)


class Unreserved(Reservations):
    def _guard(self, rules, shards=1):
        self._start(f"80 TCP WEB\n{rules}", shards)
        Server(self.lab, self.bed.partner, "echo:7000")

    def _connect(self, job, local_port=None):
        name = f"{self.bed.address}..{local_port}" if local_port else self.bed.address
        return self.stack.tcpplex("connect", "--jobname", job, "--bind", name, PARTNER, 7000, stdin=b"x\n")

    def test_ports_that_are_not_reserved_are_for_the_jobs_that_are_admitted(self):
        self._guard("UNRSV TCP * DENY UNRSV TCP ADM*\nUNRSV UDP * DENY")
        self._listen("ADM1", 5000)
        refusal = self._refused("OTHER", 5001)
        self.assertIn("EACCES", refusal)
        self.assertIn("PORT UNRSV TCP", refusal)
        self.assertIn("PORT UNRSV UDP", self._refused("ADM1", 5002, "--udp"))
        self._listen("WEB", 80)
        self.assertEqual(0, self._connect("OTHER", 5003).status, "only a listener is looked at")
        self.stack.obeyfile("DELETE PORT UNRSV TCP * UNRSV TCP ADM*", check=True)
        self._listen("OTHER", 5001)

    def test_a_socket_is_not_bound_when_bind_is_looked_at(self):
        self._guard("UNRSV TCP ADM1 WHENBIND")
        self.assertEqual(0, self._connect("ADM1", 5003).status)
        refused = self._connect("OTHER", 5004)
        self.assertIn("EACCES", refused.stderr, refused)
        self.assertEqual(0, self._connect("OTHER").status)

    def test_a_port_that_the_stack_chooses_is_for_all_on_two_shards(self):
        self._guard("UNRSV TCP * DENY WHENBIND", shards=2)
        self.assertIn("EACCES", self._connect("OTHER", 5003).stderr)
        for _ in range(8):
            self.assertEqual(0, self._connect("OTHER").status)


class Resources(Reservations):
    PORTS = """80 TCP WEB SAF WEBRES
81 TCP WEB SAF OTHERS
82 UDP WEB SAF NOTNAMED
UNRSV TCP * SAF WEBRES"""
    SETTINGS = 'resources: {WEBRES: [root], OTHERS: ["@65534"], RANGE: [65534]}\n'

    def _as_nobody(self, *words):
        program, *rest = self.stack.argv(*words)
        os.chmod(self.stack.socket, 0o666)
        copy = self.lab.path("tcpplex")
        subprocess.run(["install", "-m", "755", program, copy], check=True)
        return [*NOBODY, copy, *rest]

    def _refused_to_nobody(self, job, port, *words):
        argv = self._as_nobody("listen", "--jobname", job, *words, self.bed.address, port)
        outcome = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(1, outcome.returncode, outcome)
        return outcome.stderr

    def test_a_port_is_for_the_users_and_groups_of_its_resource(self):
        self._start(self.PORTS, settings=self.SETTINGS)
        self._listen("WEB", 80)
        refusal = self._refused_to_nobody("WEB", 80)
        self.assertRegex(refusal, f"EACCES.*PORT 80 TCP.*WEBRES.*nobody.*{self.stack.settings}")
        self.assertIn("reserved for another job", self._refused("OTHER", 80))
        self.assertIn("OTHERS, and root is none", self._refused("WEB", 81))
        listener = self.lab.process("listener", self._as_nobody(
            "listen", "--jobname", "WEB", "--echo", self.bed.address, 81))
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        self._listen("ANY", 5000)
        self.assertIn("PORT UNRSV TCP", self._refused_to_nobody("ANY", 5001))

    def test_a_resource_that_is_not_named_is_for_nobody_and_told_once(self):
        self._start(self.PORTS, settings=self.SETTINGS)
        for _ in range(2):
            self.assertIn("NOTNAMED", self._refused("WEB", 82, "--udp"))
        told = [line for line in self.stack.daemon.stderr.lines() if "NOTNAMED" in line]
        self.assertEqual(1, len(told), told)
        self.assertRegex(told[0], f"warning: PORT 82 UDP SAF NOTNAMED: .*{self.stack.settings}")

    def test_an_address_of_a_range_is_for_the_users_of_its_resource(self):
        self._start("IPCONFIG DYNAMICXCF 10.1.100.1 255.255.255.0 1\n"
                    "VIPADYNAMIC\nVIPARANGE 255.255.255.0 10.1.7.0 SAF RANGE\nENDVIPADYNAMIC", settings=self.SETTINGS)
        outcome = self.stack.tcpplex("listen", "10.1.7.7", 8000)
        self.assertRegex(outcome.stderr, "EACCES.*VIPARANGE 10.1.7.0/24.*RANGE, and root is none")
        self.assertNotIn("10.1.7.7", self.stack.screen("netstat", "home"))
        listener = self.lab.process("listener", self._as_nobody("listen", "--echo", "10.1.7.7", 8000))
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        self.assertIn("10.1.7.7", self.stack.screen("netstat", "home"))

    def test_an_unknown_user_stops_the_start(self):
        self._start("80 TCP WEB")
        self.stack.stop()
        with open(self.stack.settings, "a", encoding="ascii") as file:
            file.write("resources: {WEBRES: [no-such-user]}\n")
        self.stack.launch()
        self.assertEqual(1, self.stack.daemon.wait())
        self.assertIn("resource WEBRES: 'no-such-user'", self.stack.daemon.stderr.text())


if __name__ == "__main__":
    unittest.main()

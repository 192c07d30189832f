"""The life of a daemon: what it needs to start, what it says when it can't, what it leaves when it ends."""

import os
import signal
import subprocess
import sys
import unittest

from lab import binaries, command, profiles
from lab.case import LabTest
from lab.connector import Connector
from lab.network import PARTNER
from lab.peer import Client, Server
from lab.single import Single
from lab.waiting import await_condition

TUN = "osa1"
RESETTER = """
import socket, struct
server = socket.create_server(("10.2.0.9", 9100))
print("listening", flush=True)
connection, _ = server.accept()
connection.recv(1)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
connection.close()
"""


class StartAndEnd(LabTest):
    def _refused(self, bed):
        """Starts a stack that can't start; what it says on stderr."""
        daemon = bed.stack.launch().daemon
        self.assertEqual(1, daemon.wait(20), daemon.describe())
        self.assertNotIn(TUN, bed.system.links())
        return daemon.stderr.text()

    def test_a_killed_daemon_leaves_no_device_and_no_route(self):
        bed = Single(self.lab)
        routes = bed.system.routes()
        bed.stack.start()
        self.assertIn(TUN, bed.system.links())
        self.assertTrue(any(bed.address in route for route in bed.system.routes()), bed.system.routes())
        bed.stack.kill()
        self.assertNotIn(TUN, bed.system.links())
        self.assertEqual(routes, bed.system.routes())

    def test_a_killed_daemon_starts_again_and_works(self):
        bed = Single(self.lab)
        bed.stack.start()
        bed.stack.kill()
        bed.stack.start()
        Server(self.lab, bed.partner, "echo:7000")
        outcome = bed.stack.tcpplex("connect", PARTNER, "7000", stdin=b"again\n")
        self.assertEqual("again\n", outcome.stdout, outcome)

    def test_sigterm_ends_in_order_with_status_0(self):
        bed = Single(self.lab)
        bed.stack.start()
        self.assertEqual(0, bed.stack.stop())
        self.assertNotIn(TUN, bed.system.links())
        self.assertFalse(os.path.exists(bed.stack.socket), "the control socket is left behind")

    def test_sigterm_with_many_connections_ends_in_order_and_resets_them(self):
        bed = Single(self.lab)
        bed.stack.start()
        server = Server(self.lab, bed.partner, "echo:7000")
        held = [Connector(bed.stack, PARTNER, 7000, 200) for _ in range(3)]
        self.assertEqual([200] * 3, [connector.summary()["connected"] for connector in held])
        held[0].process.signal(signal.SIGTERM)
        self.assertEqual(0, bed.stack.stop())
        await_condition(lambda: server.count(7000) == 0, "the partner to see the end of all connections")

    def test_sigterm_while_connections_are_opened_ends_in_order(self):
        bed = Single(self.lab)
        bed.stack.start()
        server = Server(self.lab, bed.partner, "echo:7000")
        Connector(bed.stack, PARTNER, 7000, 2000)
        await_condition(lambda: server.count(7000) > 50, "connections to be opened")
        self.assertEqual(0, bed.stack.stop())

    def test_a_killed_daemon_breaks_a_clients_connection(self):
        bed = Single(self.lab)
        bed.stack.start()
        Server(self.lab, bed.partner, "discard:9000")
        connection = bed.stack.begin("connect", PARTNER, 9000, stdin=b"")
        bed.stack.kill()
        connection.wait(20)

    def test_an_orderly_end_resets_connections_so_that_peers_know(self):
        bed = Single(self.lab)
        bed.stack.start()
        client = Client(self.lab, bed.partner, bed.address, 7)
        self.assertEqual(1, client.echo()["echoed"])
        bed.stack.stop()
        self.assertEqual({"connected": 1, "echoed": 0, "broken": {"ECONNRESET": 1}}, client.echo())

    def test_a_reset_by_the_peer_is_econnreset_to_the_application(self):
        bed = Single(self.lab)
        bed.stack.start()
        peer = self.lab.process("resetter", [sys.executable, "-c", RESETTER], namespace=bed.partner)
        peer.await_line(lambda line: "listening" in line, "listening")
        connection = bed.stack.begin("connect", PARTNER, 9100, stdin=subprocess.PIPE)
        connection.send(b"x")
        self.assertEqual(1, connection.wait(20), connection.describe())
        self.assertIn("ECONNRESET", connection.stderr.text())

    def test_the_profile_names_the_group(self):
        bed = Single(self.lab, profiles.single(extra="GLOBALCONFIG XCFGRPID 7"))
        bed.stack.start()
        self.assertEqual("EZBT0107", bed.stack.document("display", "sysplex", "group")["group"])

    def test_a_second_stack_of_the_same_name_is_refused(self):
        bed = Single(self.lab)
        bed.stack.start()
        first = bed.stack.daemon
        second = bed.stack.launch().daemon
        self.assertEqual(1, second.wait(20), second.describe())
        self.assertIn("TCPIP1", second.stderr.text())
        self.assertTrue(first.alive())
        client = Client(self.lab, bed.partner, bed.address, 7)
        self.assertEqual(1, client.echo()["echoed"])

    def test_a_bad_profile_is_refused_with_file_line_and_column(self):
        bed = Single(self.lab, profile="; a comment\nINTERFACE OSA1 DEFINE IPAQENET IPADDR 10.1.1.300/24\n")
        said = self._refused(bed)
        self.assertRegex(said, r"tcpip1\.profile:2:\d+")
        self.assertIn("10.1.1.300", said)

    def test_a_statement_not_yet_supported_is_refused_not_skipped(self):
        said = self._refused(Single(self.lab, profile=profiles.single(extra="IPSEC\nENDIPSEC")))
        self.assertRegex(said, r"tcpip1\.profile:\d+:\d+")
        self.assertIn("IPSEC", said)

    def test_bad_host_settings_are_refused_with_their_line(self):
        bed = Single(self.lab)
        with open(bed.stack.settings, "a", encoding="utf-8") as file:
            file.write("no_such_setting: 1\n")
        said = self._refused(bed)
        self.assertRegex(said, r"tcpip1\.yaml:\d+:\d+")
        self.assertIn("no_such_setting", said)

    def test_a_missing_profile_is_refused_by_name(self):
        bed = Single(self.lab)
        os.unlink(bed.stack.profile)
        self.assertIn(bed.stack.profile, self._refused(bed))

    def test_forwarding_switched_off_in_the_kernel_stops_the_start_by_name(self):
        said = self._refused(Single(self.lab, forward=0))
        self.assertIn("ip_forward", said)

    def test_a_home_address_that_the_kernel_has_stops_the_start_by_name(self):
        bed = Single(self.lab)
        bed.system.ip("address", "add", f"{bed.address}/32", "dev", "lo")
        self.assertIn(bed.address, self._refused(bed))

    def test_a_filter_that_would_drop_packets_and_cannot_be_loosened_stops_the_start_by_name(self):
        bed = Single(self.lab, rp_filter=1)
        read_only = ["unshare", "--mount", "sh", "-c",
                     'mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec "$@"', "sh"]
        daemon = bed.stack.launch(wrapper=read_only).daemon
        self.assertEqual(1, daemon.wait(20), daemon.describe())
        self.assertIn("rp_filter", daemon.stderr.text())

    def test_the_filter_of_the_own_device_is_loose_unless_it_is_off(self):
        bed = Single(self.lab)
        for given, wanted in ((0, "0"), (1, "2"), (2, "2")):
            with self.subTest(given):
                for scope in ("all", "default"):
                    bed.system.sysctl(f"net/ipv4/conf/{scope}/rp_filter", given)
                bed.stack.start()
                self.assertEqual(wanted, bed.system.read_sysctl(f"net/ipv4/conf/{TUN}/rp_filter"))
                bed.stack.stop()

    def test_a_usage_error_has_status_2(self):
        self.assertEqual(2, command.run([binaries.find("tcpplexd"), "--no-such-option"]).status)
        self.assertEqual(2, command.run([binaries.find("tcpplex"), "--no-such-option"]).status)

    def test_version_and_help_need_no_profile(self):
        for program in ("tcpplexd", "tcpplex"):
            self.assertIn("PROFILE" if program == "tcpplexd" else "netstat",
                          command.run([binaries.find(program), "--help"], check=True).stdout)


if __name__ == "__main__":
    unittest.main()

"""One stack with addresses of both families, and the Linux kernel as its peer over IPv6."""

import unittest

from lab import ipv6, profiles
from lab.case import LabTest
from lab.connector import Connector
from lab.network import gateway
from lab.peer import Client, Server
from lab.single import Single
from lab.waiting import await_condition

HOME = ipv6.home_address(1)

MORE = f"""INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR {ipv6.VIPA}
{ipv6.interface(1)}
IPCONFIG6 DYNAMICXCF 2001:db8:10::1
VIPADYNAMIC
  VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE DVIPA6 {ipv6.DVIPA}/128
  VIPADISTRIBUTE DVIPA6 PORT 8000 DESTIP ALL
ENDVIPADYNAMIC
"""
IPV4_ROUTE = f"BEGINROUTES ROUTE DEFAULT {gateway(1)} OSA1 MTU 1500 ENDROUTES\n"
FROM_THE_DVIPA = "IPCONFIG6 SOURCEVIPA TCPSTACKSOURCEVIPA DVIPA6\n"


ASK = """import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), 20) as s:
    s.sendall(b"\\n\\n")
    print(b"".join(iter(lambda: s.recv(4096), b"")).decode(), end="")
"""


class Ipv6(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab, profiles.single(extra=MORE))
        ipv6.add_to(self.bed.network, self.bed.system, 1)
        self.stack = self.bed.stack.start()
        self.partner = self.bed.partner

    def _ping(self, *words):
        return self.partner.run("ping", "-6", "-c", "3", "-i", "0.2", "-W", "2", *words)

    def test_ping_of_interface_vipa_and_dvipa_is_answered(self):
        for address in (HOME, ipv6.VIPA, ipv6.DVIPA):
            outcome = self._ping(address)
            self.assertIn("3 received", outcome.stdout, outcome)

    def test_ping_in_fragments_is_answered_in_fragments(self):
        outcome = self._ping("-s", "4000", HOME)
        self.assertIn("3 received", outcome.stdout, outcome)

    def test_ipv4_goes_on_beside_it(self):
        outcome = self.partner.run("ping", "-c", "1", "-W", "2", self.bed.address)
        self.assertIn("1 received", outcome.stdout, outcome)
        self.assertEqual(1, Client(self.lab, self.partner, self.bed.address, 7).echo()["echoed"])

    def test_echo_service_returns_what_a_kernel_client_sends(self):
        client = Client(self.lab, self.partner, HOME, 7, 20)
        self.assertEqual(20, client.opened["connected"], client.opened)
        self.assertEqual(20, client.echo()["echoed"])

    def test_a_port_nobody_listens_on_is_refused_at_once(self):
        client = Client(self.lab, self.partner, HOME, 4711, timeout=5)
        self.assertEqual({"ECONNREFUSED": 1}, client.opened["failed"])

    def test_a_port_is_one_listeners_for_each_family_if_they_say_so(self):
        texts = {"0.0.0.0": "of IPv4", "::": "of IPv6"}
        for address, text in texts.items():
            words = ["--v6only"] if address == "::" else []
            self.stack.begin("listen", "--serve-file", self.lab.write(text, text), *words, address, 7100)
            await_condition(lambda address=address: self._listens(address), f"a listener on {address}")
        refused = self.stack.tcpplex("listen", "::", "7100")
        self.assertIn("EADDRINUSE", refused.stderr)
        for words in (["--v6only", HOME], ["--udp", "--v6only", "0.0.0.0"]):
            refused = self.stack.tcpplex("listen", *words, "7101")
            self.assertIn("v6only goes with the address ::", refused.stderr)
        for address, text in ((self.bed.address, "of IPv4"), (HOME, "of IPv6")):
            answer = self.partner.run("python3", "-c", ASK, address, "7100")
            self.assertEqual(text, answer.stdout, answer)

    def test_a_socket_of_ipv6_shows_its_ipv4_connections_as_mapped(self):
        self.client = Client(self.lab, self.partner, self.bed.address, 7, 1)  # MISCSERV listens on ::
        rows = [row for row in self.stack.connections("conn", port=7) if row["state"] != "UDP"]
        names = {(row["local"]["address"], row["foreign"]["address"].rpartition(":")[0]) for row in rows}
        self.assertEqual({("::", ":"), (f"::ffff:{self.bed.address}", "::ffff")}, names)
        # IPADDR= means the connections, however they are written.
        for address in (self.bed.address, f"::ffff:{self.bed.address}"):
            self.assertEqual(1, len([row for row in self.stack.connections("conn", address=address)
                                     if row["state"] == "ESTABLISHED"]), address)

    def _listens(self, address):
        return [entry for entry in self.stack.connections("allconn", port=7100) if entry["local"]["address"] == address]

    def test_the_stack_connects_and_the_displays_show_the_connection(self):
        server = Server(self.lab, self.partner, "echo:7000")
        connector = Connector(self.stack, ipv6.PARTNER, 7000, 10)
        summary = connector.summary()
        self.assertEqual((10, 10), (summary["connected"], summary["echoed"]), summary["failed"])
        self.assertEqual({HOME}, {address for address, _ in server.live(7000)})
        rows = self.stack.connections("conn", address=ipv6.PARTNER)
        self.assertEqual({(HOME, ipv6.PARTNER, 7000)},
                         {(row["local"]["address"], row["foreign"]["address"], row["foreign"]["port"]) for row in rows})
        self.assertIn(f"Foreign Socket: {ipv6.PARTNER}..7000", self.stack.screen("netstat", "conn"))
        self.assertEqual(0, connector.release())

    def test_netstat_home_shows_the_addresses_of_both_families(self):
        home = {entry["name"]: entry["address"] for entry in self.stack.document("netstat", "home")["home"]}
        self.assertEqual({"LOOPBACK": "127.0.0.1", "OSA1": self.bed.address, "VIPA6": ipv6.VIPA, "OSA6": HOME,
                          "LOOPBACK6": "::1", "EZ6SAMEMVS": "2001:db8:10::1", "DVIPA6": ipv6.DVIPA}, home)
        screen = self.stack.screen("netstat", "home")
        self.assertIn(f"IntfName:   OSA6\n  Address:  {HOME}\n    Type:   Global\n", screen)
        self.assertIn(f"IntfName:   DVIPA6\n  Address:  {ipv6.DVIPA}\n", screen)

    def test_vipadcfg_names_the_dvipa(self):
        defined = self.stack.document("netstat", "vipadcfg")["define"]
        self.assertEqual([("DVIPA6", ipv6.DVIPA, 128)],
                         [(row["interface"], row["address"], row["prefixLength"]) for row in defined])
        self.assertIn(f"IntfName: DVIPA6\n      IpAddr/PrefixLen: {ipv6.DVIPA}/128", self.stack.screen("netstat", "vipadcfg"))

    def test_connections_leave_from_a_shared_dvipa(self):
        self.stack.obeyfile(FROM_THE_DVIPA, check=True)
        before = self.stack.ports(ipv6.DVIPA)["inUse"]
        server = Server(self.lab, self.partner, "echo:7000")
        connector = Connector(self.stack, ipv6.PARTNER, 7000, 10)
        self.assertEqual(10, connector.summary()["echoed"])
        self.assertEqual({ipv6.DVIPA}, {address for address, _ in server.live(7000)})
        self.assertEqual(before + 10, self.stack.ports(ipv6.DVIPA)["inUse"])
        self.assertEqual(0, connector.release())

    def test_a_listener_on_the_dvipa_is_reached_through_its_distribution(self):
        self.stack.listen_echo(ipv6.DVIPA, 8000)
        self.assertEqual(5, Client(self.lab, self.partner, ipv6.DVIPA, 8000, 5).echo()["echoed"])
        rows = self.stack.document("netstat", "vcrt")["routes"]
        self.assertEqual({(ipv6.DVIPA, "2001:db8:10::1")},
                         {(row["destination"]["address"], row["destinationXcf"]) for row in rows})

    def test_the_kernel_forgets_all_when_the_stack_ends(self):
        self.assertIn(f"{HOME} dev osa6", self._routes())
        self.stack.stop()
        self.assertNotIn("osa6", self._routes())

    def _routes(self):
        return self.bed.system.ip("-6", "route", "show").stdout


class BeforeTheStart(LabTest):
    def test_an_obeyfile_adds_ipv6_and_the_services_take_both_families(self):
        bed = Single(self.lab)
        ipv6.add_to(bed.network, bed.system, 1)
        # The first BEGINROUTES of a file replaces all routes, the second adds.
        bed.stack.start().obeyfile(f"{IPV4_ROUTE}{ipv6.interface(1)}\n", check=True)
        for address in (HOME, bed.address):
            self.assertEqual(1, Client(self.lab, bed.partner, address, 7).echo()["echoed"])

    def test_the_start_fails_and_names_the_setting(self):
        bed = Single(self.lab, profiles.single(extra=ipv6.interface(1)))
        ipv6.add_to(bed.network, bed.system, 1, forward=0)
        daemon = bed.stack.launch().daemon
        self.assertEqual(1, daemon.wait())
        self.assertIn("net.ipv6.conf.all.forwarding", daemon.describe())


if __name__ == "__main__":
    unittest.main()

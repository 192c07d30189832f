"""Connections to the DVIPA: distributed over the stacks, answered through the owner's routing table."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.peer import Client
from lab.profiles import SERVICE_PORT
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition


# Sends from 60 sockets to the echo service, and prints how many of them were answered by it.
ECHO = f"""
import socket
answered = 0
for number in range(60):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.settimeout(20)
        one.sendto(b"%d" % number, ("{DVIPA}", 7))
        answered += one.recvfrom(100) == (b"%d" % number, ("{DVIPA}", 7))
print(answered)
"""


class Distribution(SysplexTest):
    def setUp(self):
        super().setUp()
        self.sysplex.start()

    # also on shards
    # also on etcd
    # claims: X18
    def test_inbound_connections_go_to_every_stack_that_listens(self):
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(3)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 30)
        self.assertEqual({"connected": 30, "echoed": 30, "broken": {}}, client.echo())
        counts = [len([entry for entry in stack.connections(port=SERVICE_PORT) if entry["state"] == "ESTABLISHED"])
                  for stack in self.sysplex.stacks]
        self.assertEqual(30, sum(counts), counts)
        self.assertTrue(all(counts), counts)

    def test_a_stack_that_does_not_own_the_address_serves_alone(self):
        self.sysplex.targets[1].listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(1)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 5)
        self.assertEqual(5, client.echo()["echoed"])
        routes = self.sysplex.owner.document("netstat", "vcrt")["routes"]
        self.assertEqual({(True, "TCPIP3")}, {(route["inbound"], route["stack"]) for route in routes})

    def test_nobody_listens_and_the_connection_is_refused(self):
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, timeout=5)
        self.assertEqual({"ECONNREFUSED": 1}, client.opened["failed"])

    # also on shards
    # also on etcd
    # claims: 6 X23
    def test_the_answer_to_a_target_comes_through_the_owner(self):
        target = self.sysplex.targets[0]
        connector = Connector(target, PARTNER, 7000, 3)
        self.assertEqual(3, connector.summary()["echoed"])
        routes = self.sysplex.owner.document("netstat", "vcrt")["routes"]
        self.assertEqual([(False, target.name, PARTNER, 7000)] * 3,
                         [(route["inbound"], route["stack"], route["source"]["address"], route["source"]["port"])
                          for route in routes])
        self.assertEqual(0, connector.release())

    def test_a_large_answer_to_a_target_arrives_whole(self):
        payload = bytes(range(256)) * 256
        connector = Connector(self.sysplex.targets[0], PARTNER, 7000, 20, payload=payload)
        self.assertEqual(20, connector.summary()["echoed"])

    # also on etcd
    # claims: X20
    def test_a_listening_port_is_not_given_as_a_source_port(self):
        self.sysplex.stop()
        self.sysplex.start(ephemeral=(SERVICE_PORT, SERVICE_PORT + 3))
        self.sysplex.targets[0].listen_echo(DVIPA, SERVICE_PORT)
        summary = Connector(self.sysplex.targets[1], PARTNER, 7000, 4).summary()
        self.assertEqual(3, summary["connected"], summary)
        self.assertNotIn(SERVICE_PORT, [local["port"] for local in summary["local"]])

    # also on shards
    def test_a_target_that_connects_to_the_dvipa_reaches_the_stack_that_listens(self):
        self.sysplex.targets[1].listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(1)
        outcome = self.sysplex.targets[0].tcpplex("connect", DVIPA, SERVICE_PORT, stdin=b"round the owner\n")
        self.assertEqual("round the owner\n", outcome.stdout, outcome)

    # also on shards
    # also on etcd
    def test_datagrams_go_to_every_stack_that_has_the_port(self):
        self.sysplex.stop()
        self.sysplex.start(service=7, extra="PORT\n  7 UDP MISCSERV")

        def received():
            return [next(each["count"] for each in stack.document("netstat", "stats")["counters"]
                         if each["name"] == "udp.datagrams_in") for stack in self.sysplex.stacks]

        def all_answered():
            return self.sysplex.network.partner.run("python3", "-c", ECHO, check=True, deadline=60).stdout
        self.assertEqual("60\n", all_answered())
        counts = received()
        self.assertEqual(60, sum(counts), counts)
        self.assertTrue(all(counts), counts)
        self.sysplex.stacks.pop(0).kill()
        self.sysplex.network.route_dvipa(2)
        await_condition(lambda: [each["status"] for each in self.sysplex.owner.document("netstat", "vipadyn")["dvipas"]
                                 if each["address"] == DVIPA] == ["Active"],
                        lambda: self.sysplex.owner.screen("netstat", "vipadyn"), 30.0)
        self.assertEqual("60\n", all_answered())

    # also on shards
    def test_with_optlocal_a_target_serves_itself(self):
        owner, target = self.sysplex.owner, self.sysplex.targets[0]
        owner.obeyfile(f"VIPADYNAMIC\n  VIPADISTRIBUTE OPTLOCAL 0 {DVIPA} PORT {SERVICE_PORT} DESTIP ALL\nENDVIPADYNAMIC\n")
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(3)
        for _ in range(5):
            outcome = target.tcpplex("connect", DVIPA, SERVICE_PORT, stdin=b"at home\n")
            self.assertEqual("at home\n", outcome.stdout, outcome)
        for stack, name in ((owner, "connections_distributed"), (target, "segments_forwarded")):
            counters = {each["name"]: each["count"] for each in stack.document("netstat", "stats")["counters"]}
            self.assertEqual(0, counters[f"dvipa.{name}"], stack.name)

    def test_displays_show_definition_status_and_targets(self):
        owner, target = self.sysplex.owner, self.sysplex.targets[0]
        config = owner.document("netstat", "vipadcfg")
        self.assertEqual([(DVIPA, True)], [(entry["address"], entry["sysplexPorts"]) for entry in config["define"]])
        self.assertEqual([(DVIPA, SERVICE_PORT)], [(entry["address"], entry["port"]) for entry in config["distribute"]])
        status = {stack.name: [entry["distStatus"] for entry in stack.document("netstat", "vipadyn")["dvipas"]
                               if entry["address"] == DVIPA] for stack in (owner, target)}
        self.assertEqual({"TCPIP1": ["Dist/Dest"], "TCPIP2": ["Dest"]}, status)
        members = target.document("display", "sysplex", "group")["members"]
        self.assertEqual(["TCPIP1", "TCPIP2", "TCPIP3"], sorted(member["stack"] for member in members))
        self.assertIn(DVIPA, owner.screen("display", "sysplex", "vipadyn"))


class DistributionOnEtcd(OnEtcd, Distribution):
    pass


class DistributionOnShards(OnShards, Distribution):
    pass


if __name__ == "__main__":
    unittest.main()

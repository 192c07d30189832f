"""What the claims demand and no other test shows: where the address is, when a port is marked, what outlives what."""

import unittest

from lab.connector import Connector
from lab.facility_use import facility_use
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

SECOND_DVIPA = "10.1.9.10"
SILENT = "10.2.0.99"  # nobody has this address


class Claims(SysplexTest):
    # also on etcd
    # claims: 3
    def test_a_port_is_taken_when_a_connection_asks_for_it_and_not_before(self):
        self.sysplex.start()
        self.assertEqual([0] * 3, [stack.ports(DVIPA)["inUse"] for stack in self.sysplex.stacks])
        Connector(self.sysplex.targets[0], PARTNER, 7000).summary()
        self.sysplex.await_in_use(1)

    # also on etcd
    # claims: 10 14
    def test_the_stacks_use_the_facility_and_their_applications_do_not(self):
        self.sysplex.start()
        stack = self.sysplex.targets[0]
        connector = Connector(stack, PARTNER, 7000)
        self.assertEqual(1, connector.summary()["echoed"])
        self.assertEqual(([], True), (facility_use(connector.process.pid), facility_use(stack.daemon.pid) != []))
        connectors = stack.document("display", "cf", "connectors")["connectors"]
        self.assertEqual([each.name for each in self.sysplex.stacks], sorted(each["stack"] for each in connectors))

    # also on etcd
    # claims: 4
    def test_the_shared_address_is_on_no_interface_of_a_kernel(self):
        self.sysplex.start()
        for stack in self.sysplex.stacks:
            self.assertEqual(1, Connector(stack, PARTNER, 7000).summary()["echoed"], stack.name)
        for system in self.sysplex.systems:
            addresses = system.ip("-json", "address", "show").stdout
            self.assertIn("192.168.", addresses)
            self.assertNotIn(DVIPA, addresses)

    # also on etcd
    # claims: 7
    # controls: X5
    def test_a_port_is_marked_before_its_connection_is_answered(self):
        self.sysplex.start(ephemeral=(40000, 40000))
        asking, other = self.sysplex.targets
        attempt = asking.begin("connect", SILENT, 7000)
        await_condition(lambda: asking.connections(port=7000), "a connection under way")
        self.assertEqual(["SYN-SENT"], [entry["state"] for entry in asking.connections(port=7000)])
        self.sysplex.await_in_use(1)
        self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(other, PARTNER, 7000).summary()["failed"])
        attempt.end()
        self.sysplex.await_in_use(0)

    # controls: 4
    def test_an_address_of_a_kernel_gets_no_connection(self):
        self.sysplex.start()
        system = self.sysplex.systems[0]
        system.ip("address", "add", f"{DVIPA}/32", "dev", "lo")
        self.assertIn(DVIPA, system.ip("-json", "address", "show").stdout)
        self.assertEqual(0, Connector(self.sysplex.owner, PARTNER, 7000, 1, "--timeout", 2).summary()["connected"])

    # controls: 7 17
    def test_without_coordination_the_port_of_an_attempt_is_given_again(self):
        self.sysplex.start(sharing="", ephemeral=(40000, 40000))
        asking, other = self.sysplex.targets
        asking.begin("connect", SILENT, 7000)
        await_condition(lambda: asking.connections(port=7000), "a connection under way")
        self.assertEqual([40000], Connector(other, PARTNER, 7000).local_ports())

    # also on etcd
    # claims: 8 23
    def test_an_attempt_that_is_refused_gives_its_port_back(self):
        self.sysplex.start(ephemeral=(40000, 40000))
        refused = Connector(self.sysplex.targets[0], PARTNER, 7999).summary()
        self.assertEqual({"ECONNREFUSED": 1}, refused["failed"])
        self.assertEqual([40000], Connector(self.sysplex.targets[1], PARTNER, 7000).local_ports())

    # also on etcd
    # claims: 8
    def test_a_killed_application_gives_its_port_back(self):
        self.sysplex.start(ephemeral=(40000, 40000), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        killed = Connector(self.sysplex.targets[0], PARTNER, 7000)
        self.assertEqual([40000], killed.local_ports())
        killed.process.kill()
        self.sysplex.await_in_use(0)
        self.assertEqual([40000], Connector(self.sysplex.targets[1], PARTNER, 7000).local_ports())

    # also on etcd
    # claims: 9 12
    def test_the_facility_outlives_every_stack_and_the_next_starter_recovers(self):
        self.sysplex.start()
        first, second, third = self.sysplex.stacks
        self.assertEqual(5, Connector(second, PARTNER, 7000, 5).summary()["connected"])
        third.kill()
        self.sysplex.await_in_use(5, first)
        self.assertEqual(3, Connector(first, PARTNER, 7000, 3).summary()["connected"])
        for stack in (second, first):
            stack.kill()
        self.sysplex.restart(first)
        self.sysplex.await_in_use(0, first)
        self.assertEqual(8, Connector(first, PARTNER, 7001, 8).summary()["echoed"])

    # also on etcd
    # claims: X24 X2
    def test_two_stacks_that_fail_together_are_recovered(self):
        self.sysplex.start(ephemeral=(40000, 40009))
        owner, second, third = self.sysplex.stacks
        for stack in (second, third):
            self.assertEqual(5, Connector(stack, PARTNER, 7000, 5).summary()["connected"])
        for stack in (second, third):
            stack.kill()
        self.sysplex.await_in_use(0)
        self.assertEqual(10, Connector(owner, PARTNER, 7001, 10).summary()["echoed"])

    # also on etcd
    # claims: X25
    def test_two_addresses_have_the_same_port(self):
        self.sysplex.start()
        owner = self.sysplex.owner
        self.sysplex.network.route_dvipa(1, SECOND_DVIPA)
        owner.obeyfile("VIPADYNAMIC\n  VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE 255.255.255.255 "
                       f"{SECOND_DVIPA}\nENDVIPADYNAMIC\n", check=True)
        both = [Connector(owner, PARTNER, 7000, 1, "--bind", f"{address}..40001") for address in (DVIPA, SECOND_DVIPA)]
        self.assertEqual([[40001], [40001]], [connector.local_ports() for connector in both])
        self.assertEqual([1, 1], [owner.ports(address)["inUse"] for address in (DVIPA, SECOND_DVIPA)])
        owner.obeyfile(f"VIPADYNAMIC\n  VIPADELETE {SECOND_DVIPA}\nENDVIPADYNAMIC\n", check=True)
        self.assertEqual(1, owner.ports(DVIPA)["inUse"])
        self.assertEqual(0, both[0].release())

    # also on etcd
    # claims: X32
    def test_a_port_of_a_killed_stack_reaches_the_partner_that_still_has_its_connection(self):
        self.sysplex.start(ephemeral=(40000, 40000))
        killed, heir = self.sysplex.targets
        self.assertEqual([40000], Connector(killed, PARTNER, 7000).local_ports())
        killed.kill()
        self.sysplex.await_in_use(0)
        self.assertEqual(1, self.partner.count(7000))
        again = Connector(heir, PARTNER, 7000, 1, "--timeout", 30)
        self.assertEqual(([40000], 1), (again.local_ports(), again.summary()["echoed"]))


class ClaimsOnEtcd(OnEtcd, Claims):
    pass


if __name__ == "__main__":
    unittest.main()

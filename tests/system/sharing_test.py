"""Three stacks, one source address: ports never collide, are refused by name, run out cleanly, survive a failure."""

import unittest
from collections import Counter

from lab.case import LabTest
from lab.connector import Connector
from lab.network import DVIPA, PARTNER, SECOND_PARTNER
from lab.peer import Capture
from lab.sysplex import Sysplex
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition


class Sharing(SysplexTest):
    def _connect_all(self, count, *words):
        """`count` connections on each stack, all stacks at once."""
        return [Connector(stack, PARTNER, 7000, count, *words) for stack in self.sysplex.stacks]

    def _collisions(self):
        """Local ports towards port 7000 that several stacks have at once."""
        seen = Counter()
        for stack in self.sysplex.stacks:
            seen.update({entry["local"]["port"] for entry in stack.connections(port=7000)})
        return [port for port, count in seen.items() if count > 1]

    # also on shards
    # claims: 1 2 6 10 13 14 37 38 43 44
    def test_connections_of_three_stacks_have_one_address_and_distinct_ports(self):
        self.sysplex.start()
        connectors = self._connect_all(300)
        summaries = [connector.summary() for connector in connectors]
        self.assertEqual([300] * 3, [summary["echoed"] for summary in summaries], summaries)
        live = self.partner.live(7000)
        self.assertEqual({DVIPA}, {address for address, _ in live})
        self.assertEqual(900, len({port for _, port in live}))
        self.assertEqual(900, self.sysplex.owner.ports(DVIPA)["inUse"])
        self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])

    # also on etcd
    # controls: 1 2 6 10 13 14 16 20 22 37 43 44 45 46 X16 X27
    def test_without_coordination_the_same_work_collides(self):
        self.sysplex.start(sharing="", ephemeral=(40000, 40003))
        capture = Capture(self.lab, self.sysplex.network.router, DVIPA)
        self._connect_all(4, "--timeout", 5)
        await_condition(lambda: capture.ports_of_several(7000), "4-tuples of several stacks")

    # also on shards
    # also on etcd
    # claims: 1 13 16 17 X16
    # controls: X20
    def test_with_coordination_a_range_of_four_ports_is_given_once_and_the_rest_refused(self):
        self.sysplex.start(ephemeral=(40000, 40003))
        summaries = [connector.summary() for connector in self._connect_all(4)]
        self.assertEqual(4, sum(summary["connected"] for summary in summaries), summaries)
        failed = sum((Counter(summary["failed"]) for summary in summaries), Counter())
        self.assertEqual({"EADDRNOTAVAIL": 8}, failed)
        self.assertEqual([], self._collisions())

    # also on etcd
    # claims: 8 23 25 X14
    # controls: X8 X14
    def test_a_port_released_by_one_stack_is_given_to_another(self):
        self.sysplex.start(ephemeral=(40000, 40003), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        first = Connector(self.sysplex.targets[0], PARTNER, 7000, 4)
        self.assertEqual(4, first.summary()["connected"])
        self.assertEqual(0, first.release())
        self.sysplex.await_in_use(0)
        second = Connector(self.sysplex.targets[1], PARTNER, 7000, 4)
        self.assertEqual(4, second.summary()["connected"])

    # claims: 1
    def test_one_stack_may_use_the_whole_range(self):
        self.sysplex.start(ephemeral=(40000, 40063))
        summary = Connector(self.sysplex.targets[0], PARTNER, 7000, 64).summary()
        self.assertEqual(64, summary["connected"], summary)

    # also on shards
    # claims: 35
    # controls: X25
    def test_a_bind_to_a_port_in_use_is_refused_with_its_holder(self):
        self.sysplex.start()
        holder, other = self.sysplex.targets
        held = Connector(holder, PARTNER, 7000, 1, "--bind", f"{DVIPA}..40001")
        held.summary()
        refused = other.tcpplex("connect", "--bind", f"{DVIPA}..40001", PARTNER, "7001")
        self.assertEqual(1, refused.status, refused)
        self.assertIn("EADDRINUSE", refused.stderr)
        self.assertIn(holder.name, refused.stderr)
        self.assertEqual(0, held.release())

    # also on etcd
    # claims: 36 X18
    def test_a_bind_to_a_free_port_is_accepted_and_seen_by_all(self):
        self.sysplex.start(ephemeral=(40000, 40003))
        bound = Connector(self.sysplex.targets[0], PARTNER, 7000, 1, "--bind", f"{DVIPA}..40002")
        self.assertEqual([40002], bound.local_ports())
        others = Connector(self.sysplex.targets[1], PARTNER, 7000, 4).summary()
        self.assertEqual([40000, 40001, 40003], sorted(local["port"] for local in others["local"]))

    # also on etcd
    # claims: 35 36 X18
    def test_of_two_stacks_that_bind_at_once_exactly_one_succeeds(self):
        self.sysplex.start()
        for port in range(40001, 40011):
            both = [stack.begin("connect", "--bind", f"{DVIPA}..{port}", PARTNER, 7000)
                    for stack in self.sysplex.targets]
            self.assertEqual([0, 1], sorted(one.wait() for one in both))
            loser = next(one for one in both if one.wait() == 1)
            self.assertIn("EADDRINUSE", loser.stderr.text())

    # also on etcd
    # claims: 5
    # controls: 28 X29
    def test_ports_are_taken_for_all_destinations(self):
        self.sysplex.start(ephemeral=(40000, 40003))
        self.assertEqual(4, Connector(self.sysplex.targets[0], PARTNER, 7000, 4).summary()["connected"])
        other = Connector(self.sysplex.targets[1], SECOND_PARTNER, 7000, 1).summary()
        self.assertEqual({"EADDRNOTAVAIL": 1}, other["failed"])

    # also on shards
    # claims: 12 34
    def test_ports_of_a_killed_stack_go_to_the_others(self):
        self.sysplex.start(ephemeral=(40000, 40063))
        connectors = [Connector(stack, PARTNER, 7000, count)
                      for stack, count in zip(self.sysplex.stacks, (20, 20, 24))]
        ports = [set(connector.local_ports()) for connector in connectors]
        self.assertEqual(64, len(set.union(*ports)))
        self.sysplex.stacks[2].kill()
        self.sysplex.await_in_use(40)
        heirs = [Connector(stack, PARTNER, 7000, 12) for stack in self.sysplex.stacks[:2]]
        inherited = [port for heir in heirs for port in heir.local_ports()]
        self.assertEqual(sorted(ports[2]), sorted(inherited))
        self.assertEqual([0, 0], [connector.release() for connector in connectors[:2]])

    # also on etcd
    # claims: 12 X24
    def test_a_killed_stack_comes_back_under_its_name(self):
        self.sysplex.start(ephemeral=(40000, 40063))
        stack = self.sysplex.stacks[2]
        self.assertEqual(24, Connector(stack, PARTNER, 7000, 24).summary()["connected"])
        stack.kill()
        self.sysplex.restart(stack)
        self.sysplex.await_in_use(0)
        self.assertEqual(64, Connector(stack, PARTNER, 7001, 64).summary()["connected"])

    # claims: X10
    # controls: 12 34 X2 X10 X24 X32
    def test_a_stopped_stack_keeps_its_ports(self):
        self.sysplex.start(ephemeral=(40000, 40003))
        stopped = self.sysplex.stacks[2]
        self.assertEqual(4, Connector(stopped, PARTNER, 7000, 4).summary()["connected"])
        stopped.pause()
        refused = Connector(self.sysplex.targets[0], PARTNER, 7000, 1).summary()
        self.assertEqual({"EADDRNOTAVAIL": 1}, refused["failed"])
        stopped.resume()
        self.assertEqual(4, self.partner.probe(7000)["live"])

    # also on etcd
    # claims: 5 11 15 18b 33 38 39
    def test_display_cf_ports_shows_what_each_stack_holds(self):
        self.sysplex.start()
        for stack, count in zip(self.sysplex.stacks, (2, 3, 0)):
            if count:
                Connector(stack, PARTNER, 7000, count).summary()
        self.sysplex.await_in_use(5, self.sysplex.targets[1])
        ports = self.sysplex.targets[1].ports(DVIPA)
        self.assertEqual(("ON", "BITMAP", 1, 5), (ports["state"], ports["form"], ports["grain"], ports["inUse"]))
        self.assertEqual({"TCPIP1": 2, "TCPIP2": 3, "TCPIP3": 0},
                         {entry["stack"]: entry["inUse"] for entry in ports["stacks"]})
        screen = self.sysplex.owner.screen("display", "cf", "ports", DVIPA)
        for word in (DVIPA, "BITMAP", "TCPIP1", "TCPIP2", "TCPIP3"):
            self.assertIn(word, screen)

    # also on etcd
    # controls: 3
    def test_an_explicit_source_is_not_shared_ports(self):
        """A connection from a stack's own address takes no port from the facility."""
        self.sysplex.start()
        own = Connector(self.sysplex.targets[0], PARTNER, 7000, 1, "--bind", "10.1.2.2")
        self.assertEqual(["10.1.2.2"], [local["address"] for local in own.summary()["local"]])
        self.assertEqual(0, self.sysplex.owner.ports(DVIPA)["inUse"])


class SharingOnEtcd(OnEtcd, Sharing):
    pass


class SharingOnShards(OnShards, Sharing):
    pass


class StrictFilter(LabTest):
    def test_three_systems_share_an_address_under_a_strict_reverse_path_filter(self):
        sysplex = Sysplex(self.lab, rp_filter=1)
        sysplex.serve("echo:7000")
        sysplex.start()
        for stack in sysplex.stacks:
            self.assertEqual(20, Connector(stack, PARTNER, 7000, 20).summary()["echoed"], stack.name)


class Loss(LabTest):
    def test_connections_of_three_stacks_survive_a_lossy_router(self):
        sysplex = Sysplex(self.lab)
        partner = sysplex.serve("echo:7000")
        sysplex.start()
        sysplex.network.lose(5)
        connectors = [Connector(stack, PARTNER, 7000, 100, "--timeout", 60, payload=bytes(range(256)) * 64)
                      for stack in sysplex.stacks]
        self.assertEqual([100] * 3, [connector.summary()["echoed"] for connector in connectors])
        self.assertEqual(300, len({port for _, port in partner.live(7000)}))


if __name__ == "__main__":
    unittest.main()

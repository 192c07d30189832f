"""EXPLICITBINDPORTRANGE: sockets bound to port 0 have ports that no other stack has, whatever their source will be."""

import unittest
from collections import Counter

from lab.connector import Connector
from lab.network import DVIPA, PARTNER, SECOND_PARTNER, home_address
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition

POOL = "::"  # the pool's name in the coupling facility
ANY = ("--bind", "0.0.0.0")
EVERY_SOURCE = f"""SRCIP
  DESTINATION {PARTNER} {DVIPA}
ENDSRCIP
TCPCONFIG TIMEWAITINTERVAL 1"""


def pool(first, count):
    return f"GLOBALCONFIG EXPLICITBINDPORTRANGE {first} {count}\n"


def ports_of(first, count):
    return {"first": first, "last": first + count - 1}


class ExplicitBind(SysplexTest):
    def _start(self, extra, ephemeral=(40000, 49999)):
        """The DVIPA is distributed; its source ports are not shared."""
        self.sysplex.start(sharing="", ephemeral=ephemeral, extra=extra + EVERY_SOURCE)

    def _connect_all(self, count, *words, address=PARTNER):
        return [Connector(stack, address, 7000, count, *ANY, *words) for stack in self.sysplex.stacks]

    def _await_active(self, expected):
        def seen():
            return [stack.document("display", "sysplex", "ports").get("active") for stack in self.sysplex.stacks]
        await_condition(lambda: seen() == [expected] * 3, lambda: f"{expected} in effect: {seen()}")

    def _await_pool_in_use(self, count):
        asked = self.sysplex.owner
        await_condition(lambda: asked.ports(POOL)["inUse"] == count, lambda: f"{count} in use: {asked.ports(POOL)}",
                        30.0)

    # also on shards
    # also on etcd
    def test_all_stacks_connect_from_a_distributed_address_at_once(self):
        self._start(pool(30000, 512), ephemeral=(40000, 40003))
        connectors = self._connect_all(40)
        summaries = [connector.summary() for connector in connectors]
        self.assertEqual([40] * 3, [summary["echoed"] for summary in summaries], summaries)
        live = self.partner.live(7000)
        self.assertEqual({DVIPA}, {address for address, _ in live})
        self.assertEqual(120, len({port for _, port in live}))
        self.assertEqual([], [port for _, port in live if not 30000 <= port < 30512])
        self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])

    # also on etcd
    def test_without_a_pool_the_same_work_collides(self):
        self._start("", ephemeral=(40000, 40003))
        capture = self.sysplex.capture(DVIPA)
        self._connect_all(4, "--timeout", 5)
        await_condition(lambda: capture.ports_of_several(7000), "4-tuples of several stacks")

    # also on shards
    def test_a_port_is_kept_for_whatever_source_until_its_connection_has_ended(self):
        self._start(pool(30000, 128))
        connectors = self._connect_all(10, address=SECOND_PARTNER)
        local = [(end["address"], end["port"]) for connector in connectors for end in connector.summary()["local"]]
        self.assertEqual({home_address(number) for number in (1, 2, 3)}, {address for address, _ in local})
        self.assertEqual(30, len({port for _, port in local}))
        self._await_pool_in_use(30)
        self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])
        self._await_pool_in_use(0)

    # also on shards
    # also on etcd
    def test_an_exhausted_pool_refuses_and_says_so(self):
        self._start(pool(30000, 4))
        summaries = [connector.summary() for connector in self._connect_all(2)]
        self.assertEqual(4, sum(summary["connected"] for summary in summaries), summaries)
        failed = sum((Counter(summary["failed"]) for summary in summaries), Counter())
        self.assertEqual({"EADDRNOTAVAIL": 2}, failed)
        told = [stack for stack, summary in zip(self.sysplex.stacks, summaries) if summary["failed"]]
        for stack in told:
            stack.daemon.await_line(lambda line: "EZD1296I EXPLICITBINDPORTRANGE exhausted" in line, "EZD1296I",
                                    output=stack.daemon.stderr)

    # also on etcd
    def test_the_range_specified_last_is_in_effect_on_all(self):
        self._start(pool(30000, 128))
        self._await_active(ports_of(30000, 128))
        one, other = self.sysplex.targets
        one.obeyfile(pool(31000, 64), check=True)
        self._await_active(ports_of(31000, 64))
        shown = other.document("display", "sysplex", "ports")
        self.assertEqual(ports_of(30000, 128), shown["configured"])
        ports = Connector(other, PARTNER, 7000, 4, *ANY).local_ports()
        self.assertEqual([], [port for port in ports if not 31000 <= port < 31064])
        # The same as this stack has, but specified later.
        other.obeyfile(pool(30000, 128), check=True)
        self._await_active(ports_of(30000, 128))
        # It is that of the sysplex, not of the stack that has specified it.
        other.stop()
        self.sysplex.stacks.remove(other)
        self.assertEqual(ports_of(30000, 128), one.document("display", "sysplex", "ports")["active"])
        ports = Connector(one, PARTNER, 7000, 4, *ANY).local_ports()
        self.assertEqual([], [port for port in ports if not 30000 <= port < 30128])

    def test_ports_of_the_pool_are_no_ephemeral_ports_on_any_stack(self):
        self._start(pool(40000, 4), ephemeral=(40000, 40007))
        stack = self.sysplex.targets[0]
        stack.obeyfile("GLOBALCONFIG NOEXPLICITBINDPORTRANGE\n", check=True)
        summary = Connector(stack, SECOND_PARTNER, 7000, 5).summary()
        self.assertEqual({"EADDRNOTAVAIL": 1}, summary["failed"])
        self.assertEqual([40004, 40005, 40006, 40007], sorted(end["port"] for end in summary["local"]))
        bound = Connector(stack, PARTNER, 7000, 1, *ANY).summary()
        self.assertEqual({"EADDRNOTAVAIL": 1}, bound["failed"])
        self.assertEqual(0, self.sysplex.owner.ports(POOL)["inUse"])
        self.assertIn(Connector(self.sysplex.owner, PARTNER, 7000, 1, *ANY).local_ports()[0], range(40000, 40004))

    # also on etcd
    def test_ports_of_a_killed_stack_return_to_the_pool(self):
        self._start(pool(30000, 4))
        killed, other = self.sysplex.targets
        self.assertEqual(4, Connector(killed, PARTNER, 7000, 4, *ANY, survives=True).summary()["connected"])
        killed.kill()
        self._await_pool_in_use(0)
        self.assertEqual(4, Connector(other, SECOND_PARTNER, 7000, 4, *ANY).summary()["connected"])

    def test_the_display_has_what_is_configured_and_what_is_in_effect(self):
        self._start("")
        one, other = self.sysplex.targets
        self.assertEqual(["SYSPLEX PORTS FOR TCPIP2 AT SYS2", "NO EXPLICITBINDPORTRANGE IS CONFIGURED ON THIS STACK",
                          "ACTIVE     EXPLICITBINDPORTRANGE: NONE"],
                         one.screen("console", "D TCPIP,,SYSPLEX,PORTS").splitlines())
        other.obeyfile(pool(30000, 128), check=True)
        self._await_active(ports_of(30000, 128))
        self.assertIn("NO EXPLICITBINDPORTRANGE IS CONFIGURED", one.screen("display", "sysplex", "ports"))
        self.assertEqual(["SYSPLEX PORTS FOR TCPIP3 AT SYS3", "CONFIGURED EXPLICITBINDPORTRANGE: 30000-30127",
                          "ACTIVE     EXPLICITBINDPORTRANGE: 30000-30127"],
                         other.screen("display", "sysplex", "ports").splitlines())
        shown = other.screen("display", "cf", "ports", POOL).splitlines()
        self.assertIn("EXPLICITBINDPORTRANGE", shown)
        self.assertEqual(128, other.ports(POOL)["available"])
        other.tcpplex("vary", "sysplex", "leavegroup", check=True)
        self.assertIn("EZZ8269I TCPIP3 SYS3 IS NOT A MEMBER", other.screen("display", "sysplex", "ports"))


class ExplicitBindOnEtcd(OnEtcd, ExplicitBind):
    pass


class ExplicitBindOnShards(OnShards, ExplicitBind):
    pass


if __name__ == "__main__":
    unittest.main()

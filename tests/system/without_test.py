"""Negative controls: the same work without the keyword, and without a facility in common."""

import os
import unittest

from lab import profiles
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.stack import Stack
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

PORT = 40001
SHARING = "SYSPLEXPORTS"


class Without(SysplexTest):
    # also on etcd
    # controls: 3 5 11 15 17 18b 20 21 22 33 35 36 38 39 X1 X18 X27
    def test_without_the_keyword_stacks_bind_one_port_and_the_facility_knows_of_none(self):
        self.sysplex.start(sharing="")
        held = [Connector(stack, PARTNER, service, 1, "--bind", f"{DVIPA}..{PORT}")
                for stack, service in zip(self.sysplex.targets, (7000, 7001))]
        self.assertEqual([[PORT], [PORT]], [one.local_ports() for one in held])
        self.assertEqual([None] * 3, [stack.ports(DVIPA) for stack in self.sysplex.stacks])

    # also on etcd
    # controls: 2 9 37 X25
    def test_two_sysplexes_give_the_same_port_of_the_same_address(self):
        strangers = [self._alone(number).start() for number in (1, 2)]
        self.assertEqual([PORT], Connector(strangers[0], PARTNER, 7000).local_ports())
        Connector(strangers[1], PARTNER, 7000)  # what answers it goes to the other
        for stack in strangers:
            await_condition(lambda stack=stack: stack.connections(port=7000), "a connection, or one under way")
            self.assertEqual([(DVIPA, PORT)], [(entry["local"]["address"], entry["local"]["port"])
                                               for entry in stack.connections(port=7000)])
            self.sysplex.await_in_use(1, stack)

    def _alone(self, number):
        """A stack that owns the address in a sysplex of its own."""
        name = f"TCPIP{number}"
        directory = self.lab.path(name)
        os.makedirs(directory)
        settings = profiles.host_settings(name, f"SYS{number}", directory, facility=self.sysplex.facility)
        profile = profiles.member(number, SHARING, (PORT, PORT)).replace(
            f"  VIPABACKUP {100 - number} {DVIPA}", profiles.dvipa(SHARING))
        return Stack(self.lab, name, self.sysplex.systems[number - 1], profile,
                     settings.replace("PLEX1", f"PLEX{number}"), directory)


class WithoutOnEtcd(OnEtcd, Without):
    pass


if __name__ == "__main__":
    unittest.main()

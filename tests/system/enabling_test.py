"""While sharing is being switched on: a stack that is silent, and applications that die while their stack waits."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.profiles import change_sharing
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

ON = change_sharing("SYSPLEXPORTS")


class Enabling(SysplexTest):
    def setUp(self):
        super().setUp()
        self.sysplex.start(sharing="", ephemeral=(40000, 40003), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        self.owner, self.asking, self.silent = self.sysplex.stacks

    # also on etcd
    # claims: 22 X27
    def test_a_stopped_stack_makes_switching_on_fail_by_name_and_all_goes_back(self):
        self.silent.pause()
        outcome = self.owner.obeyfile(ON, deadline=30)
        self.silent.resume()
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn(self.silent.name, outcome.stdout + outcome.stderr)
        ports = self.owner.ports(DVIPA)
        self.assertTrue(ports is None or ports["state"] == "OFF", ports)
        self.assertEqual(3, Connector(self.silent, PARTNER, 7000, 3).summary()["connected"])
        self.owner.obeyfile(ON, check=True)
        self.sysplex.await_ports(state="ON")

    # also on etcd
    # claims: X5
    def test_an_application_that_dies_before_its_stack_has_a_port_for_it_leaves_none_behind(self):
        self.silent.pause()
        switching = self.owner.begin("vary", "obeyfile", self.lab.write("on.obey", ON))
        self.sysplex.await_ports(self.asking, state="ENABLING")
        dying, living = [Connector(self.asking, PARTNER, 7000) for _ in range(2)]
        for one in (dying, living):
            one.await_request()
        dying.process.kill()
        self.silent.resume()
        self.assertEqual(0, switching.wait(), switching.describe())
        self.assertEqual(1, living.summary()["echoed"])
        self.sysplex.await_in_use(1)
        self.assertEqual(3, Connector(self.owner, PARTNER, 7001, 3).summary()["connected"])


class EnablingOnEtcd(OnEtcd, Enabling):
    lease = 10  # longer than a stopped stack is waited for


if __name__ == "__main__":
    unittest.main()

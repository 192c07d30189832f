"""TIME-WAIT, which only the side has that closes first: a port waits for it here, and finds it there."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, SysplexTest
from lab.waiting import await_condition

PORT = 40000


class TimeWait(SysplexTest):
    def _at_partner(self):
        """The clients whose connections the partner has in TIME-WAIT."""
        lines = self.sysplex.network.partner.run("ss", "-Htan", "state", "time-wait", check=True).stdout.splitlines()
        return [line.split()[3] for line in lines]

    def _end(self, connector):
        """The partner closes, then the connector: if the FINs met on the way, the stack, too, would be in TIME-WAIT."""
        self.assertEqual(1, self.partner.end(7000))
        await_condition(lambda: all(entry["state"] != "ESTABLISHED" for entry in connector.stack.connections(port=7000)),
                        "the partner's FIN")
        connector.release()

    # also on etcd
    # claims: X14
    # controls: 8 23 25 X15
    def test_a_port_is_not_given_before_the_time_wait_of_its_stack_is_over(self):
        self.sysplex.start(ephemeral=(PORT, PORT))
        first, second = self.sysplex.targets
        connector = Connector(first, PARTNER, 7000)
        self.assertEqual([PORT], connector.local_ports())
        self.assertEqual(0, connector.release())
        self.assertEqual(["TIME-WAIT"], [entry["state"] for entry in first.connections(port=7000)])
        for stack in self.sysplex.stacks:
            self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(stack, PARTNER, 7001).summary()["failed"], stack.name)
        self.sysplex.await_in_use(1, second)
        self.assertEqual([], self._at_partner())

    # also on etcd
    # claims: X15 8
    def test_the_partners_time_wait_gives_way_to_another_stack(self):
        self.sysplex.start(ephemeral=(PORT, PORT))
        for stack in self.sysplex.stacks * 2:
            connector = Connector(stack, PARTNER, 7000, 1, "--timeout", 30)
            self.assertEqual(([PORT], 1), (connector.local_ports(), connector.summary()["echoed"]), stack.name)
            self._end(connector)
            self.sysplex.await_in_use(0)
            self.assertEqual([f"{DVIPA}:{PORT}"], self._at_partner())

    # also on etcd
    # claims: X15
    def test_a_partner_that_ignores_resets_in_time_wait_takes_the_higher_numbers_of_another_stack(self):
        # RFC 1337: no reset frees the 4-tuple; only a SYN with a higher number and a later timestamp is a new one.
        self.sysplex.network.partner.sysctl("net/ipv4/tcp_rfc1337", 1)
        self.sysplex.start(ephemeral=(PORT, PORT))
        for stack in self.sysplex.stacks * 3:
            connector = Connector(stack, PARTNER, 7000, 1, "--timeout", 10)
            self.assertEqual(([PORT], 1), (connector.local_ports(), connector.summary()["echoed"]), stack.name)
            self._end(connector)
            self.sysplex.await_in_use(0)
            self.assertEqual([f"{DVIPA}:{PORT}"], self._at_partner())


class TimeWaitOnEtcd(OnEtcd, TimeWait):
    pass


if __name__ == "__main__":
    unittest.main()

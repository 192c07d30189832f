"""Twenty thousand connections while their DVIPA's owner dies and comes back, and while all stacks are restarted."""

import unittest

from lab.network import DVIPA
from lab.ownership import Ownership
from lab.peer import Knock, Pace
from lab.sysplex_test import SysplexTest
from lab.waiting import await_condition

CONNECTIONS = 20000
CLIENTS = 2
ECHO = 7
MISC_SERVERS = f"PORT\n  {ECHO} TCP MISCSERV\n"


class TakeoverLoad(Ownership, SysplexTest):
    services = ()

    def setUp(self):
        super().setUp()
        self.sysplex.network.partner.sysctl("net/ipv4/ip_local_port_range", "10000 60999")
        self.sysplex.start(service=ECHO, extra=MISC_SERVERS)
        self.sysplex.await_listeners(3)
        self.expected = 0

    def connect(self):
        partner = self.sysplex.network.partner
        self.paces = [Pace(self.lab, partner, DVIPA, ECHO, CONNECTIONS // CLIENTS) for _ in range(CLIENTS)]
        self.assertEqual(CONNECTIONS, sum(pace.connected for pace in self.paces))
        self.held = {stack.name: self.established(stack) for stack in self.sysplex.stacks}
        self.assertEqual(CONNECTIONS, sum(self.held.values()), self.held)
        self.knock = Knock(self.lab, partner, DVIPA, ECHO)

    def broken(self):
        """Of the paces' connections, after each that is left has been used at least once."""
        echoes = CONNECTIONS // CLIENTS if self.expected < CONNECTIONS else 0
        return sum(pace.times(echoes)["broken"] for pace in self.paces)

    def lose(self, stack, end, next_owner):
        """Ends a stack: of the connections only those on it end. Returns how long nobody was served, in ms."""
        self.knock.report(10)
        end(stack)
        self.await_owner(next_owner)
        gap = self.knock.report(50)["longestMilliseconds"]
        self.expected += self.held.pop(stack.name)
        await_condition(lambda: self.broken() >= self.expected,
                        lambda: f"those of {stack.name} to end: {self.broken()} of {self.expected}", 60.0)
        self.assertEqual(self.expected, self.broken())
        return gap

    def come_back(self, stack, owner):
        self.knock.report(10)
        self.sysplex.restart(stack)
        self.await_owner(owner)
        gap = self.knock.report(50)["longestMilliseconds"]
        self.assertEqual(self.expected, self.broken())
        return gap

    # label: takeover
    def test_a_killed_owner_that_returns_breaks_no_connection_of_the_others(self):
        self.connect()
        owner = self.sysplex.owner
        away = self.lose(owner, lambda stack: stack.kill(), 2)
        back = self.come_back(owner, 1)
        print(f"{CONNECTIONS} connections, {self.expected} of them on the owner: no connection was served for {away} ms "
              f"when it was killed, and for {back} ms when it took the address back; no other broke")

    # label: takeover
    def test_a_rolling_restart_ends_only_the_connections_of_the_stack_that_is_restarted(self):
        self.connect()
        gaps = []
        for number, stack in enumerate(self.sysplex.stacks, 1):
            gaps.append(self.lose(stack, lambda each: each.stop(), 2 if number == 1 else 1))
            gaps.append(self.come_back(stack, 1))
        print(f"rolling restart: {self.expected} of {CONNECTIONS} connections were on a stack when it was restarted; "
              f"nobody was served for {max(gaps)} ms at most")


if __name__ == "__main__":
    unittest.main()

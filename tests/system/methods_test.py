"""The methods of distribution, as VIPADISTRIBUTE of a running owner switches them on."""

import signal
import unittest

from lab.network import DVIPA
from lab.peer import Client, Knock
from lab.sysplex_test import OnShards, SysplexTest
from lab.waiting import await_condition

PORT = 8001


def xcf(number):
    return f"10.1.100.{number}"


class Methods(SysplexTest):
    services = ()

    def setUp(self):
        super().setUp()
        self.sysplex.start()
        self.owner = self.sysplex.owner

    def distribute(self, method, targets):
        outcome = self.owner.obeyfile(
            f"VIPADYNAMIC\n  VIPADISTRIBUTE DISTMETHOD {method}\n    {DVIPA} PORT {PORT}\n    DESTIP {targets}\n"
            "ENDVIPADYNAMIC\n")
        self.assertEqual(0, outcome.status, outcome)

    def rows(self):
        """The destinations of the port, by stack."""
        return {row["stack"]: row for row in self.owner.document("netstat", "vdpt", "-P", PORT)["destinations"]}

    def active(self):
        return {stack: row["activeConnections"] for stack, row in self.rows().items()}

    def handed_out(self):
        return {stack: row["totalConnections"] for stack, row in self.rows().items()}

    def await_ready(self, *names):
        await_condition(lambda: {stack for stack, row in self.rows().items() if row["ready"]} == set(names),
                        lambda: f"{names} listening: {self.rows()}")

    def await_active(self, expected):
        await_condition(lambda: self.active() == expected, lambda: f"{expected}: {self.active()}")

    def connect(self, count):
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, PORT, count)
        self.assertEqual({"connected": count, "echoed": count, "broken": {}}, client.echo())
        return client

    # also on shards
    def test_quiesced_servers_get_no_more_connections(self):
        self.distribute("ROUNDROBIN", "ALL")
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        client = self.connect(3)
        first, second, third = self.sysplex.stacks
        self.assertEqual(0, first.tcpplex("vary", "sysplex", "quiesce", "--target").status)
        self.assertEqual(0, second.tcpplex("console", f"V TCPIP,,SYSPLEX,QUIESCE,PORT={PORT}").status)
        self.await_ready("TCPIP3")
        more = self.connect(3)
        self.assertEqual({"TCPIP1": 1, "TCPIP2": 1, "TCPIP3": 4}, self.handed_out())
        self.assertEqual(3, client.echo()["echoed"], "those there are stay")
        self.assertEqual(0, second.tcpplex("vary", "sysplex", "resume", "--port", PORT).status)
        self.await_ready("TCPIP2", "TCPIP3")
        more.close()

    # also on shards
    def test_weighted_active_keeps_what_there_is_in_proportion(self):
        self.distribute("WEIGHTEDACTIVE", f"{xcf(1)} WEIGHT 10 {xcf(2)} WEIGHT 30 {xcf(3)} WEIGHT 60")
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        first = self.connect(100)
        self.await_active({"TCPIP1": 10, "TCPIP2": 30, "TCPIP3": 60})
        second = self.connect(100)
        self.await_active({"TCPIP1": 20, "TCPIP2": 60, "TCPIP3": 120})
        first.close()
        self.await_active({"TCPIP1": 10, "TCPIP2": 30, "TCPIP3": 60})
        second.close()
        self.await_active({"TCPIP1": 0, "TCPIP2": 0, "TCPIP3": 0})
        self.assertEqual({"TCPIP1": 20, "TCPIP2": 60, "TCPIP3": 120}, self.handed_out())

    def test_a_hot_standby_stands_in_and_gives_back(self):
        self.distribute("HOTSTANDBY", f"{xcf(2)} PREFERRED {xcf(3)} BACKUP {xcf(1)} BACKUP 9")
        listeners = {stack.name: stack.listen_echo(DVIPA, PORT) for stack in self.sysplex.stacks}
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        self.connect(10)
        self.assertEqual({"TCPIP1": 0, "TCPIP2": 10, "TCPIP3": 0}, self.handed_out())
        listeners["TCPIP2"].end()
        self.await_ready("TCPIP1", "TCPIP3")
        self.connect(10)
        self.assertEqual({"TCPIP1": 10, "TCPIP2": 10, "TCPIP3": 0}, self.handed_out())
        self.assertEqual((True, False), (self.rows()["TCPIP1"]["active"], self.rows()["TCPIP3"]["active"]))
        self.sysplex.targets[0].listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        self.connect(10)
        self.assertEqual({"TCPIP1": 10, "TCPIP2": 20, "TCPIP3": 0}, self.handed_out())

    def test_a_hot_standby_keeps_what_it_has_without_autoswitchback(self):
        self.distribute("HOTSTANDBY NOAUTOSWITCHBACK", f"{xcf(2)} PREFERRED {xcf(3)} BACKUP")
        backup = self.sysplex.targets[1].listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP3")
        self.connect(5)
        self.sysplex.targets[0].listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP2", "TCPIP3")
        self.connect(5)
        self.assertEqual({"TCPIP2": 0, "TCPIP3": 10}, self.handed_out())
        backup.end()
        self.await_ready("TCPIP2")
        self.connect(5)
        self.assertEqual({"TCPIP2": 5, "TCPIP3": 10}, self.handed_out())

    def test_targets_report_what_they_are_weighed_by(self):
        self.distribute("SERVERWLM", "ALL")
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        # All are on one system: each has what the others have, or little less if it was measured at another time.
        await_condition(lambda: all(row["weight"] > 0 and row["responsiveness"] == 100 for row in self.rows().values()),
                        lambda: f"weights: {self.rows()}")
        self.connect(30)
        self.assertEqual(30, sum(self.active().values()))

    # also on shards
    def test_a_server_that_takes_no_connections_gets_hardly_any_until_it_does(self):
        self.distribute("BASEWLM", "ALL")
        listeners = {stack.name: stack.listen_echo(DVIPA, PORT) for stack in self.sysplex.stacks}
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        clients = Knock(self.lab, self.sysplex.network.partner, DVIPA, PORT)
        clients.report(50)
        listeners["TCPIP2"].signal(signal.SIGSTOP)
        self.await_row("TCPIP2", lambda row: row["acceptEfficiency"] == 0)
        self.assertRegex(self.owner.screen("netstat", "vdpt", "-P", PORT, "FORMAT=LONG"), r"SEF: 00\d")
        clients.report()
        before = self.handed_out()
        clients.report(100)
        after = self.handed_out()
        self.assertGreater(10, after["TCPIP2"] - before["TCPIP2"], "a trickle")
        for name in ("TCPIP1", "TCPIP3"):
            self.assertLess(30, after[name] - before[name], name)
            self.assertLess(50, self.rows()[name]["responsiveness"], name)
        listeners["TCPIP2"].signal(signal.SIGCONT)
        self.await_row("TCPIP2", lambda row: row["responsiveness"] > 50)
        await_condition(lambda: self.handed_out()["TCPIP2"] > after["TCPIP2"] + 10,
                        lambda: f"more than {after}: {self.handed_out()}", deadline=30.0)

    def await_row(self, stack, wanted):
        await_condition(lambda: wanted(self.rows()[stack]), lambda: f"{stack}: {self.rows()}", deadline=60.0)

    def test_a_client_stays_with_its_target(self):
        self.distribute("ROUNDROBIN TIMEDAFFINITY 3600", "ALL")
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, PORT)
        self.await_ready("TCPIP1", "TCPIP2", "TCPIP3")
        self.connect(10).close()
        self.await_active({"TCPIP1": 0, "TCPIP2": 0, "TCPIP3": 0})
        self.connect(10)
        self.assertEqual([0, 0, 20], sorted(self.handed_out().values()))


class MethodsOnShards(OnShards, Methods):
    pass


if __name__ == "__main__":
    unittest.main()

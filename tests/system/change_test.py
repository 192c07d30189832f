"""Change without fear: plans, confirmation, the way back, what z/OS does, and what is left of a killed stack."""

import json
import os
import random
import unittest

from lab import binaries, command
from lab.case import LabTest
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.peer import Client, Server
from lab.single import Single
from lab.waiting import await_condition

ADD_DVIPA = f"VIPADYNAMIC\n  VIPADEFINE 255.255.255.255 {DVIPA}\nENDVIPADYNAMIC\n"
DELETE_DVIPA = f"VIPADYNAMIC\n  VIPADELETE {DVIPA}\nENDVIPADYNAMIC\n"


class Change(LabTest):
    def setUp(self):
        super().setUp()
        self.bed = Single(self.lab)
        self.bed.network.route_dvipa(1)
        self.stack = self.bed.stack.start()

    def _file(self, text):
        return self.lab.write("change.obey", text)

    def _vary(self, *words, **options):
        return self.stack.tcpplex("vary", *words, **options)

    def _configuration(self, *words):
        return self.stack.screen("display", "config", *words)

    def _history(self):
        return self.stack.document("display", "history")

    def _commands(self):
        return [row["command"] for row in self._history()["configurations"]]

    def test_a_plan_names_changes_and_connections_that_end_and_changes_nothing(self):
        self.stack.obeyfile(ADD_DVIPA, check=True)
        Server(self.lab, self.bed.partner, "echo:7000")
        held = Connector(self.stack, PARTNER, 7000, 2, "--bind", DVIPA)
        ports = held.local_ports()
        self.assertEqual(2, len(ports))
        before = self._configuration()
        plan = self._vary("obeyfile", "--plan", self._file(DELETE_DVIPA), check=True).stdout
        self.assertIn(f"- VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 {DVIPA}\n", plan)
        for port in ports:
            self.assertIn(f"ends: {DVIPA}..{port} {PARTNER}..7000\n", plan)
        self.assertIn(f"{DVIPA} is then active nowhere\n", plan)
        document = json.loads(self.stack.tcpplex("--json", "vary", "obeyfile", "--plan", self._file(DELETE_DVIPA),
                                                 check=True).stdout)
        self.assertEqual((2, [{"address": DVIPA}]), (document["connectionsThatEnd"], document["moves"]))
        self.assertEqual(before, self._configuration())
        self.assertEqual(0, held.release())

    def test_what_is_planned_is_what_happens(self):
        self.stack.obeyfile(ADD_DVIPA, check=True)
        Server(self.lab, self.bed.partner, "echo:7000")
        there = Connector(self.stack, PARTNER, 7000, 2, "--bind", DVIPA)
        other = Connector(self.stack, PARTNER, 7000, 3, "--bind", self.bed.address)
        self.assertEqual((2, 3), (len(there.local_ports()), len(other.local_ports())))
        self.stack.obeyfile(DELETE_DVIPA, check=True)
        self.assertEqual((2, 0), (there.release(), other.release()))

    def test_a_plan_off_the_host_is_the_same(self):
        change = self._file("TCPCONFIG NODELAYACKS\nPORT 8080 TCP WEB\n")
        running = self.lab.write("running.profile", self._configuration())
        there = command.run([binaries.find("tcpplex"), "plan", running, change], check=True).stdout
        self.assertEqual("- TCPCONFIG DELAYACKS\n+ TCPCONFIG NODELAYACKS\n+ PORT 8080 TCP WEB\n", there)
        self.assertEqual(there, self._vary("obeyfile", "--plan", change, check=True).stdout)

    def test_a_change_that_is_not_confirmed_is_taken_back(self):
        before = self._configuration()
        self._vary("obeyfile", "--confirm", 1, self._file("SOMAXCONN 77\n"), check=True)
        await_condition(lambda: self._configuration() == before, "the change to be taken back")
        self.assertEqual(1, len(self._history()["configurations"]))
        outcome = self._vary("confirm")
        self.assertIn("there is no change that waits to be confirmed", outcome.stdout)

    def test_a_change_that_is_confirmed_stays(self):
        self._vary("obeyfile", "--confirm", 600, self._file("SOMAXCONN 77\n"), check=True)
        self.assertIn("unconfirmed", self._history())
        outcome = self.stack.obeyfile("SOMAXCONN 78\n")
        self.assertIn("the change before this one is not confirmed", outcome.stderr)
        self._vary("confirm", check=True)
        self.assertIn("SOMAXCONN 77\n", self._configuration())
        self.assertNotIn("unconfirmed", self._history())
        self.assertEqual(2, len(self._history()["configurations"]))
        self.stack.obeyfile("SOMAXCONN 78\n", check=True)

    def test_an_unconfirmed_change_is_taken_back_at_once(self):
        before = self._configuration()
        self._vary("obeyfile", "--confirm", 600, self._file("SOMAXCONN 77\n"), check=True)
        self._vary("rollback", check=True)
        self.assertEqual(before, self._configuration())
        self.assertEqual(1, len(self._history()["configurations"]))

    def test_the_way_back_goes_over_all_kinds_of_change(self):
        began = self._configuration()
        changes = [ADD_DVIPA, "PORT 8080 TCP WEB\n", "TCPCONFIG NODELAYACKS\nSOMAXCONN 5\n",
                   "INTERFACE V1 DEFINE VIRTUAL IPADDR 10.1.7.7\nBEGINROUTES\nENDROUTES\n"]
        for change in changes:
            self.stack.obeyfile(change, check=True)
        plan = self._vary("rollback", "--plan", len(changes), check=True).stdout
        self.assertIn(f"- VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 {DVIPA}\n", plan)
        self.assertIn("- INTERFACE V1 DEFINE VIRTUAL IPADDR 10.1.7.7\n", plan)
        self._vary("rollback", len(changes), check=True)
        self.assertEqual(began, self._configuration())
        client = Client(self.lab, self.bed.partner, self.bed.address, 7, 5)
        self.assertEqual(5, client.echo()["echoed"])
        # It is a change like others.
        self._vary("rollback", check=True)
        self.assertIn("INTERFACE V1", self._configuration())
        too_far = self._vary("rollback", 99)
        self.assertIn("earlier configurations are kept", too_far.stdout)

    def test_the_history_says_when_by_whom_and_by_what_and_keeps_ten(self):
        for backlog in range(1, 13):
            self.stack.obeyfile(f"SOMAXCONN {backlog}\n", check=True)
        rows = self._history()["configurations"]
        self.assertEqual(list(range(4, 14)), [row["number"] for row in rows])
        self.assertEqual({"root"}, {row["by"] for row in rows})
        self.assertTrue(all(row["command"].startswith("VARY TCPIP,,OBEYFILE,") for row in rows), rows)
        self.assertIn("SOMAXCONN 5\n", self._configuration(6))
        self.assertIn("no configuration 1 is kept", self.stack.tcpplex("display", "config", 1).stderr)
        self.assertRegex(self.stack.screen("display", "history"), r"(?m)^13 +\d.* root +VARY TCPIP,,OBEYFILE,")

    def test_the_configuration_as_a_profile_starts_the_same_stack(self):
        self.stack.obeyfile(ADD_DVIPA + "PORT 8080 TCP WEB\n", check=True)
        text = self._configuration()
        command.run([binaries.find("tcpplex"), "check", self.lab.write("config.profile", text)], check=True)
        self.assertEqual(0, self.stack.stop())
        with open(self.stack.profile, "w", encoding="ascii") as file:
            file.write(text)
        self.stack.start()
        self.assertEqual(text, self._configuration())

    def test_faulty_statements_are_skipped_as_zos_does(self):
        change = "SOMAXCONN 77\nPORT 8080 XYZ WEB\nSTART NOWHERE\nPORT 8081 TCP WEB\n"
        before = self._configuration()
        self.assertEqual(1, self.stack.obeyfile(change).status)
        self.assertEqual(before, self._configuration())
        outcome = self._vary("obeyfile", "--as-zos", self._file(change))
        self.assertEqual(1, outcome.status)
        self.assertIn("EZZ0059I VARY OBEY COMMAND FAILED: SEE PREVIOUS MESSAGES", outcome.stdout)
        self.assertIn("START of NOWHERE, which is no interface", outcome.stdout)
        self.assertNotIn("EZZ0053I", outcome.stdout)
        self.assertIn("SOMAXCONN 77\n", self._configuration())
        self.assertIn("PORT 8081 TCP WEB\n", self._configuration())
        self.assertNotIn("8080", self._configuration())

    def test_an_error_reaches_as_far_as_on_zos(self):
        change = ("VIPADYNAMIC\n  VIPADEFINE 255.255.255.255 10.1.9.1 10.1.1.2 10.1.9.2\n"
                  "  VIPADEFINE 255.255.255 10.1.9.3\n  VIPADEFINE 255.255.255.255 10.1.9.4\nENDVIPADYNAMIC\n"
                  "SRCIP\n  JOBNAME A 10.1.9.1\n  NONSENSE\nENDSRCIP\nSOMAXCONN 77\n")
        outcome = self._vary("obeyfile", "--as-zos", self._file(change))
        self.assertEqual(1, outcome.status)
        self.assertIn("EZZ8307I", outcome.stdout)
        configuration = self._configuration()
        for kept in ("10.1.9.1", "10.1.9.2", "SOMAXCONN 77"):
            self.assertIn(kept, configuration)
        for ignored in ("10.1.9.3", "10.1.9.4", "JOBNAME"):
            self.assertNotIn(ignored, configuration)

    def test_a_faulty_profile_starts_a_stack_as_zos_does(self):
        self.assertEqual(0, self.stack.stop())
        with open(self.stack.profile, "a", encoding="ascii") as file:
            file.write("START NOWHERE\n")
        self.assertEqual(1, self.stack.launch(survives=True).daemon.wait())
        self.stack.flags = ("--as-zos",)
        self.stack.start()
        client = Client(self.lab, self.bed.partner, self.bed.address, 7, 5)
        self.assertEqual(5, client.echo()["echoed"])

    def test_a_syntax_check_finds_errors_and_touches_nothing(self):
        before = self._configuration()
        good = self._vary("syntaxcheck", self._file("START NOWHERE\n"), check=True).stdout
        self.assertIn("EZZ0062I VARY SYNTAXCHECK FOUND NO ERRORS\nEZZ0065I", good)
        bad = self._vary("syntaxcheck", self._file("PORT 80 XYZ WEB\n"))
        self.assertIn("EZZ0064I VARY SYNTAXCHECK FOUND ERRORS: SEE PREVIOUS MESSAGES\nEZZ0065I", bad.stdout)
        console = self.stack.tcpplex("console", f"V TCPIP,,SYNTAXCHECK,{self._file('SOMAXCONN 7')}", check=True).stdout
        self.assertTrue(console.startswith("EZZ0060I PROCESSING COMMAND: V TCPIP,,SYNTAXCHECK,"), console)
        self.assertEqual(before, self._configuration())

    def test_a_stack_killed_while_it_changes_resumes_with_the_old_or_the_new_configuration(self):
        self.stack.flags = ("--resume",)
        chance = random.Random()
        for backlog in range(1, 11):
            self.stack.obeyfile(f"SOMAXCONN {backlog}\nPORT {9000 + backlog} TCP JOB{backlog}\n", check=True)
            old = self._configuration()
            new = old.replace(f"SOMAXCONN {backlog}\n", f"SOMAXCONN {1000 + backlog}\n")
            changer = self.stack.begin("vary", "obeyfile", self._file(f"SOMAXCONN {1000 + backlog}\n"), survives=True)
            # From before the request is there to after it is answered.
            for _ in range(chance.randrange(60)):
                os.listdir(f"{self.lab.directory}/TCPIP1.history")
            if chance.randrange(3) == 0:
                changer.wait()
            self.stack.kill()
            changer.wait()
            self.stack.start()
            self.assertIn(self._configuration(), (old, new))

    def test_a_stack_that_ends_before_a_change_is_confirmed_resumes_without_it(self):
        self.stack.flags = ("--resume",)
        self.stack.obeyfile("SOMAXCONN 5\n", check=True)
        kept = self._configuration()
        self._vary("obeyfile", "--confirm", 600, self._file("SOMAXCONN 77\n"), check=True)
        self.stack.kill()
        self.stack.start()
        self.assertEqual(kept, self._configuration())
        self._vary("rollback", check=True)
        self.assertNotIn("SOMAXCONN 5\n", self._configuration())

    def test_without_resume_the_profile_rules_again(self):
        before = self._configuration()
        self.stack.obeyfile("SOMAXCONN 5\n", check=True)
        self.assertEqual(0, self.stack.stop())
        self.stack.start()
        self.assertEqual(before, self._configuration())
        self._vary("rollback", check=True)
        self.assertIn("SOMAXCONN 5\n", self._configuration())


if __name__ == "__main__":
    unittest.main()

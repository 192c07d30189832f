"""Looking into the coupling facility: its trace replays, its structures verify, a connection is explained."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import SysplexTest


def replay(records):
    """Ports held at the end, by stack. Fails on a port that is taken while it is held, or given back while free."""
    held, known = {}, 0
    for before, record in zip([None, *records], records):
        if before is not None:
            assert record["number"] == before["number"] + 1, (before, record)
            wrote = 1 if record["outcome"] == "done" else 0
            assert record["version"] == before["version"] + wrote, (before, record)
        for change in record["changes"]:
            if change["where"] != "held":
                continue
            assert change["count"] == 1, record
            port, owner = change["port"], (record["slot"], record["incarnation"])
            if change["how"] == "set":
                assert port not in held, f"{record} while {held[port]} has it"
                held[port] = owner
                known += 1
            else:
                assert held.pop(port, None) == owner, record
    return held, known


class Inspection(SysplexTest):
    def _records(self, *words):
        return self.sysplex.owner.document("display", "cf", "trace", DVIPA, *words)["records"]

    # claims: 16 17 18a 24
    def test_every_allocation_in_the_trace_lies_between_the_releases_of_its_port(self):
        self.sysplex.start(ephemeral=(40000, 40031), extra="TCPCONFIG TIMEWAITINTERVAL 1")
        for _ in range(4):
            connectors = [Connector(stack, PARTNER, 7000, 10) for stack in self.sysplex.stacks]
            for connector in connectors:
                self.assertEqual(10, connector.summary()["echoed"])
            self.assertEqual([0, 0, 0], [connector.release() for connector in connectors])
            self.sysplex.await_in_use(0)
        last = Connector(self.sysplex.targets[0], PARTNER, 7000, 5)
        ports = last.local_ports()
        held, taken = replay(self._records("--max", 1024))
        self.assertEqual(125, taken)
        self.assertEqual(sorted(ports), sorted(held))
        takers = {record["stack"] for record in self._records("--max", 1024) if record["step"] == "allocate"}
        self.assertEqual({"TCPIP1", "TCPIP2", "TCPIP3"}, takers)
        self.assertEqual(2, len(self._records("--max", 2)))

    # claims: 30 32
    def test_every_connection_in_the_trace_of_a_table_is_entered_once_and_removed_once(self):
        self.sysplex.start(sharing="SYSPLEXPORTS HASHTABLE", ephemeral=(40000, 40000),
                           extra="TCPCONFIG TIMEWAITINTERVAL 1")
        connectors = [Connector(stack, PARTNER, port) for stack, port in zip(self.sysplex.targets, (7000, 7001))]
        self.assertEqual([[40000], [40000]], [connector.local_ports() for connector in connectors])
        self.assertEqual([0, 0], [connector.release() for connector in connectors])
        self.sysplex.await_in_use(0)
        records = self._records()[-4:]
        self.assertEqual(["allocate", "allocate", "note", "note"], [record["step"] for record in records])
        versions = [record["version"] for record in records]
        self.assertEqual(list(range(versions[0], versions[0] + 4)), versions, "each is made from the one before")
        # The port is in use from its first connection on until its last has ended.
        first = [[change["how"] for change in record["changes"] if change["where"] == "first"] for record in records]
        self.assertEqual([["set"], [], [], ["cleared"]], first)

    # controls: 16 18a 24 30 32
    def test_a_trace_with_a_step_made_from_an_older_version_does_not_replay(self):
        self.sysplex.start()
        Connector(self.sysplex.targets[0], PARTNER, 7000, 3).summary()
        records = self._records("--max", 1024)
        self.assertEqual(3, replay(records)[1])
        records[-1]["version"] -= 1
        self.assertRaises(AssertionError, replay, records)
        self.assertRaises(AssertionError, replay, records[:-2] + records[-1:])

    def test_the_structures_verify_and_show_what_each_stack_holds(self):
        self.sysplex.start()
        Connector(self.sysplex.targets[0], PARTNER, 7000, 3, "--bind", f"{DVIPA}").summary()
        verified = self.sysplex.owner.tcpplex("display", "cf", "verify", DVIPA)
        self.assertEqual(0, verified.status, verified)
        self.assertIn("Violations: 0", verified.stdout)
        structure = self.sysplex.owner.document("display", "cf", "structure", DVIPA)["dvipas"][0]
        self.assertEqual(("ON", "BITMAP", 1), (structure["state"], structure["form"], structure["grain"]))
        counts = {entry["stack"]: sum(each["last"] - each["first"] + 1 for each in entry["held"])
                  for entry in structure["stacks"]}
        self.assertEqual({"TCPIP1": 0, "TCPIP2": 3, "TCPIP3": 0}, counts)
        self.assertIn("TCPIP2", self.sysplex.owner.screen("display", "cf", "structure"))

    def test_the_connectors_and_locks_are_shown(self):
        self.sysplex.start()
        connectors = self.sysplex.owner.document("display", "cf", "connectors")["connectors"]
        self.assertEqual({stack.name: stack.daemon.pid for stack in self.sysplex.stacks},
                         {entry["stack"]: entry["pid"] for entry in connectors})
        self.assertTrue(all(entry["alive"] and entry["since"] for entry in connectors), connectors)
        lock = self.sysplex.owner.document("display", "cf", "locks", DVIPA)["locks"][0]
        self.assertEqual((DVIPA, 0), (lock["address"], lock["repaired"]))
        self.assertIn(DVIPA, self.sysplex.owner.screen("display", "cf", "locks"))

    def test_a_connection_is_explained_on_its_stack_and_on_the_owner(self):
        self.sysplex.start()
        target = self.sysplex.targets[0]
        port = Connector(target, PARTNER, 7000, 1).local_ports()[0]
        words = ("explain", f"{DVIPA}..{port}", f"{PARTNER}..7000")
        here = target.document(*words)
        self.assertEqual(("TCPIP2", "connection"), (here["owner"], here["table"]), here)
        self.assertTrue(here["since"], here)
        owner = self.sysplex.owner.document(*words)
        self.assertEqual(("TCPIP2", "routing table"), (owner["owner"], owner["table"]), owner)
        self.assertIn("over XCF to TCPIP2", owner["way"])
        third = self.sysplex.targets[1].document("explain", f"{PARTNER}..7000", f"{DVIPA}..{port}")
        self.assertEqual(("TCPIP2", "coupling facility"), (third["owner"], third["table"]), third)
        nobody = self.sysplex.owner.screen("explain", f"{DVIPA}..39999", f"{PARTNER}..7000")
        self.assertIn("Owner: nobody", nobody)


if __name__ == "__main__":
    unittest.main()

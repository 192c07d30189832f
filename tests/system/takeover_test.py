"""A DVIPA outlives the stack that owns it, and its connections outlive everything but the stack they run on."""

import os
import unittest

from lab.connector import Connector
from lab.etcd_sysplex import boot_time, end_of_lease
from lab.network import DVIPA, PARTNER
from lab.ownership import Ownership, change
from lab.peer import Client
from lab.profiles import SERVICE_PORT, dvipa
from lab.sysplex_test import OnEtcd, OnShards, SysplexTest
from lab.waiting import await_condition


class Takeover(Ownership, SysplexTest):
    def setUp(self):
        super().setUp()
        self.sysplex.start()

    def inbound(self, count=30):
        """Connections from the partner to echo servers on all stacks."""
        for stack in self.sysplex.stacks:
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(len(self.sysplex.stacks))
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, count)
        self.assertEqual(count, client.echo()["echoed"])
        return client

    # also on shards
    # also on etcd
    # claims: 12 X21
    def test_connections_of_the_others_outlive_a_killed_owner(self):
        owner, first, second = self.sysplex.stacks
        client = self.inbound()
        outbound = [Connector(stack, PARTNER, 7000, 10) for stack in (first, second)]
        self.assertEqual([10, 10], [connector.summary()["echoed"] for connector in outbound])
        lost = self.established(owner)
        self.assertGreater(lost, 0)
        self.assertEqual(5, Connector(owner, PARTNER, 7001, 5, survives=True).summary()["echoed"])
        self.sysplex.await_in_use(26)  # with the service port

        owner.kill()
        self.await_owner(2)
        self.assertEqual("Active", self.status(first))
        outcome = client.echo()
        self.assertEqual(30 - lost, outcome["echoed"], outcome)
        self.sysplex.await_in_use(21, by=first)
        self.assertEqual(20, len(self.partner.live(7000)))
        self.partner.probe(7000)
        more = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 10)
        self.assertEqual({"connected": 10, "echoed": 10, "broken": {}}, more.echo())
        self.assertEqual(5, Connector(second, PARTNER, 7000, 5).summary()["echoed"])
        self.assertEqual([0, 0], [connector.release() for connector in outbound])
        more.close()

    # also on shards
    # also on etcd
    def test_an_owner_that_has_returned_is_taken_over_from_again(self):
        owner = self.sysplex.owner
        for _ in range(2):
            owner.kill()
            self.await_owner(2)
            self.sysplex.restart(owner)
            self.await_owner(1)
        self.sysplex.targets[1].listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(1)
        self.assertEqual(1, Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 1).echo()["echoed"])

    # also on shards
    # also on etcd
    # claims: 13 X22
    def test_the_owner_returns_and_takes_back_while_connections_are_opened(self):
        owner, first, second = self.sysplex.stacks
        owner.kill()
        self.await_owner(2)
        kept = Connector(first, PARTNER, 7000, 20)
        kept.summary()
        client = None
        for stack in (first, second):
            stack.listen_echo(DVIPA, SERVICE_PORT)
        client = Client(self.lab, self.sysplex.network.partner, DVIPA, SERVICE_PORT, 20)
        self.assertEqual(20, client.echo()["echoed"])

        opening = [Connector(stack, PARTNER, 7001, 200) for stack in (first, second)]
        self.sysplex.restart(owner)
        self.await_owner(1)
        self.assertEqual([200, 200], [connector.summary()["connected"] for connector in opening])
        ports = self.partner.live(7001)
        self.assertEqual(400, len(set(ports)), "no port was given twice")
        self.partner.probe(7000)
        self.partner.probe(7001)
        self.assertEqual({"connected": 20, "echoed": 20, "broken": {}}, client.echo())
        self.assertEqual("Active", self.status(owner))
        self.assertEqual("Backup", self.status(first), "it is a target, too: no need to be Moving")
        self.assertEqual([0, 0], [connector.release() for connector in opening])
        self.assertEqual(0, kept.release())

    # also on etcd
    def test_a_dvipa_moves_by_a_later_vipadefine_and_back(self):
        owner, first, _ = self.sysplex.stacks
        client = self.inbound()
        self.assertEqual(0, first.obeyfile(change(f"VIPADELETE {DVIPA}", *dvipa("").splitlines())).status)
        self.await_owner(2)
        self.await_status(owner, "Backup")
        self.assertEqual({"connected": 30, "echoed": 30, "broken": {}}, client.echo())
        self.assertEqual(0, first.obeyfile(change(f"VIPADELETE {DVIPA}")).status)
        self.await_owner(1)
        outcome = client.echo()
        self.assertEqual(20, outcome["echoed"], f"those of the stack that deleted the address end: {outcome}")

    # also on etcd
    def test_moveable_whenidle_waits_for_the_last_connection(self):
        owner, first, _ = self.sysplex.stacks
        text = dvipa("").replace("IMMEDIATE", "WHENIDLE")
        self.assertEqual(0, owner.obeyfile(change(f"VIPADELETE {DVIPA}", *text.splitlines())).status)
        self.await_owner(1)
        connector = Connector(owner, PARTNER, 7000, 1)
        self.assertEqual(1, connector.summary()["echoed"])
        self.assertEqual(0, first.obeyfile(change(f"VIPADELETE {DVIPA}", *dvipa("").splitlines())).status)
        self.await_owner(1)
        self.partner.end(7000)  # so that the partner has the TIME-WAIT
        connector.release()
        self.await_owner(2)

    # also on etcd
    # claims: X26
    def test_a_dvipa_that_its_owner_deletes_goes_to_the_backup_and_its_ports_are_free(self):
        owner, first, second = self.sysplex.stacks
        mine = Connector(owner, PARTNER, 7000, 5)
        others = Connector(second, PARTNER, 7001, 5)
        self.assertEqual([5, 5], [each.summary()["echoed"] for each in (mine, others)])
        self.assertEqual(0, owner.obeyfile(change(f"VIPADELETE {DVIPA}")).status)
        self.await_owner(2)
        self.assertEqual(5, mine.release(), "connections of a deleted address end")
        self.partner.probe(7001)
        self.sysplex.await_in_use(5, by=first)
        self.assertEqual(0, others.release())

    # also on shards
    # also on etcd
    def test_a_deactivated_dvipa_is_a_backups_and_keeps_its_connections(self):
        owner, first, _ = self.sysplex.stacks
        # Without a distribution, so that the owner is no target then.
        text = dvipa("").splitlines()[0]
        self.assertEqual(0, owner.obeyfile(change(f"VIPADELETE {DVIPA}", text)).status)
        self.await_owner(1)
        connector = Connector(owner, PARTNER, 7000, 3)
        self.assertEqual(3, connector.summary()["echoed"])
        self.assertEqual(0, owner.tcpplex("vary", "sysplex", "deactivate", DVIPA).status)
        self.await_owner(2)
        self.assertEqual("Quiescing", self.status(owner))
        self.partner.probe(7000)
        again = owner.tcpplex("vary", "sysplex", "deactivate", DVIPA)
        self.assertEqual(1, again.status)
        self.assertIn("deactivated already", again.stderr + again.stdout)
        self.assertEqual(0, owner.tcpplex("vary", "sysplex", "reactivate", DVIPA).status)
        self.await_owner(1)
        self.partner.probe(7000)
        self.assertEqual(0, connector.release())

    # also on shards
    # also on etcd
    # claims: X26
    def test_a_stack_that_leaves_the_group_gives_all_up_and_joins_it_again(self):
        owner, first, second = self.sysplex.stacks
        client = self.inbound()
        mine = [Connector(stack, PARTNER, 7000, 5) for stack in (owner, second)]
        self.assertEqual([5, 5], [each.summary()["echoed"] for each in mine])
        lost = self.established(owner) - 5
        self.assertEqual(0, owner.tcpplex("vary", "sysplex", "leavegroup").status)
        self.await_owner(2)
        self.assertIsNone(self.status(owner))
        self.sysplex.await_in_use(6, by=first)
        self.assertEqual(30 - lost, client.echo()["echoed"])
        self.partner.probe(7000)
        self.assertIn("IS NOT A MEMBER", owner.screen("console", "D TCPIP,,SYSPLEX,GROUP"))
        self.assertEqual(0, owner.tcpplex("console", "V TCPIP,,SYSPLEX,JOINGROUP").status)
        self.await_owner(1)
        self.assertEqual(30 - lost, client.echo()["echoed"])
        self.assertEqual(2, Connector(owner, PARTNER, 7001, 2).summary()["echoed"])
        self.assertEqual([5, 0], [each.release() for each in mine])

    # also on etcd
    # claims: X35
    def test_the_keyword_on_a_backup_alone_shares_before_and_after_the_take_over(self):
        self.sysplex.stop()
        self.sysplex.start(sharing="", ephemeral=(40000, 40007))
        owner, first, second = self.sysplex.stacks
        keyword = change(*dvipa("SYSPLEXPORTS").splitlines()[1:])
        self.assertEqual(0, first.obeyfile(keyword).status)
        self.sysplex.await_ports(state="ON")
        connectors = [Connector(stack, PARTNER, 7000, 4) for stack in (first, second)]
        self.assertEqual([4, 4], [connector.summary()["connected"] for connector in connectors])
        self.assertEqual(8, len(set(self.partner.live(7000))), "no port was given twice")
        owner.kill()
        self.await_owner(2)
        self.sysplex.await_ports(by=second, state="ON", inUse=8)
        self.assertEqual({"EADDRNOTAVAIL": 1}, Connector(second, PARTNER, 7001).summary()["failed"])
        self.partner.probe(7000)
        self.assertEqual([0, 0], [connector.release() for connector in connectors])

    def test_without_a_backup_the_address_goes_with_its_owner(self):
        owner, first, second = self.sysplex.stacks
        for stack in (first, second):
            self.assertEqual(0, stack.obeyfile(change(f"VIPADELETE {DVIPA}")).status)
        connector = Connector(second, PARTNER, 7000, 1)
        self.assertEqual(1, connector.summary()["echoed"])
        owner.kill()
        await_condition(lambda: len(first.document("display", "sysplex", "group")["members"]) == 2,
                        lambda: "the others to notice")
        self.assertEqual([], self.owners())
        self.sysplex.restart(owner)
        self.partner.probe(7000)
        self.assertEqual(0, connector.release())


class TakeoverOnShards(OnShards, Takeover):
    pass


class TakeoverOnEtcd(OnEtcd, Takeover):
    pass


class FullPipe:
    """A named pipe that nobody reads."""

    def __init__(self, path):
        os.mkfifo(path)
        self.path = path
        self._end = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def fill(self):
        try:
            while os.write(self._end, b"."):
                pass
        except BlockingIOError:
            pass

    def close(self):
        os.close(self._end)


class Monitored(Ownership, SysplexTest):
    def test_a_stack_without_interface_leaves_the_group_and_joins_it_again(self):
        self.sysplex.start(extra="GLOBALCONFIG SYSPLEXMONITOR RECOVERY AUTOREJOIN MONINTERFACE TIMERSECS 10")
        owner, first, _ = self.sysplex.stacks
        self.sysplex.systems[0].ip("link", "set", "osa1", "down")
        self.await_owner(2)
        self.assertEqual(5, Connector(first, PARTNER, 7000, 5).summary()["echoed"])
        members = [member["stack"] for member in first.document("display", "sysplex", "group")["members"]]
        self.assertEqual(["TCPIP2", "TCPIP3"], sorted(members))
        self.sysplex.systems[0].ip("link", "set", "osa1", "up")
        self.await_owner(1)

    def test_a_stack_that_stands_still_ends_and_is_taken_over(self):
        log = FullPipe(self.lab.path("log"))
        self.addCleanup(log.close)
        owners_log = f'case "$*" in *tcpip1.profile*) exec "$@" 2>{log.path};; esac; exec "$@"'
        self.sysplex.start(extra="GLOBALCONFIG SYSPLEXMONITOR RECOVERY TIMERSECS 10",
                           wrapper=("sh", "-c", owners_log, "sh"))
        owner = self.sysplex.owner
        log.fill()
        # What it has to say about this stops its first shard.
        owner.begin("vary", "obeyfile", self.lab.write("change.obey", "SOMAXCONN 20\n"))
        self.assertEqual(70, owner.daemon.wait())
        self.await_owner(2)

    def test_a_stack_with_nojoin_takes_no_part(self):
        self.sysplex.start(extra="")
        owner = self.sysplex.owner
        owner.stop()
        self.await_owner(2)
        with open(owner.profile, "a", encoding="utf-8") as profile:
            profile.write("GLOBALCONFIG SYSPLEXMONITOR NOJOIN\n")
        owner.start()
        self.assertEqual([], owner.document("netstat", "vipadyn")["dvipas"])
        self.assertEqual([2], self.owners())


class OwnerCutOff(Ownership, OnEtcd, SysplexTest):
    lease = 5

    def test_an_owner_cut_off_from_etcd_is_silent_when_another_gets_its_address(self):
        self.sysplex.start(sharing="")
        owner, first, _ = self.sysplex.stacks
        for stack in (owner, first):
            stack.listen_echo(DVIPA, SERVICE_PORT)
        self.sysplex.await_listeners(2)
        partner = self.sysplex.network.partner
        client = Client(self.lab, partner, DVIPA, SERVICE_PORT, 4)
        self.assertEqual(4, client.echo()["echoed"])
        capture = self.sysplex.capture(DVIPA)
        self.sysplex.cut_from_etcd(1)
        self.sysplex.await_state(owner, "suspended")
        self.assertEqual(4, client.echo()["echoed"], "connections go on until T1")
        end = end_of_lease(owner)
        await_condition(lambda: 2 in self.owners(), lambda: f"the backup to be an owner: {self.owners()}", 30.0)
        self.assertGreater(boot_time(), end)
        self.sysplex.network.route_dvipa(2)
        outcome = client.echo()
        self.assertEqual(2, outcome["echoed"], outcome)
        more = Client(self.lab, partner, DVIPA, SERVICE_PORT, 2)
        self.assertEqual(2, more.echo()["echoed"])
        self.assertLessEqual(max(packet.at for packet in capture.packets() if packet.device == "sys1"), end)
        self.sysplex.mend(1)
        self.assertEqual(75, owner.daemon.wait(), "it has been declared dead")
        self.sysplex.restart(owner)
        self.await_owner(1)
        self.assertEqual(2, client.echo()["echoed"])
        more.close()


if __name__ == "__main__":
    unittest.main()

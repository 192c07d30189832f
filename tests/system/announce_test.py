"""Neighbours on a LAN find a DVIPA at the stack that owns it, and at no other."""

import json
import unittest

from lab import lan, profiles
from lab.capture import Capture
from lab.case import LabTest
from lab.lan import DVIPA, DVIPA6, Lan
from lab.peer import Client
from lab.stack import Stack
from lab.waiting import await_condition

ECHO = 7
DELETE = f"VIPADYNAMIC\n  VIPADELETE {DVIPA}\n  VIPADELETE DVIPA6\nENDVIPADYNAMIC\n"


class Announce(LabTest):
    def setUp(self):
        super().setUp()
        self.lan = Lan(self.lab)

    def stack(self, number, link="eth0"):
        system = self.lan.system(number)
        name = f"TCPIP{number}"
        settings = profiles.host_settings(name, f"SYS{number}", self.lab.directory) + f"announce: [{link}]\n"
        return Stack(self.lab, name, system, profiles.single(number, lan.dvipas(number)), settings)

    def connect(self, count=3):
        """Echo connections from the client to the DVIPA of either family."""
        for address in (DVIPA, DVIPA6):
            client = Client(self.lab, self.lan.client, address, ECHO, count)
            self.assertEqual({"connected": count, "echoed": count, "broken": {}}, client.echo())
            client.close()

    def test_a_neighbour_reaches_a_dvipa_until_it_is_deleted(self):
        stack = self.stack(1).start()
        self.connect()
        for address in (DVIPA, DVIPA6):
            self.lan.await_neighbour(address, stack.namespace)
        stack.obeyfile(DELETE, check=True)
        for address in (DVIPA, DVIPA6):
            self.lan.forget(address)
            self.lan.await_nobody(address)

    def test_a_dvipa_that_comes_is_announced_three_times(self):
        capture = Capture(self.lab, self.lan.client)
        stack = self.stack(1).start()
        ours = bytes.fromhex(lan.ethernet_address(stack.namespace).replace(":", ""))
        arp = b"\xff" * 6 + ours + bytes.fromhex("0806")
        advertisement = bytes.fromhex("333300000001") + ours + bytes.fromhex("86dd")

        def announcements():
            frames = capture.frames()
            return (len([frame for frame in frames if frame.startswith(arp) and frame[28:32] == frame[38:42] ==
                         bytes((10, 3, 0, 100))]),
                    len([frame for frame in frames if frame.startswith(advertisement) and frame[54] == 136 and
                         frame[62:78].hex() == "20010db8000300000000000000000100"]))
        await_condition(lambda: announcements() == (3, 3), lambda: f"announcements: {announcements()}")
        # Again when the link was down: the neighbours may have forgotten it, or learned of another.
        stack.namespace.ip("link", "set", "eth0", "down")
        stack.namespace.ip("link", "set", "eth0", "up")
        await_condition(lambda: announcements() == (6, 6), lambda: f"announcements: {announcements()}")

    def test_a_device_that_was_down_has_its_routes_again(self):
        stack = self.stack(1).start()
        self.connect()

        def devices():
            routes = [json.loads(stack.namespace.ip("-json", *family, "route", "show", "exact", address).stdout or "[]")
                      for family, address in ((["-4"], f"{DVIPA}/32"), (["-6"], f"{DVIPA6}/128"))]
            return [[each["dev"] for each in found] for found in routes]
        before = devices()
        self.assertEqual([1, 1], [len(each) for each in before])
        for (device,) in before:
            stack.namespace.ip("link", "set", device, "down")
            stack.namespace.ip("link", "set", device, "up")
        await_condition(lambda: devices() == before, lambda: f"routes over {before}: {devices()}")
        self.connect()

    def test_the_neighbours_are_told_of_the_new_owner_when_the_old_is_killed(self):
        owner, backup = self.stack(1).start(), self.stack(2).start()
        self.connect()
        for address in (DVIPA, DVIPA6):
            self.lan.await_neighbour(address, owner.namespace)
        owner.kill()
        for address in (DVIPA, DVIPA6):
            self.lan.await_neighbour(address, backup.namespace)
        self.connect()
        # Who asks gets no answer from where it was, whatever is left there.
        for _ in range(5):
            for address in (DVIPA, DVIPA6):
                self.lan.forget(address)
            self.connect(1)
            for address in (DVIPA, DVIPA6):
                self.lan.await_neighbour(address, backup.namespace)

    def test_a_link_that_is_not_there_stops_the_start(self):
        stack = self.stack(1, link="eth7").launch()
        self.assertEqual(1, stack.daemon.wait())
        self.assertIn("link eth7 in 'announce' is absent", stack.daemon.stderr.text())


if __name__ == "__main__":
    unittest.main()

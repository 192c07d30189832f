"""The network between the stacks is cut, the coupling facility is not."""

import unittest

from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.signalling import Signalling
from lab.sysplex_test import OnEtcd, SysplexTest


class XcfCut(SysplexTest):
    options = {"signalling": Signalling}

    def setUp(self):
        super().setUp()
        self.sysplex.start()

    def _cut(self):
        """The second system off. Waits until its stack and the owner know."""
        owner, target = self.sysplex.owner, self.sysplex.targets[0]
        self.sysplex.signalling.cut(2)
        for one, other in ((owner, target), (target, owner)):
            one.daemon.await_line(lambda line: f"the XCF link to {other.name} has ended" in line, "the end of the link",
                                  output=one.daemon.stderr)

    # also on etcd
    # claims: X11
    # controls: 6 X23
    def test_without_xcf_the_facility_alone_says_who_lives(self):
        owner, target = self.sysplex.owner, self.sysplex.targets[0]
        held = Connector(target, PARTNER, 7000, 3)
        self.assertEqual(3, held.summary()["echoed"])
        self._cut()
        # What it opens now gets a port, and no answer: that would come through the owner.
        lonely = target.begin("connect", PARTNER, 7000)
        self.sysplex.await_in_use(4)
        self.sysplex.signalling.mend(2)
        self.assertEqual(0, lonely.wait(30), lonely.describe())
        self.assertEqual(0, held.release())
        for stack in self.sysplex.stacks:
            self.assertNotIn("has failed", stack.daemon.stderr.text())
            self.assertEqual(stack is owner, DVIPA in stack.namespace.run("ip", "route").stdout, stack.name)

    # also on etcd
    # controls: X11
    def test_without_xcf_a_stack_that_dies_is_failed(self):
        target = self.sysplex.targets[0]
        self.assertEqual(3, Connector(target, PARTNER, 7000, 3).summary()["echoed"])
        self._cut()
        target.kill()
        self.sysplex.await_in_use(0)
        owner = self.sysplex.owner.daemon
        owner.await_line(lambda line: target.name in line and "has failed" in line, "the failure", output=owner.stderr)


class XcfCutOnEtcd(OnEtcd, XcfCut):
    pass


if __name__ == "__main__":
    unittest.main()

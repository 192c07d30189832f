"""The base of the tests of a sysplex, and what makes a class of them one of etcd."""

from .case import LabTest
from .etcd_sysplex import EtcdSysplex
from .sysplex import Sysplex


class SysplexTest(LabTest):
    """On shared memory. Those of its tests that are tagged "also on etcd" are run as those of a class of OnEtcd, too."""

    services = ("echo:7000", "echo:7001")
    options = {}  # of Sysplex

    def setUp(self):
        super().setUp()
        self.sysplex = self.make_sysplex()
        if self.services:
            self.partner = self.sysplex.serve(*self.services)

    def make_sysplex(self):
        return Sysplex(self.lab, **self.options)


class OnEtcd:
    """Stands before a class of tests: `class RangeOnEtcd(OnEtcd, Range)`."""

    lease = 2

    def make_sysplex(self):
        return EtcdSysplex(self.lab, self.lease, members=1, **self.options)

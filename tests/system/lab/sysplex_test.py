"""The base of the tests of a sysplex, and what makes a class of them one of etcd, or of stacks of several shards."""

from .case import LabTest
from .etcd_sysplex import EtcdSysplex
from .sysplex import Sysplex


class SysplexTest(LabTest):
    """On shared memory. Those of its tests that are tagged "also on etcd" are run as those of a class of OnEtcd, too,
    those tagged "also on shards" as those of a class of OnShards."""

    services = ("echo:7000", "echo:7001")
    options = {}  # of Sysplex

    def setUp(self):
        super().setUp()
        self.sysplex = self.make_sysplex()
        if self.services:
            self.partner = self.sysplex.serve(*self.services)

    def make_sysplex(self):
        return Sysplex(self.lab, **self.options)


class OnShards:
    """Stands before a class of tests: `class RangeOnShards(OnShards, Range)`. Its stacks have 4, 2 and 2 shards."""

    options = {"shards": (4, 2, 2)}


class OnEtcd:
    """Stands before a class of tests: `class RangeOnEtcd(OnEtcd, Range)`."""

    lease = 2

    def make_sysplex(self):
        return EtcdSysplex(self.lab, self.lease, members=1, **self.options)

"""Many connections at once, each of which goes to etcd."""

import unittest

from lab.etcd_sysplex import EtcdSysplex
from lab.load_case import LoadTest


class LoadOnEtcd(LoadTest):
    def _sysplex(self):
        return EtcdSysplex(self.lab, lease=10)

    # claims: X33
    def test_nobody_starves_while_each_connect_goes_to_etcd(self):
        self._churn(seconds=5, rate=60)

    # claims: 27 28 41 X29
    def test_one_address_has_20000_connections(self):
        self._connections_in_a_table(20001, servers=2)
        self.assertEqual([], [key for key in self.sysplex.etcd.keys() if "/f/" in key or "/h/" in key or "/s/" in key])


if __name__ == "__main__":
    unittest.main()

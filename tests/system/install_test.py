"""The installed programs, without the folder they were built in."""

import os
import shutil
import unittest
from unittest import mock

from lab import binaries, command
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.sysplex_test import OnEtcd, SysplexTest


class Installed(SysplexTest):
    def setUp(self):
        super().setUp()
        self.build = os.path.dirname(os.path.dirname(binaries.find("tcpplexd")))
        prefix = self.lab.path("prefix")
        command.run(["cmake", "--install", self.build, "--prefix", prefix], check=True)
        self.enterContext(mock.patch.dict(os.environ, {"TCPPLEX_BIN": f"{prefix}/sbin:{prefix}/bin"}))
        # The stacks see an empty folder where the build is.
        self.hidden = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', self.build]

    # also on etcd
    # claims: 37 45 46
    def test_three_systems_share_an_address_without_the_build(self):
        self.sysplex.start(wrapper=self.hidden)
        connectors = [Connector(stack, PARTNER, 7000, 50) for stack in self.sysplex.stacks]
        self.assertEqual([50] * 3, [connector.summary()["echoed"] for connector in connectors])
        live = self.partner.live(7000)
        self.assertEqual(({DVIPA}, 150), ({address for address, _ in live}, len({port for _, port in live})))

    def test_manuals_and_samples_are_installed(self):
        prefix = self.lab.path("prefix")
        for page in ("man8/tcpplexd.8", "man8/tcpplex.8", "man5/tcpplex.profile.5", "man5/tcpplex.host.5"):
            self.assertTrue(os.path.exists(f"{prefix}/share/man/{page}"), page)
        self.assertIsNotNone(shutil.which("tcpplex", path=f"{prefix}/bin"))


class InstalledOnEtcd(OnEtcd, Installed):
    pass


if __name__ == "__main__":
    unittest.main()

"""One stack by itself, with a partner behind a router."""

from . import profiles
from .network import Network, home_address
from .stack import Stack


class Single:
    """The network stands from the beginning; stack.start() starts the stack."""

    def __init__(self, lab, profile=None, rp_filter=0, forward=1, shards=1):
        self.network = Network(lab)
        self.system = self.network.system(1, rp_filter, forward)
        self.partner = self.network.partner
        self.address = home_address(1)
        self.stack = Stack(lab, "TCPIP1", self.system, profile or profiles.single(),
                           profiles.host_settings("TCPIP1", "SYS1", lab.directory, shards=shards))

"""Kernel TCP over a veth: the baseline of all ratios."""

from . import host, row


class KernelRow(row.Row):
    """Option offloads=False: the kernel has to move real packets of 1500 bytes."""

    def start(self):
        server = self.space("s")
        self.client.ip("link", "add", "pbv", "type", "veth", "peer", "name", "pbv", "netns", server.name)
        self.client_addresses("pbv")
        server.ip("addr", "add", f"{row.STACK}/24", "dev", "pbv")
        for space in (self.client, server):
            space.ip("link", "set", "pbv", "up")
            if not self.options.get("offloads", True):
                space.run("ethtool", "-K", "pbv", "tso", "off", "gso", "off", "gro", "off", "tx", "off")
        processes = self.options.get("processes", 1)
        self.launch(server, host.program("client"), "serve", f"procs={processes}").await_text("READY")
        self.server = server

    def outbound(self, seconds, concurrent):
        outbound_by_kernel(self.server, self.listener, seconds, concurrent)


def outbound_by_kernel(space, address, seconds, concurrent):
    space.run(host.program("client"), "connect-rate", "passive=1", f"addr={address}", f"port={row.OUTBOUND_PORT}",
              f"secs={seconds}", "warmup=0", f"conns={concurrent}", check=False)

"""Stacks that end the client's TCP and open kernel connections of their own: their cost includes these."""

import json
import select
import socket
import time

from . import host, kernel, row


class ProxyRow(row.Row):
    most_idle = 10_000  # a descriptor for each
    sources = []
    listener = "127.0.0.1"

    def serve(self):
        self.outer = self.space("s")
        self.launch(self.outer, host.program("client"), "serve", measured=False).await_text("READY")

    def outbound(self, seconds, concurrent):
        kernel.outbound_by_kernel(self.outer, self.listener, seconds, concurrent)

    def await_address(self, text):
        limit = time.monotonic() + 10
        while text not in self.client.ip("-br", "addr"):
            if time.monotonic() > limit:
                raise RuntimeError(f"{self.name} does not give its client an address")
            select.select([], [], [], 0.05)


class PastaRow(ProxyRow):
    """Outbound is its splice path, socket to socket, without TCP of its own."""

    address = "10.90.0.254"  # the gateway: the services of the outer namespace

    def start(self):
        self.serve()
        outer = self.outer
        outer.ip("link", "add", "pbd0", "type", "veth", "peer", "name", "pbd1")
        for name in ("pbd0", "pbd1"):
            outer.ip("link", "set", name, "up")
        outer.ip("addr", "add", f"{row.STACK}/24", "dev", "pbd0")
        outer.ip("route", "add", "default", "via", self.address)
        self.launch(outer, "pasta", "-f", "-q", "--runas", 0, "--config-net", "-t", row.OUTBOUND_PORT, "-u", "none",
                    "-T", "none", "-U", "none", "--netns", f"/run/netns/{self.client.name}")
        self.await_address(row.STACK)


class SlirpRow(ProxyRow):
    """Option mtu."""

    address = "10.0.2.2"  # the outer namespace's loopback

    def start(self):
        self.serve()
        control = self.directory / "control"
        self.launch(self.outer, "slirp4netns", "--configure", f"--mtu={self.options['mtu']}", "--netns-type=path",
                    "--api-socket", control, f"/run/netns/{self.client.name}", "tap0")
        self.await_address("10.0.2")
        forward = {"execute": "add_hostfwd",
                   "arguments": {"proto": "tcp", "host_addr": "127.0.0.1", "host_port": row.OUTBOUND_PORT,
                                 "guest_port": row.OUTBOUND_PORT}}
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(str(control))
            asking.sendall(json.dumps(forward).encode())
            asking.shutdown(socket.SHUT_WR)
            asking.recv(500)

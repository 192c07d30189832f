"""Stacks of one process behind a TUN device."""

import pathlib

from . import host, row

RUNTIME = pathlib.Path("/run/tcpplex")  # where stacks keep what they share

PROFILE = f"""
INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAPORT1 IPADDR {row.STACK}/24 MTU 1500
BEGINROUTES
  ROUTE DEFAULT {row.CLIENT} OSA1 MTU 1500
ENDROUTES
TCPCONFIG TCPSENDBFRSIZE 256K TCPRCVBUFRSIZE 256K TCPMAXSENDBUFRSIZE 16M TCPMAXRCVBUFRSIZE 16M
SOMAXCONN 1024
PORT 7 TCP MISCSERV
     9 TCP MISCSERV
    19 TCP MISCSERV
START OSA1
"""

SETTINGS = """
stack: {stack}
system: SYS1
interfaces:
  OSA1: {{tun: {device}, kernel_address: {client}}}
coupling_facility: {{kind: shared-memory, path: {directory}/stack.cf}}
control: {directory}/stack.sock
"""


class TcpplexRow(row.Row):
    """tcpplexd with its MISCSERV services; outbound connections come from a client inside the daemon."""

    def start(self):
        RUNTIME.mkdir(exist_ok=True)
        self.client.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        profile = self.directory / "stack.profile"
        settings = self.directory / "stack.yaml"
        profile.write_text(PROFILE)
        settings.write_text(SETTINGS.format(stack=self.name.upper(), device=row.DEVICE, client=row.CLIENT,
                                            directory=self.directory))
        self.launch(self.client, host.program("tcpplex"), profile, "--host", settings,
                    environment={"TCPPLEX_OUTBOUND": str(self.control)}).await_text("EZAIN11I")
        self.client_addresses(row.DEVICE)
        self.client.ip("link", "set", row.DEVICE, "txqueuelen", 1000)


class NullRow(row.Row):
    """Option offloads."""

    lacks = ("conn-out",)

    def start(self):
        self.client.add_tun(row.DEVICE, self.options["offloads"])
        self.client_addresses(row.DEVICE)
        self.launch(self.client, host.program("null"), row.DEVICE, int(self.options["offloads"])).await_text("READY")


class LwipRow(row.Row):
    def start(self):
        self.client.add_tun(row.DEVICE, offloads=False)
        self.client_addresses(row.DEVICE)
        self.launch(self.client, host.program("lwip"), row.DEVICE, row.STACK, row.CLIENT,
                    self.control).await_text("READY")


class GvisorRow(row.Row):
    """Option link: fd is the stock endpoint, vnet the one of gvisor/link.go."""

    def start(self):
        link = self.options["link"]
        self.client.add_tun(row.DEVICE, offloads=link == "vnet")
        self.client_addresses(row.DEVICE)
        self.launch(self.client, host.program("gvisor"), "-dev", row.DEVICE, "-addr", row.STACK, "-link", link,
                    "-ctl", self.control).await_text("READY")

"""Two ways of a client's packets to one and the same server: through the owner of a distributed DVIPA, or a copy.

    client: kernel sockets -> TUN device -> owner or copy -> server: tcpplexd, which answers over a veth

Client and server have namespaces of their own. The owner hands packets to the server, a target of the DVIPA, over XCF; the
copy writes them to a second TUN device, whose kernel routes them into the server's.
"""

import json
import os
import pathlib
import tempfile

from harness import host

CLIENT = "10.90.0.1"
SERVICE = "10.91.0.100"
ECHO, DISCARD = 7, 9
DEVICE = "fwd0"
SECOND_DEVICE = "fwd1"
SERVER_DEVICE = "srv0"

SERVICES = f"""
TCPCONFIG TCPSENDBFRSIZE 256K TCPRCVBUFRSIZE 256K TCPMAXSENDBUFRSIZE 16M TCPMAXRCVBUFRSIZE 16M
SOMAXCONN 1024
PORT {ECHO} TCP MISCSERV
     {DISCARD} TCP MISCSERV
"""


def interface(address, gateway):
    return f"""
INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAPORT1 IPADDR {address}/24 MTU 1500
BEGINROUTES
  ROUTE DEFAULT {gateway} OSA1 MTU 1500
ENDROUTES
START OSA1
"""


OWNER = interface("10.90.0.100", CLIENT) + f"""
IPCONFIG SYSPLEXROUTING DATAGRAMFWD DYNAMICXCF 10.94.0.1 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 {SERVICE}
  VIPADISTRIBUTE DEFINE DISTMETHOD ROUNDROBIN {SERVICE} PORT {ECHO} {DISCARD} DESTIP 10.94.0.2
ENDVIPADYNAMIC
"""
TARGET = interface("10.93.0.100", "10.93.0.1") + SERVICES + f"""
IPCONFIG SYSPLEXROUTING DATAGRAMFWD DYNAMICXCF 10.94.0.2 255.255.255.0 1
VIPADYNAMIC
  VIPABACKUP 1 {SERVICE}
ENDVIPADYNAMIC
"""
SINGLE = interface(SERVICE, "10.91.0.1") + SERVICES

SETTINGS = """
stack: {stack}
system: {stack}
sysplex: BENCH
interfaces:
  OSA1: {{tun: {device}{kernel_address}}}
coupling_facility: {{kind: shared-memory, path: {directory}/bench.cf}}
xcf: {{directory: {directory}}}
control: {directory}/{stack}.sock
"""


def program(path):
    """Of the build that bench_peer_client is of."""
    return host.BUILD.parents[1] / path


class Way:
    """Subclasses start `forwarder`, whose processor time is measured, and the server, in start()."""

    def up(self):
        self._directory = tempfile.TemporaryDirectory(prefix="tcpplex-bench-")
        self._processes = []
        self._spaces = []
        try:
            self.client, self.server = self._space("c"), self._space("s")
            self.client.ip("link", "add", "answers", "type", "veth", "peer", "name", "answers", "netns",
                           self.server.name)
            for space, address in ((self.client, "10.92.0.1"), (self.server, "10.92.0.2")):
                space.ip("addr", "add", f"{address}/30", "dev", "answers")
                space.ip("link", "set", "answers", "up")
            self.server.ip("route", "add", "10.90.0.0/24", "via", "10.92.0.1")
            self.start()
            self.client.ip("addr", "replace", f"{CLIENT}/24", "dev", DEVICE)
            self.client.ip("link", "set", DEVICE, "txqueuelen", 1000)
        except BaseException:
            self.down()
            raise

    def down(self):
        for process in reversed(self._processes):
            process.end()
        for space in self._spaces:
            space.remove()
        self._directory.cleanup()

    def carried(self):
        """Packets and bytes that the forwarder has read; a super-segment is one."""
        link, = json.loads(self.client.ip("-json", "-stats", "link", "show", "dev", DEVICE))
        return [link["stats64"]["tx"][what] for what in ("packets", "bytes")]

    def processor_time(self):
        """Of the forwarder, in seconds, the kernel's work on its behalf included."""
        tasks = pathlib.Path(f"/proc/{self.forwarder.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def pin(self, processors):
        for process in self._processes:
            process.pin(processors)

    def _space(self, suffix):
        # Named like those of tests/system, which remove what a process that was killed has left.
        made = host.Namespace(f"tpx-{os.getpid()}-{self.name}-{suffix}")
        self._spaces.append(made)
        for scope in ("all", "default"):
            made.run("sysctl", "-qw", f"net.ipv4.conf.{scope}.rp_filter=0")
        made.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        return made

    # for start()
    def launch(self, space, ready, *words):
        process = host.Process(space, ["nice", "-n", "-10", *words])
        self._processes.append(process)
        process.await_text(ready)
        return process

    def stack(self, space, name, device, profile, kernel_address=None):
        directory = pathlib.Path(self._directory.name)
        address = f", kernel_address: {kernel_address}" if kernel_address else ""
        settings = SETTINGS.format(stack=name, device=device, directory=directory, kernel_address=address)
        (directory / f"{name}.profile").write_text(profile)
        (directory / f"{name}.yaml").write_text(settings)
        return self.launch(space, "EZAIN11I", program("daemon/tcpplexd"), directory / f"{name}.profile", "--host",
                           directory / f"{name}.yaml")


class Owner(Way):
    name = "owner"

    def start(self):
        self.forwarder = self.stack(self.client, "OWNER", DEVICE, OWNER, CLIENT)
        self.stack(self.server, "TARGET", SERVER_DEVICE, TARGET)


class Copy(Way):
    name = "copy"

    def start(self):
        self.client.add_tun(DEVICE, offloads=True)
        self.server.add_tun(SECOND_DEVICE, offloads=True)
        self.client.ip("addr", "replace", f"{CLIENT}/24", "dev", DEVICE)
        self.client.ip("route", "add", SERVICE, "dev", DEVICE)
        self.forwarder = self.launch(self.client, "READY", program("bench/forwarding/bench_forwarding_copy"), DEVICE,
                                     self.server.name, SECOND_DEVICE)
        self.stack(self.server, "SINGLE", SERVER_DEVICE, SINGLE)

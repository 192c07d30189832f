"""Systems that are neighbours: their links, and that of a client, are on one bridge.

    client 10.3.0.9, 2001:db8:3::9 --- bridge --- 10.3.0.N, 2001:db8:3::N: system N, its kernel routes into its stack's TUN

DVIPAs are of the bridge's networks, so that the client asks its neighbours for them.
"""

import json

from . import ipv6
from .namespace import link
from .waiting import await_condition

DVIPA = "10.3.0.100"
DVIPA6 = "2001:db8:3::100"


class Lan:
    def __init__(self, lab):
        self._lab = lab
        self._bridge = lab.namespace("bridge")
        self._bridge.ip("link", "add", "br0", "type", "bridge")
        self._bridge.ip("link", "set", "br0", "up")
        self.client = self._join("client", 9)

    def system(self, number):
        """A namespace that forwards between the LAN and the TUN device of its stack."""
        system = self._join(f"sys{number}", number)
        system.sysctl("net/ipv4/ip_forward", 1)
        system.sysctl("net/ipv6/conf/all/forwarding", 1)
        return system

    def _join(self, name, host):
        namespace = self._lab.namespace(name)
        link(self._bridge, name, namespace, "eth0")
        self._bridge.ip("link", "set", name, "master", "br0")
        namespace.ip("address", "add", f"10.3.0.{host}/24", "dev", "eth0")
        # Usable at once: nobody else has it.
        namespace.ip("address", "add", f"2001:db8:3::{host}/64", "dev", "eth0", "nodad")
        return namespace

    def neighbour(self, address):
        """The Ethernet address that the client knows for `address`; None if it knows none."""
        return self._entry(address).get("lladdr")

    def await_neighbour(self, address, system):
        """Waits until the client knows `address` at the link of `system`."""
        wanted = ethernet_address(system)
        await_condition(lambda: self.neighbour(address) == wanted,
                        lambda: f"{address} at {wanted}: {self._entry(address)}")

    def forget(self, address):
        """The client has to ask again."""
        self.client.ip("neigh", "flush", "to", address)

    def await_nobody(self, address):
        """Waits until the client has asked for `address` and got no answer."""
        def failed():
            self.client.run("ping", "-c", "1", "-W", "1", address)
            return "FAILED" in self._entry(address).get("state", [])
        await_condition(failed, lambda: f"no answer for {address}: {self._entry(address)}", 20.0)

    def _entry(self, address):
        entries = json.loads(self.client.ip("-json", "neigh", "show", "to", address).stdout or "[]")
        return entries[0] if entries else {}


def ethernet_address(namespace):
    return json.loads(namespace.ip("-json", "link", "show", "eth0").stdout)[0]["address"]


def dvipas(number):
    """Statements of system `number`: the first has the DVIPAs, the others back them up."""
    define = [f"VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 {DVIPA}",
              f"VIPADEFINE MOVEABLE IMMEDIATE DVIPA6 {DVIPA6}/128"]
    back_up = [f"VIPABACKUP {100 - number} {DVIPA}", f"VIPABACKUP {100 - number} DVIPA6 {DVIPA6}"]
    lines = "\n".join(f"  {line}" for line in (define if number == 1 else back_up))
    return f"""{ipv6.interface(number)}
IPCONFIG SYSPLEXROUTING DATAGRAMFWD DYNAMICXCF 10.1.100.{number} 255.255.255.0 1
IPCONFIG6 DYNAMICXCF 2001:db8:10::{number}
VIPADYNAMIC
{lines}
ENDVIPADYNAMIC
"""

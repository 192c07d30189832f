"""The network around the stacks: a router, a partner behind it, and a system (namespace) for each stack.

    partner 10.2.0.9 --- router --- 192.168.N.0/30 --- system N: its kernel routes 10.1.N.0/24 into its stack's TUN

A DVIPA is routed to the system that owns it; the answers of the other systems reach the router from elsewhere,
so no reverse-path filter stands in the router.
"""

from .namespace import link

PARTNER = "10.2.0.9"
SECOND_PARTNER = "10.2.0.10"
DVIPA = "10.1.9.9"


def home_address(number):
    """The address of the stack in system `number`."""
    return f"10.1.{number}.2"


def gateway(number):
    """The kernel's address on the other side of the stack's TUN device."""
    return f"10.1.{number}.1"


class Network:
    def __init__(self, lab):
        self._lab = lab
        self.router = lab.namespace("router")
        self.router.sysctl("net/ipv4/ip_forward", 1)
        self.partner = lab.namespace("partner")
        link(self.router, "partner", self.partner, "eth0")
        self.router.ip("address", "add", "10.2.0.1/24", "dev", "partner")
        for address in (PARTNER, SECOND_PARTNER):
            self.partner.ip("address", "add", f"{address}/24", "dev", "eth0")
        self.partner.ip("route", "add", "default", "via", "10.2.0.1")

    def system(self, number, rp_filter=0, forward=1):
        """A namespace that forwards between the router and the TUN device of its stack."""
        system = self._lab.namespace(f"sys{number}")
        for scope in ("all", "default"):
            system.sysctl(f"net/ipv4/conf/{scope}/rp_filter", rp_filter)
        system.sysctl("net/ipv4/ip_forward", forward)
        link(self.router, f"sys{number}", system, "eth0")
        self.router.ip("address", "add", f"192.168.{number}.1/30", "dev", f"sys{number}")
        system.ip("address", "add", f"192.168.{number}.2/30", "dev", "eth0")
        system.ip("route", "add", "default", "via", f"192.168.{number}.1")
        self.router.ip("route", "add", f"10.1.{number}.0/24", "via", f"192.168.{number}.2")
        return system

    def lose(self, percent):
        """From now on the router drops this share of the packets in each direction, MTU-sized ones."""
        for device in self.router.links() - {"lo"}:
            self.router.ip("link", "set", device, "gso_max_segs", 1)
        self.router.run("nft", "-f", "-", check=True, stdin=f"""table ip loss {{
            chain forward {{
                type filter hook forward priority 0;
                numgen random mod 100 < {percent} drop
            }}
        }}""".encode())

    def route_dvipa(self, number, address=DVIPA):
        """Sends what is for `address` to system `number`."""
        self.router.ip("route", "replace", f"{address}/32", "via", f"192.168.{number}.2")

    def forget_dvipa(self, address=DVIPA):
        """Leaves it to routing daemons."""
        self.router.ip("route", "del", f"{address}/32")

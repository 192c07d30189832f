"""IPv6 for the network of lab.network: the same topology, with addresses 2001:db8:... on all its links.

    partner 2001:db8:2::9 --- router --- 2001:db8:f:N::/64 --- system N: 2001:db8:1:N::/64 into its stack's TUN
"""

PARTNER = "2001:db8:2::9"
VIPA = "2001:db8:8::1"
DVIPA = "2001:db8:9::9"


def home_address(number):
    """The IPv6 address of the stack in system `number`."""
    return f"2001:db8:1:{number}::2"


def gateway(number):
    """The kernel's IPv6 address on the other side of the stack's TUN device."""
    return f"2001:db8:1:{number}::1"


def interface(number):
    """Statements for a stack's IPv6 interface, OSA6; START is among them."""
    return f"""INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME OSAPORT6 IPADDR {home_address(number)}/64
BEGINROUTES
  ROUTE DEFAULT6 {gateway(number)} OSA6 MTU 1500
ENDROUTES
START OSA6"""


def add_to(network, system, number, forward=1):
    """Gives the router, the partner and system `number` addresses, and routes to what is the stack's."""
    router, partner = network.router, network.partner
    router.sysctl("net/ipv6/conf/all/forwarding", 1)
    system.sysctl("net/ipv6/conf/all/forwarding", forward)
    _assign(router, "2001:db8:2::1/64", "partner")
    _assign(partner, f"{PARTNER}/64", "eth0")
    partner.ip("route", "add", "default", "via", "2001:db8:2::1")
    _assign(router, f"2001:db8:f:{number}::1/64", f"sys{number}")
    _assign(system, f"2001:db8:f:{number}::2/64", "eth0")
    system.ip("route", "add", "default", "via", f"2001:db8:f:{number}::1")
    for destination in (f"2001:db8:1:{number}::/64", VIPA, DVIPA):
        router.ip("route", "add", destination, "via", f"2001:db8:f:{number}::2")


def _assign(namespace, address, device):
    # Usable at once: the cables have two ends, so no address is there twice.
    namespace.ip("address", "add", address, "dev", device, "nodad")

"""All rows, in the order of the tables. A new stack is a subclass of row.Row and a line here."""

from . import kernel, proxies, userspace

BASELINE = "kern-veth"

ROWS = [
    kernel.KernelRow(BASELINE, "kernel TCP over veth, all offloads"),
    kernel.KernelRow("kern-veth-1500", "the same with every offload off: real 1500-byte packets", offloads=False),
    userspace.NullRow("tun-null", "not a stack: the ceiling of one thread on TUN, with offloads", offloads=True),
    userspace.NullRow("tun-null-1500", "the same without offloads", offloads=False),
    userspace.TcpplexRow("tcpplex", "tcpplexd, TUN with offloads, MTU 1500"),
    userspace.GvisorRow("gvisor-fd", "gVisor netstack with its stock endpoint", link="fd"),
    userspace.GvisorRow("gvisor-vnet", "gVisor netstack with offloads, by our endpoint", link="vnet"),
    userspace.LwipRow("lwip", "lwIP as packaged: windows of 64 KiB, no offloads"),
    proxies.PastaRow("pasta", "pasta as it comes: a proxy, MTU 65520"),
    proxies.SlirpRow("slirp", "slirp4netns: a proxy, MTU 1500", mtu=1500),
    proxies.SlirpRow("slirp-64k", "the same with MTU 65520", mtu=65520),
]


def chosen(names):
    """Rows by names separated by commas; all if there are none. A name that is no row's ends the program."""
    return named(names, {row.name: row for row in ROWS}, "row")


def named(names, known, what):
    """The values of names separated by commas, all if there are none; ends the program at one that is not known."""
    wanted = names.split(",") if names else list(known)
    for name in wanted:
        if name not in known:
            raise SystemExit(f"bench.py: no {what} is called {name}; there are: {', '.join(known)}")
    return [known[name] for name in wanted]

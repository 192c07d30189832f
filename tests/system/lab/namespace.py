"""A kernel network namespace with settings that do not depend on the machine's own."""

import os
import signal

from .command import run
from .waiting import await_condition

PREFIX = "tpx-"
DIRECTORY = "/run/netns"

# What a new namespace would take over from the machine, and what makes thousands of connections at once possible.
SETTINGS = {
    "net/ipv4/conf/all/rp_filter": 0,
    "net/ipv4/conf/default/rp_filter": 0,
    "net/ipv4/ip_forward": 0,
    "net/ipv6/conf/all/forwarding": 0,
    "net/core/somaxconn": 16384,
    "net/ipv4/tcp_max_syn_backlog": 16384,
}


class Namespace:
    def __init__(self, name, owner=None):
        """Creates the namespace tpx-OWNER-NAME; OWNER is this process unless given."""
        self.name = f"{PREFIX}{owner or os.getpid()}-{name}"
        run(["ip", "netns", "add", self.name], check=True)
        try:
            for setting, value in SETTINGS.items():
                self.sysctl(setting, value)
            self.ip("link", "set", "lo", "up")
        except BaseException:
            self.remove()
            raise

    def prefix(self):
        """Words to put before a command so that it runs here."""
        return ["nsenter", f"--net={DIRECTORY}/{self.name}", "--"]

    def run(self, *argv, **options):
        return run(self.prefix() + list(argv), **options)

    def ip(self, *words):
        return self.run("ip", *words, check=True)

    def sysctl(self, setting, value):
        """`setting` is the path below /proc/sys."""
        self.run("sh", "-c", 'printf %s "$2" >"/proc/sys/$1"', "sh", setting, str(value), check=True)

    def read_sysctl(self, setting):
        return self.run("cat", f"/proc/sys/{setting}", check=True).stdout.strip()

    def links(self):
        """Names of the network devices."""
        lines = self.ip("-oneline", "link", "show").stdout.splitlines()
        return {line.split(": ")[1].split("@")[0] for line in lines}

    def routes(self):
        """All IPv4 routes but the kernel's own, as `ip route` prints them."""
        return [line.strip() for line in self.ip("-4", "route", "show", "table", "main").stdout.splitlines()]

    def remove(self):
        remove(self.name)


def link(one, one_device, other, other_device):
    """A cable (veth) between two namespaces; both ends up."""
    run(["ip", "link", "add", one_device, "netns", one.name, "type", "veth",
         "peer", "name", other_device, "netns", other.name], check=True)
    one.ip("link", "set", one_device, "up")
    other.ip("link", "set", other_device, "up")


def remove(name):
    """Ends what still runs in the namespace, by pid, and deletes it. Nothing to do is not an error."""
    if not os.path.exists(f"{DIRECTORY}/{name}"):
        return
    for pid in _pids(name):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    await_condition(lambda: not _pids(name), f"processes in {name} to end")
    run(["ip", "netns", "delete", name], check=True)


def _pids(name):
    return [int(word) for word in run(["ip", "netns", "pids", name], check=True).stdout.split()]


def remove_of(owner):
    """Removes every namespace made for `owner`."""
    for name in _names():
        if name.startswith(f"{PREFIX}{owner}-"):
            remove(name)


def remove_stale():
    """Removes namespaces whose test process is gone (it was killed before it could)."""
    for name in _names():
        owner = name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not os.path.exists(f"/proc/{owner}"):
            remove(name)


def _names():
    if not os.path.isdir(DIRECTORY):
        return []
    return [name for name in os.listdir(DIRECTORY) if name.startswith(PREFIX)]

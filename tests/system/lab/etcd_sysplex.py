"""Three systems on a cluster of etcd behind the router, whose links to it can be cut one by one."""

import time

from .etcd import Etcd
from .sysplex import Sysplex
from .waiting import await_condition

MEMBERS = ("10.3.0.1", "10.3.0.2", "10.3.0.3")


class EtcdSysplex(Sysplex):
    def __init__(self, lab, lease, members=3, lock="transaction", **options):
        """`lease` is in seconds: T1 is 0.8 of it after the last renewal. Options as of Sysplex."""
        addresses = MEMBERS[:members]
        endpoints = ", ".join(f"{address}:2379" for address in addresses)
        super().__init__(lab, facility=f"{{kind: etcd, endpoints: [{endpoints}], lease: {lease}, lock: {lock}}}", **options)
        for address in addresses:
            self.network.router.ip("address", "add", f"{address}/32", "dev", "lo")
        self.etcd = Etcd(lab, self.network.router, *addresses).start()

    def cut_from_etcd(self, number):
        """Nothing that system `number` sends to etcd arrives; its other traffic does."""
        self.network.router.run("nft", "-f", "-", check=True, stdin=f"""table ip cut{number} {{
            chain input {{
                type filter hook input priority 0;
                ip saddr 192.168.{number}.2 ip daddr 10.3.0.0/24 drop
            }}
        }}""".encode())

    def mend(self, number):
        self.network.router.run("nft", "delete", "table", "ip", f"cut{number}", check=True)

    def restart(self, stack):
        await_condition(lambda: f"/tcpplex/PLEX1/m/{stack.name}" not in self.etcd.keys(),
                        lambda: f"the lease of {stack.name} to end: {self.etcd.keys()}", 30.0)
        super().restart(stack)

    def await_state(self, stack, *states):
        """Waits until the lease of `stack` is in one of `states`."""
        await_condition(lambda: lease_of(stack)["state"] in states,
                        lambda: f"{stack.name} to be {states}: {lease_of(stack)}", 30.0)


def lease_of(stack):
    return stack.document("display", "cf", "connectors")["lease"]


def end_of_lease(stack):
    """T1 in seconds of CLOCK_BOOTTIME, a little late; of a stack that cannot renew its lease any more."""
    def once():
        left = lease_of(stack)["millisecondsLeft"]
        return boot_time() + (left + 1) / 1000
    return min(once() for _ in range(5))


def boot_time():
    return time.clock_gettime(time.CLOCK_BOOTTIME)

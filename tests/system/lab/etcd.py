"""Members of etcd in a namespace, and what may happen to them."""

import json
import os
import signal

from .waiting import await_condition


class Member:
    def __init__(self, lab, namespace, name, address, cluster):
        """`address` is one of the namespace, to which the stacks have a route; `cluster` as etcd's --initial-cluster."""
        self._lab = lab
        self._namespace = namespace
        self._cluster = cluster
        self.name = name
        self.address = address
        self.endpoint = f"{address}:2379"
        self._starts = 0
        self.process = None

    def launch(self):
        """On the data of before, if there are any."""
        self._starts += 1
        peer, client = f"http://{self.address}:2380", f"http://{self.endpoint}"
        self.process = self._lab.process(
            f"etcd-{self.name}-{self._starts}",
            ["etcd", f"--name={self.name}", f"--data-dir={os.path.join(self._lab.memory(), self.name)}",
             f"--listen-client-urls={client}", f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}",
             f"--initial-advertise-peer-urls={peer}", f"--initial-cluster={self._cluster}", "--log-level=error"],
            namespace=self._namespace)

    def kill(self):
        return self.process.kill()

    def pause(self):
        self.process.signal(signal.SIGSTOP)

    def resume(self):
        self.process.signal(signal.SIGCONT)


class Etcd:
    """One cluster, with a member on each address."""

    def __init__(self, lab, namespace, *addresses):
        self._namespace = namespace
        names = [f"n{number}" for number in range(1, len(addresses) + 1)]
        cluster = ",".join(f"{name}=http://{address}:2380" for name, address in zip(names, addresses))
        self.members = [Member(lab, namespace, name, address, cluster) for name, address in zip(names, addresses)]

    def start(self):
        """Starts the members that do not run. Waits until the cluster answers."""
        for member in self.members:
            if not member.process or not member.process.alive():
                member.launch()
        self.await_answer()
        return self

    def await_answer(self):
        await_condition(lambda: self.control("endpoint", "health").status == 0,
                        lambda: f"etcd to answer: {[member.process.describe() for member in self.members]}", 30.0)

    def kill(self):
        for member in self.members:
            member.kill()

    def leader(self):
        """The member that leads."""
        def find():
            states = json.loads(self.control("endpoint", "status", "-w", "json").stdout or "[]")
            names = {state["Endpoint"]: state["Status"] for state in states}
            return next((member for member in self.members if member.endpoint in names
                         and names[member.endpoint]["leader"] == names[member.endpoint]["header"]["member_id"]), None)
        return await_condition(find, "etcd to have a leader", 30.0)

    def control(self, *words):
        """Runs etcdctl."""
        endpoints = ",".join(member.endpoint for member in self.members)
        return self._namespace.run("env", "ETCDCTL_API=3", "etcdctl", f"--endpoints={endpoints}", *words)

    def revision(self):
        """It grows by one with each transaction that writes."""
        return json.loads(self.control("endpoint", "status", "-w", "json").stdout)[0]["Status"]["header"]["revision"]

    def keys(self, prefix="/tcpplex/"):
        return [line for line in self.control("get", "--prefix", "--keys-only", prefix).stdout.splitlines() if line]

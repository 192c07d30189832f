"""One member of etcd in a namespace."""

import json

from .waiting import await_condition


class Etcd:
    def __init__(self, lab, namespace, address):
        """`address` is one of the namespace, to which the stacks have a route."""
        self._lab = lab
        self._namespace = namespace
        self.endpoint = f"{address}:2379"
        self._starts = 0
        self.process = None

    def start(self):
        """On the data of before, if there are any. Waits until it answers."""
        self._starts += 1
        peer = "http://127.0.0.1:2380"
        client = f"http://{self.endpoint}"
        self.process = self._lab.process(
            f"etcd{self._starts}",
            ["etcd", "--name=n1", f"--data-dir={self._lab.path('etcd')}", f"--listen-client-urls={client}",
             f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}",
             f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=n1={peer}", "--log-level=error"],
            namespace=self._namespace)
        await_condition(lambda: self.control("endpoint", "health").status == 0,
                        lambda: f"etcd to answer: {self.process.describe()}")
        return self

    def kill(self):
        return self.process.kill()

    def control(self, *words):
        """Runs etcdctl."""
        return self._namespace.run("env", "ETCDCTL_API=3", "etcdctl", f"--endpoints={self.endpoint}", *words)

    def revision(self):
        """It grows by one with each transaction that writes."""
        return json.loads(self.control("endpoint", "status", "-w", "json").stdout)[0]["Status"]["header"]["revision"]

    def keys(self, prefix="/tcpplex/"):
        return [line for line in self.control("get", "--prefix", "--keys-only", prefix).stdout.splitlines() if line]

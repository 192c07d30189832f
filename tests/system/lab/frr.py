"""Debian's FRR in a namespace: zebra and ospfd, in a directory of their own beside any that the machine runs."""

import json
import os
import shutil

from .waiting import await_condition

PROGRAMS = "/usr/lib/frr"


class Frr:
    def __init__(self, lab, namespace, ospf):
        """`ospf` is the text of ospfd's configuration."""
        self._namespace = namespace
        self._directory = lab.path(f"frr-{namespace.name}")
        os.mkdir(self._directory)
        shutil.chown(self._directory, "frr", "frr")  # as whom they run
        self._launch(lab, "zebra", "")
        await_condition(lambda: os.path.exists(self._path("zserv.api")), f"zebra of {namespace.name} to listen")
        self._launch(lab, "ospfd", ospf)

    def await_tellers(self, count):
        """Waits until it has routes to so many others that bring in routes from outside."""
        def tellers():
            return sum(entry.get("routerType") == "asbr" for entry in self.routes().values())
        await_condition(lambda: tellers() == count, lambda: f"{count} such routers: {self.routes()}", 30.0)

    def routes(self):
        """What ospfd knows, by destination."""
        answer = self._namespace.run("vtysh", "--vty_socket", self._directory, "-c", "show ip ospf route json")
        return json.loads(answer.stdout) if answer.status == 0 else {}

    def _launch(self, lab, program, configuration):
        path = lab.write(self._path(f"{program}.conf"), configuration)
        return lab.process(
            f"{program}-{self._namespace.name}",
            [f"{PROGRAMS}/{program}", "-f", path, "-i", self._path(f"{program}.pid"), "-z", self._path("zserv.api"),
             "--vty_socket", self._directory, "-P", 0, "--log", "stdout"],
            namespace=self._namespace)

    def _path(self, name):
        return os.path.join(self._directory, name)

"""Three systems that share one address, and a partner that sees them as one."""

import os

from . import profiles
from .network import DVIPA, Network
from .peer import Capture, Client, Knock, Server
from .stack import Stack
from .waiting import await_condition


class Sysplex:
    """The network stands from the beginning; start() starts stacks on it, stop() ends them, and so on."""

    def __init__(self, lab, systems=3, rp_filter=0, facility=None, signalling=None, shards=()):
        """`facility` is what the stacks' host settings say of it; without it, a file. With `signalling`, a class
        like that of signalling.py, the systems share no directory but that of the file, as on machines of their own.
        `shards`: how many each stack has, if not one."""
        self._lab = lab
        self.facility = facility
        self._shards = shards or [1] * systems
        self._starts = 0
        self.network = Network(lab)
        self.systems = [self.network.system(number, rp_filter) for number in range(1, systems + 1)]
        self.network.route_dvipa(1)
        self.signalling = signalling(lab, self.systems) if signalling else None
        self.stacks = []

    @property
    def owner(self):
        return self.stacks[0]

    @property
    def targets(self):
        return self.stacks[1:]

    def serve(self, *services, survives=False):
        """The partner's services."""
        return Server(self._lab, self.network.partner, *services, survives=survives)

    def clients(self, count):
        """The partner's connections to the distributed port."""
        return Client(self._lab, self.network.partner, DVIPA, profiles.SERVICE_PORT, count)

    def knock(self):
        """New ones, one after the other."""
        return Knock(self._lab, self.network.partner, DVIPA, profiles.SERVICE_PORT)

    def start(self, sharing="SYSPLEXPORTS", ephemeral=(40000, 49999), extra="", service=profiles.SERVICE_PORT,
              survives=False, wrapper=(), kind=Stack):
        """Starts a stack on every system, with a new coupling facility if that is a file. Waits until all share the DVIPA."""
        self._starts += 1
        self.stacks = []
        in_a_file = f"{{kind: shared-memory, path: {self._lab.path(f'run{self._starts}')}/PLEX1.cf}}"
        for number, system in enumerate(self.systems, 1):
            name = f"TCPIP{number}"
            directory = self._directory_of(name)
            settings = profiles.host_settings(name, f"SYS{number}", directory, facility=self.facility or in_a_file,
                                              xcf=self.signalling and self.signalling.settings(number, name),
                                              shards=self._shards[number - 1])
            stack = kind(self._lab, name, system, profiles.member(number, sharing, ephemeral, extra, service),
                         settings, directory)
            self.stacks.append(stack.start(survives, wrapper))
        for stack in self.stacks:
            self.await_dvipa(stack)
        return self

    def capture(self, address):
        """What the stacks send from `address`, from here on."""
        return Capture(self._lab, self.network.router, address)

    def restart(self, stack):
        """Starts a stack that was killed, as soon as its name is free."""
        stack.start()
        self.await_dvipa(stack)

    def _directory_of(self, name):
        """Where a stack has its sockets: one for all, or one each."""
        directory = self._lab.path(os.path.join(f"run{self._starts}", name if self.signalling else ""))
        os.makedirs(directory, mode=0o755, exist_ok=True)
        return directory

    def await_dvipa(self, stack, address=DVIPA):
        """Waits until the stack may use the DVIPA: a target learns of it from the owner."""
        await_condition(lambda: address in [entry["address"] for entry in stack.document("netstat", "home")["home"]],
                        lambda: f"{address} among the home addresses of {stack.name}: {stack.screen('netstat', 'home')}")

    def await_listeners(self, count):
        """Waits until the owner knows of `count` listeners on the DVIPA."""
        def ready():
            entries = self.owner.document("netstat", "vdpt")["destinations"]
            return sum(entry["ready"] for entry in entries) == count
        await_condition(ready, lambda: f"{count} listeners: {self.owner.screen('netstat', 'vdpt')}")

    def await_ports(self, by=None, **expected):
        """Waits until the facility says this of the DVIPA's ports. Displays on etcd lag behind a little."""
        asked = by or self.owner
        await_condition(lambda: expected.items() <= (asked.ports(DVIPA) or {}).items(),
                        lambda: f"{expected}: {asked.ports(DVIPA)}", 30.0)

    def await_in_use(self, count, by=None):
        self.await_ports(by, inUse=count)

    def stop(self):
        for stack in self.stacks:
            stack.stop()
        self.stacks = []

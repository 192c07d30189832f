"""A row of the tables: a stack, brought up for measuring."""

import pathlib
import shutil
import socket
import tempfile

from . import host

CLIENT = "10.90.0.1"
STACK = "10.90.0.100"
# One source address has fewer ports than some tests have connections.
SOURCES = [CLIENT, *(f"10.90.0.{last}" for last in range(11, 18))]
DEVICE = "pbtun"
OUTBOUND_PORT = 10300


class Row:
    """Subclasses start the stack in start(), fill what differs, and may originate connections in outbound()."""

    address = STACK  # of the services echo (7), discard (9) and chargen (19)
    sources = SOURCES
    listener = CLIENT  # where the stack reaches a listener of the client
    most_idle = 1_000_000  # connections it can hold
    lacks = ()  # names of tests

    def __init__(self, name, what, **options):
        self.name = name
        self.what = what
        self.options = options
        self.processes = []

    def up(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="tcpplex-bench-"))
        self.measured = []  # processes that count as the stack
        self.spaces = []
        self.client = self.space("c")
        try:
            self.start()
        except BaseException:
            self.down()
            raise

    def down(self):
        for process in reversed(self.processes):
            process.end()
        self.processes = []
        for space in self.spaces:
            space.remove()
        shutil.rmtree(self.directory)

    def start(self):
        raise NotImplementedError

    def outbound(self, seconds, concurrent):
        """Has the stack open connections to the listener; returns when it has ended."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
            asking.bind(str(self.directory / "asking"))
            asking.settimeout(seconds + 5)
            asking.sendto(f"{self.listener} {OUTBOUND_PORT} {seconds} {concurrent}".encode(), str(self.control))
            asking.recv(100)
        (self.directory / "asking").unlink()

    @property
    def control(self):
        return self.directory / "control"

    # for start()
    def space(self, suffix):
        made = host.Namespace(f"bench-{self.name}-{suffix}")
        self.spaces.append(made)
        return made

    def launch(self, space, *words, measured=True, environment=None):
        process = host.Process(space, ["nice", "-n", "-10", *words], environment)
        self.processes.append(process)
        if measured:
            self.measured.append(process)
        return process

    def client_addresses(self, device):
        for address in self.sources:
            self.client.ip("addr", "replace", f"{address}/24", "dev", device)

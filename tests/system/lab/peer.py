"""Runs the kernel-side peer (tests/system/peer) in a namespace and asks it questions."""

import json
import os
import subprocess
import sys
import typing
from collections import Counter

from .waiting import await_condition

PROGRAM = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peer")


class _Peer:
    """Asks a line, gets a line of JSON."""

    def __init__(self, lab, name, namespace, words, **options):
        self.process = lab.process(name, [sys.executable, PROGRAM, *words], namespace=namespace,
                                   stdin=subprocess.PIPE, **options)
        self._answers = 0

    def _next(self, deadline):
        index = self._answers
        self._answers += 1

        return self.process.await_line_number(index, deadline)

    def ask(self, question, deadline=30.0):
        self.process.send(question.encode() + b"\n")
        return json.loads(self._next(deadline))


class Server(_Peer):
    """`services`: "echo:7000", "discard:7001", "http:80" ... on all addresses of the namespace."""

    def __init__(self, lab, namespace, *services, file=None, survives=False):
        words = ["serve", *(["--file", file] if file else []), *services]
        super().__init__(lab, "peer", namespace, words, survives=survives)
        self._next(20.0)

    def report(self, port):
        return self.ask(f"report {port}")

    def count(self, port):
        """Number of clients connected now."""
        return self.ask(f"count {port}")

    def live(self, port):
        """Addresses and ports of the clients connected now."""
        return [tuple(peer) for peer in self.report(port)["live"]]

    def push(self, port):
        """Sends a byte on every live connection, which the stack behind has to acknowledge."""
        return self.ask(f"push {port}")

    def end(self, port):
        """Closes every live connection, before its client does. Returns how many."""
        return self.ask(f"end {port}")

    def probe(self, port, deadline=20.0):
        """Sends a keep-alive on every live connection and waits until each is answered. Returns the last report."""
        last = {}

        def acknowledged():
            last.update(self.ask(f"probe {port}"))
            return last["waiting"] == 0

        await_condition(acknowledged, lambda: f"all connections to port {port} to answer a keep-alive: {last}", deadline)
        return last


class Client(_Peer):
    """`count` connections to address and port, kept open until close()."""

    def __init__(self, lab, namespace, address, port, count=1, deadline=60.0, timeout=10):
        super().__init__(lab, "client", namespace,
                         ["connect", "--count", count, "--timeout", timeout, address, port])
        self.opened = json.loads(self._next(deadline))

    def echo(self):
        return self.ask("echo", 60.0)

    def close(self):
        return self.ask("close")


class Pace(_Peer):
    """Echoes over `count` connections at a steady pace, until the test ends."""

    def __init__(self, lab, namespace, address, port, count, deadline=120.0):
        super().__init__(lab, "pace", namespace, ["pace", "--count", count, address, port])
        self.connected = json.loads(self._next(deadline))["connected"]

    def times(self, echoes=0):
        """{"echoes", "broken", "microseconds": {"p50", "p99", "p99.9"}} since it was last asked, of at least so many.

        `broken` are connections, since ever."""
        return self.ask(str(echoes), 120.0)


class Knock(_Peer):
    """New connections at short intervals, until the test ends."""

    def __init__(self, lab, namespace, address, port, interval=0.02):
        super().__init__(lab, "knock", namespace, ["knock", "--interval", interval, address, port])
        self._next(20.0)

    def report(self, answered=1):
        """{"answered", "failed", "longestMilliseconds"} since the last report, after so many that were answered.

        `longestMilliseconds`: between two that were."""
        return self.ask(str(answered), 60.0)


class Capture(_Peer):
    """The TCP packets from `address` that the devices of a namespace receive from here on."""

    def __init__(self, lab, namespace, address):
        super().__init__(lab, "capture", namespace, ["capture", address])
        self._next(20.0)

    def packets(self):
        """In their order; `at` is in seconds of CLOCK_BOOTTIME."""
        return [Packet(*fields) for fields in self.ask("packets")]

    def ports_of_several(self, destination_port):
        """Ports from which SYNs came over more than one device, whether they were answered or not."""
        openers = {(packet.port, packet.device) for packet in self.packets()
                   if packet.is_syn() and packet.destination_port == destination_port}
        return [port for port, count in Counter(port for port, _ in openers).items() if count > 1]


class Packet(typing.NamedTuple):
    at: float
    device: str
    port: int
    destination: str
    destination_port: int
    flags: int

    def is_syn(self):
        return self.flags & 0x02 != 0

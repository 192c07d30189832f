"""The tests: what the client does against each row."""

from dataclasses import dataclass, field


@dataclass
class Trial:
    mode: str  # of bench_peer_client
    port: int
    unit: str
    arguments: dict = field(default_factory=dict)
    # Client and stack pinned to one processor: else a virtual machine measures how it wakes a halted one.
    one_processor: bool = False


ECHO, DISCARD, CHARGEN = 7, 9, 19

TRIALS = {
    "bulk-in-1": Trial("bulk-send", DISCARD, "Gb/s", {"conns": 1}),
    "bulk-in-8": Trial("bulk-send", DISCARD, "Gb/s", {"conns": 8}),
    "bulk-out-1": Trial("bulk-receive", CHARGEN, "Gb/s", {"conns": 1}),
    "bulk-out-8": Trial("bulk-receive", CHARGEN, "Gb/s", {"conns": 8}),
    "rr-1B-1": Trial("ping-pong", ECHO, "1/s", {"conns": 1, "size": 1}),
    "rr-1B-1-onecpu": Trial("ping-pong", ECHO, "1/s", {"conns": 1, "size": 1}, one_processor=True),
    "rr-1B-64": Trial("ping-pong", ECHO, "1/s", {"conns": 64, "size": 1}),
    "rr-1K-1-onecpu": Trial("ping-pong", ECHO, "1/s", {"conns": 1, "size": 1024}, one_processor=True),
    "rr-1K-64": Trial("ping-pong", ECHO, "1/s", {"conns": 64, "size": 1024}),
    "conn-in": Trial("connect-rate", ECHO, "1/s", {"conns": 64}),
    "conn-out": Trial("accept-rate", 0, "1/s", {"conns": 64}),
}


def idle(connections):
    return Trial("hold-idle", ECHO, "bytes", {"conns": connections})

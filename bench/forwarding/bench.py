#!/usr/bin/env python3
"""What forwarding costs the owner of a distributed DVIPA: processor time of its process a packet and a byte, beside that of
a program that copies from one TUN device to another. Both are up at once and take turns in each round.

Needs root. Everything happens in namespaces of its own, which are removed."""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))

from harness import host  # noqa: E402
import ways  # noqa: E402

WARM_UP = 0.1
# Besides what the client is asked to take: connections, and the retransmission of what is lost.
PATIENCE = 20


@dataclass
class Load:
    what: str
    unit: str
    client: tuple  # mode and arguments of bench_peer_client
    # All pinned to it: of two, what is measured is how a halted one is woken.
    one_processor: bool = False


PER_PACKET, PER_BYTE = "ns a packet", "ns a KB"
LOADS = (
    Load("packets of a byte, 64 connections", PER_PACKET, ("ping-pong", "conns=64", "size=1", f"port={ways.ECHO}")),
    Load("packets of a byte, one connection, one processor", PER_PACKET,
         ("ping-pong", "conns=1", "size=1", f"port={ways.ECHO}"), one_processor=True),
    Load("super-segments, one connection", PER_BYTE, ("bulk-send", "conns=1", f"port={ways.DISCARD}")),
)


@dataclass
class Run:
    """What passed the forwarder, and its processor time in seconds."""
    packets: int
    bytes: int
    time: float

    def cost(self, load):
        return self.time * 1e9 / (self.packets if load.unit == PER_PACKET else self.bytes / 1000)

    def size(self):
        return self.bytes / self.packets


def drive(way, load, seconds):
    """The client's answer; an error if it has none."""
    words = [*way.client.prefix(), *(["taskset", "-c", "0"] if load.one_processor else []),
             host.program("client"), *load.client, f"addr={ways.SERVICE}", f"src={ways.CLIENT}", f"secs={seconds}",
             f"warmup={WARM_UP}"]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=seconds + PATIENCE,
                          check=False)
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"{way.name}: the client failed: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout)


def measure(way, load, seconds):
    way.pin({0} if load.one_processor else set(range(os.cpu_count())))
    before, began = way.carried(), way.processor_time()
    answer = drive(way, load, seconds)
    time = way.processor_time() - began
    packets, size = (now - then for now, then in zip(way.carried(), before))
    if not answer["value"] or not packets:
        raise RuntimeError(f"{way.name}: {packets} packets in a run of {load.what}, and the client says {answer}")
    return Run(packets, size, time)


def report(load, runs):
    """Medians, and what they are made of."""
    owner, copy = (statistics.median(run.cost(load) for run in runs[name]) for name in ("owner", "copy"))
    print(f"\n{load.what}: owner {owner:.1f}, copy {copy:.1f} {load.unit}: {owner / copy:.2f} of a copy")
    for name, all_of_it in runs.items():
        costs = [run.cost(load) for run in all_of_it]
        print(f"  {name:5}  {min(costs):.1f} to {max(costs):.1f}; packets of "
              f"{statistics.median(run.size() for run in all_of_it):.0f} bytes, "
              f"{statistics.median(run.packets for run in all_of_it):.0f} a run")


def bench(options):
    with contextlib.ExitStack() as stack:
        both = [ways.Owner(), ways.Copy()]
        for way in both:
            way.up()
            stack.callback(way.down)
        for load in LOADS:
            runs = {way.name: [] for way in both}
            for _ in range(options.rounds):
                for way in both:
                    runs[way.name].append(measure(way, load, options.seconds))
            report(load, runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each run")
    try:
        bench(parser.parse_args())
    except (RuntimeError, subprocess.SubprocessError) as problem:
        sys.exit(f"bench.py: {problem}")


if __name__ == "__main__":
    main()

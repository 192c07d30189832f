"""Namespaces and processes of one row."""

import os
import pathlib
import select
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("TCPPLEX_BENCH_BUILD", ROOT / "build/release/bench/peers"))

# The defaults of a new namespace limit the client rather than the stack: ports, TIME_WAIT, backlog.
SETTINGS = {
    "net.ipv4.tcp_congestion_control": "reno",
    "net.ipv4.ip_local_port_range": "1024 65535",
    "net.ipv4.ip_local_reserved_ports": "10300",
    "net.ipv4.tcp_max_tw_buckets": "2000",
    "net.ipv4.tcp_tw_reuse": "1",
    "net.core.somaxconn": "65535",
    "net.ipv4.tcp_max_syn_backlog": "65535",
    "net.ipv4.tcp_no_metrics_save": "1",
    "net.ipv6.conf.all.disable_ipv6": "1",
    "net.ipv6.conf.default.disable_ipv6": "1",
}


def run(*words, check=True):
    return subprocess.run([str(word) for word in words], check=check, capture_output=True, text=True).stdout


def program(name):
    """What `bench_peers` has built; an error says what to do."""
    path = BUILD / f"bench_peer_{name}"
    if not path.exists():
        raise RuntimeError(f"{path} is missing: tools/build release bench_peers, with packages.txt installed")
    return path


class Namespace:
    def __init__(self, name):
        self.name = name
        run("ip", "netns", "add", name)
        self.ip("link", "set", "lo", "up")
        for key, value in SETTINGS.items():
            self.run("sysctl", "-qw", f"{key}={value}", check=False)

    def prefix(self):
        """Words before a command that make it run here. Unlike ip(8)'s, they need no mounts, which a chroot refuses."""
        return ["nsenter", f"--net=/run/netns/{self.name}", "--"]

    def ip(self, *words):
        return self.run("ip", *words)

    def run(self, *words, check=True):
        return run(*self.prefix(), *words, check=check)

    def add_tun(self, name, offloads, mtu=1500):
        """A persistent device that the stack opens."""
        self.ip("tuntap", "add", "dev", name, "mode", "tun", *(["vnet_hdr"] if offloads else []))
        self.ip("link", "set", name, "mtu", mtu, "txqueuelen", 1000, "up")

    def remove(self):
        run("ip", "netns", "del", self.name, check=False)


class Process:
    """In a namespace, with its output in a file."""

    def __init__(self, namespace, words, environment=None):
        self._output = tempfile.TemporaryFile("w+")
        words = [*namespace.prefix(), *map(str, words)]
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._output,
                                         env={**os.environ, **(environment or {})})
        self.pid = self._process.pid  # nsenter(1) has executed the program

    def output(self):
        self._output.seek(0)
        return self._output.read()

    def await_text(self, text, seconds=10):
        limit = time.monotonic() + seconds
        while text not in self.output():
            if self._process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"no {text!r} from {self._process.args}: {self.output()[-500:]}")
            select.select([], [], [], 0.02)

    def pin(self, processors):
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            os.sched_setaffinity(int(thread), processors)

    def end(self):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

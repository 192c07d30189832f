"""Many connections from a stack at once: `tcpplex connect --count N --hold`, its summary and its end."""

import json
import signal

from .process import DeadlineMissed


class Connector:
    """Connections that stay open until release(). `words`: further options of tcpplex connect.

    With `expect_echo`, what comes back must be the payload; without, anything may come, and is read."""

    def __init__(self, stack, address, port, count=1, *words, payload=b"a line that must come back\n", survives=False,
                 expect_echo=True):
        self.stack = stack
        self.process = stack.begin(
            "--json", "connect", "--count", count, "--hold", *(["--expect-echo"] if expect_echo else []), *words,
            address, port,
            stdin=payload, survives=survives)

    def summary(self, deadline=120.0):
        """{"connected", "echoed", "failed", "local"}, as soon as all are connected or refused."""
        line = self.process.await_line(lambda text: '"connected"' in text, "its summary", deadline)
        return json.loads(line)

    def local_ports(self, deadline=120.0):
        return [local["port"] for local in self.summary(deadline)["local"]]

    def release(self, deadline=30.0):
        """Closes all. Returns how many had broken before."""
        self.process.signal(signal.SIGTERM)
        status = self.process.wait(deadline)
        last = json.loads(self.process.stdout.lines()[-1])
        broken = last.get("broken", 0)
        if status not in (0, 1):
            raise DeadlineMissed(f"a connector ended with status {status}: {self.process.describe()}")
        return broken

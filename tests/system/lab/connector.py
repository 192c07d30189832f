"""Many connections from a stack at once: `tcpplex connect --count N --hold`, its summary and its end."""

import json
import signal

from .process import DeadlineMissed
from .waiting import await_condition

# The numbers of poll, epoll_wait and epoll_pwait of x86-64, and of ppoll and epoll_pwait of arm64.
WAITING = {"7", "232", "281", "73", "22"}


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

    def await_request(self):
        """Waits until the stack has the request and the application nothing to do but to wait for the answer."""
        def waits():
            with open(f"/proc/{self.process.pid}/syscall", encoding="ascii") as file:
                return file.read().split()[0] in WAITING
        await_condition(waits, lambda: f"a request to be sent: {self.process.describe()}")
        self.stack.screen("netstat", "home")  # answered after what came before

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

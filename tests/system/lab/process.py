"""A child process in a namespace: what it prints (kept in files), its end, its exit status."""

import os
import signal
import subprocess

from .waiting import DeadlineMissed, await_condition


class Output:
    """What a child has written to a file so far."""

    def __init__(self, path):
        self.path = path

    def bytes(self):
        with open(self.path, "rb") as file:
            return file.read()

    def text(self):
        return self.bytes().decode(errors="replace")

    def lines(self):
        """The lines that are complete."""
        return self.text().split("\n")[:-1]


CRASHES = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGFPE, -signal.SIGILL, -signal.SIGABRT, -signal.SIGTRAP}


class Process:
    """A child that dies with us, unless `survives`. Its output goes to files under `path` (.out and .err).

    Start it from the main thread: the kernel ties the child to the thread that made it.
    `stdin` is bytes to send, subprocess.PIPE to write later by send(), or None for an empty one.
    """

    def __init__(self, argv, path, namespace=None, stdin=None, survives=False, env=None):
        self.argv = [str(word) for word in argv]
        self.stuck = False
        self.name = os.path.basename(path)
        self.stdout = Output(path + ".out")
        self.stderr = Output(path + ".err")
        tie = [] if survives else ["setpriv", "--pdeathsig", "KILL", "--"]
        prefix = namespace.prefix() if namespace else []
        with open(self.stdout.path, "wb") as out, open(self.stderr.path, "wb") as err:
            self.child = subprocess.Popen(
                tie + prefix + self.argv, stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
                stdout=out, stderr=err, env=env, start_new_session=survives)
        if isinstance(stdin, bytes):
            self.send(stdin)
            self.close_stdin()

    @property
    def pid(self):
        return self.child.pid

    def alive(self):
        return self.child.poll() is None

    def send(self, data):
        try:
            self.child.stdin.write(data)
            self.child.stdin.flush()
        except BrokenPipeError:
            pass  # its exit status tells

    def close_stdin(self):
        try:
            self.child.stdin.close()
        except BrokenPipeError:
            pass

    def await_line(self, predicate, what, deadline=20.0, output=None):
        """The first complete line of `output` (default: stdout) for which `predicate` holds."""
        output = output or self.stdout
        return self._await_output(lambda: next((line for line in output.lines() if predicate(line)), None), what, deadline)

    def await_line_number(self, index, deadline=20.0):
        """Line `index` of stdout, from 0."""
        def line():
            return next(iter(self.stdout.lines()[index:index + 1]), None)

        return self._await_output(line, f"line {index} of output", deadline)

    def _await_output(self, find, what, deadline):
        def look():
            alive = self.alive()  # before reading: what it wrote before its end is then seen
            line = find()
            return (line,) if line is not None or not alive else None

        line = await_condition(look, lambda: f"{what} from {self.describe()}", deadline)[0]
        if line is None:
            raise DeadlineMissed(f"{self.name} ended without {what}: {self.describe()}")
        return line

    def wait(self, deadline=60.0):
        """The exit status; DeadlineMissed if it does not end."""
        try:
            return self.child.wait(deadline)
        except subprocess.TimeoutExpired:
            raise DeadlineMissed(f"{self.name} did not end in {deadline:g} s: {self.describe()}") from None

    def signal(self, number):
        if self.alive():
            self.child.send_signal(number)

    def end(self, deadline=10.0):
        """Asks it to end, and sees to it that it does. Returns the exit status."""
        if self.child.stdin:
            self.close_stdin()
        self.signal(signal.SIGTERM)
        self.signal(signal.SIGCONT)
        try:
            return self.child.wait(deadline)
        except subprocess.TimeoutExpired:
            self.stuck = True
            return self.kill()

    def misbehaved(self):
        """Whether it crashed, or had to be killed because it did not end when asked to."""
        return self.stuck or self.child.returncode in CRASHES

    def kill(self):
        """kill -9, and waits until it is gone."""
        if self.alive():
            self.child.kill()
        return self.wait()

    def describe(self):
        state = "runs" if self.alive() else f"ended with status {self.child.returncode}"
        parts = [f"`{' '.join(self.argv)}` (pid {self.pid}) {state}"]
        for label, output in (("stdout", self.stdout), ("stderr", self.stderr)):
            tail = output.lines()[-15:]
            if tail:
                parts.append(f"--- {label}\n" + "\n".join(line[:200] for line in tail))
        return "\n".join(parts)

"""A stack that opens connections by itself (tests/load): more than a process has descriptors for."""

import json
import subprocess

from .stack import Stack


class LoadStack(Stack):
    program = "tcpplex_load"
    options = {"stdin": subprocess.PIPE}

    def ask(self, *words):
        """Gives the program a command; its answer comes from answer()."""
        self._printed = len(self.daemon.stdout.lines())
        self.daemon.send(" ".join(map(str, words)).encode() + b"\n")
        return self

    def answer(self, deadline=300.0):
        return json.loads(self.daemon.await_line_number(self._printed, deadline))

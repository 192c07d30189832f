"""Runs a command that ends by itself, and says all about it when it fails."""

import subprocess
from dataclasses import dataclass


@dataclass
class Outcome:
    argv: list
    status: int
    stdout: str
    stderr: str

    def __str__(self):
        return (f"`{' '.join(self.argv)}` ended with status {self.status}\n"
                f"--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}")


class CommandFailed(AssertionError):
    """A command that must succeed did not."""


def run(argv, stdin=b"", deadline=60.0, check=False, env=None):
    """Runs `argv` to its end. With `check`, a status other than 0 raises CommandFailed."""
    argv = [str(word) for word in argv]
    try:
        done = subprocess.run(argv, input=stdin, capture_output=True, timeout=deadline, env=env, check=False)
    except subprocess.TimeoutExpired as late:
        raise CommandFailed(f"`{' '.join(argv)}` did not end in {deadline:g} s; stdout {late.stdout!r}; "
                            f"stderr {late.stderr!r}") from None
    outcome = Outcome(argv, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
    if check and outcome.status != 0:
        raise CommandFailed(str(outcome))
    return outcome

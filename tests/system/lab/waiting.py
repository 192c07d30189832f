"""Awaits a condition with a deadline: the only way a test waits for something that announces nothing."""

import threading
import time

# Between two looks at the condition. Short, so that a wait ends soon after the condition holds.
PAUSE = 0.02


class DeadlineMissed(AssertionError):
    """A condition did not come true in time."""


def await_condition(condition, what, deadline=10.0):
    """Returns the first true value of `condition()`; after `deadline` seconds raises DeadlineMissed naming `what`.

    `what` may be a function, which is then asked for the text at the end (to say how far things had come).
    """
    end = time.monotonic() + deadline
    never = threading.Event()
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            text = what() if callable(what) else what
            raise DeadlineMissed(f"waited {deadline:g} s in vain: {text}")
        never.wait(PAUSE)

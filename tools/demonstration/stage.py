"""What the audience sees: steps with times, screens, and a table of everything that was checked."""

import time


class Unexpected(Exception):
    """Something did not hold."""


class Stage:
    def __init__(self):
        self._start = time.monotonic()
        self._act = ""
        self._rows = []

    def act(self, title):
        self._act = title
        print(f"\n=== {title}", flush=True)

    def say(self, text):
        seconds = time.monotonic() - self._start
        print(f"[{seconds:6.1f} s] {text}", flush=True)

    def text(self, text):
        print(text, flush=True)

    def screen(self, stack, *words, head=None):
        """A display of a stack, at most `head` lines of it."""
        print(f"\n$ tcpplex -s {stack.name} {' '.join(words)}")
        lines = stack.screen(*words).rstrip("\n").split("\n")
        for line in lines[:head]:
            print(f"    {line}")
        if head and len(lines) > head:
            print(f"    ... {len(lines) - head} more lines")
        print(flush=True)

    def check(self, what, expected, found):
        """Records that `found` is what it must be; raises Unexpected if not."""
        good = expected(found) if callable(expected) else expected == found
        shown = found if not isinstance(found, (set, list, dict)) or len(found) <= 12 else f"{len(found)} entries"
        self._rows.append((self._act, what, shown, good))
        self.say(f"{'ok    ' if good else 'FAILED'} {what}: {shown}")
        if not good:
            wanted = "" if callable(expected) else f", expected {expected}"
            raise Unexpected(f"{what}: found {shown}{wanted}")

    def summary(self):
        print("\n=== Summary")
        width = max((len(what) for _, what, _, _ in self._rows), default=0)
        last = None
        for act, what, found, good in self._rows:
            if act != last:
                print(f"\n  {act}")
                last = act
            print(f"    {'ok    ' if good else 'FAILED'}  {what:{width}}  {found}")
        held = sum(good for *_, good in self._rows)
        print(f"\n  {held} of {len(self._rows)} checks held, {time.monotonic() - self._start:.0f} s", flush=True)

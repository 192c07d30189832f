"""A wall clock of a daemon's own, with Debian's libfaketime; its other clocks are the machine's."""

import glob

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class WallClock:
    def __init__(self, lab, monotonic_too=False):
        """`monotonic_too`: the clocks that nobody can set are moved as well, as in no real machine."""
        self._path = lab.write("wall-clock", "+0\n")
        library = glob.glob(LIBRARY)
        if not library:
            raise FileNotFoundError(f"{LIBRARY}: install libfaketime (tools/install does)")
        self.wrapper = ["env", f"LD_PRELOAD={library[0]}", f"FAKETIME_TIMESTAMP_FILE={self._path}",
                        "FAKETIME_CACHE_DURATION=1", *([] if monotonic_too else ["DONT_FAKE_MONOTONIC=1"])]

    def move(self, seconds):
        """To so many seconds from the machine's clock. The daemon looks at it once a second."""
        with open(self._path, "w", encoding="ascii") as file:
            file.write(f"{seconds:+d}\n")

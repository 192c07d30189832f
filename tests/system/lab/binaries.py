"""Where the programs under test are."""

import os
import shutil


def find(program):
    """The path of a program in the folders of TCPPLEX_BIN (separated by colons)."""
    folders = os.environ.get("TCPPLEX_BIN", "")
    path = shutil.which(program, path=folders)
    if not path:
        raise FileNotFoundError(f"{program} is not in TCPPLEX_BIN={folders!r}: build it, and set TCPPLEX_BIN to the "
                                "folders of tcpplexd and tcpplex (ctest does)")
    return path

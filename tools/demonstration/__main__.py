"""The demonstration: its acts in order, and the end of everything it made."""

import argparse
import os
import shutil
import signal
import sys

import afterwards
from act_change import change
from act_collision import collision
from act_failure import failure
from act_one_address import one_address
from act_takeover import takeover
from crowd import SERVICES, await_quiet
from lab import namespace
from lab.laboratory import Laboratory
from lab.sysplex import Sysplex
from stage import Stage, Unexpected

OWNER = "demo"
DIRECTORY = "/run/tcpplex-demo"


def remove():
    namespace.remove_of(OWNER)
    shutil.rmtree(DIRECTORY, ignore_errors=True)


def play(stage, keep):
    with Laboratory(OWNER, DIRECTORY) as lab:
        try:
            stage.say("three systems, a router and a partner, each a network namespace")
            sysplex = Sysplex(lab)
            partner = sysplex.serve(*(f"echo:{port}" for port in SERVICES), survives=keep)
            for act in (one_address, collision, change, failure, takeover):
                act(stage, sysplex, partner)
                await_quiet(partner)
                sysplex.stop()
            if keep:
                afterwards.leave_up(stage, sysplex)
                lab.keep()
            return sysplex
        except Exception:
            stage.text(lab.describe(running=True))
            raise


def main():
    parser = argparse.ArgumentParser(prog="tools/demo")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--remove", action="store_true")
    arguments = parser.parse_args()
    if arguments.remove:
        remove()
        print("removed")
        return 0
    if os.path.exists(DIRECTORY):
        print(f"tools/demo: {DIRECTORY} exists: another demonstration runs or was kept; tools/demo --remove removes it",
              file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    stage = Stage()
    try:
        sysplex = play(stage, arguments.keep)
    except KeyboardInterrupt:
        print("\ninterrupted; everything is removed", file=sys.stderr)
        return 1
    except (Unexpected, AssertionError, OSError) as error:
        stage.summary()
        print(f"\nFAILED: {error}", file=sys.stderr)
        return 1
    stage.summary()
    if arguments.keep:
        afterwards.explain(stage, sysplex)
    return 0


sys.exit(main())

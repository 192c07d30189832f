"""The partner: a program on the kernel's own TCP, which judges what stacks do.

    python3 peer serve echo:7000 http:80 ...        serves until it is ended; prints "ready"
    python3 peer connect --count N ADDR PORT ...    opens connections, checks the echo, keeps them open

    python3 peer pace --count N ADDR PORT   echoes at a steady pace; N on stdin asks for the times of at least N

    python3 peer knock --interval S ADDR PORT   opens connections one after the other; N on stdin asks for the
                                            longest time in which none was answered, after N that were

    python3 peer capture ADDR               notes the packets from an address, by device and time; prints "ready"

All read commands from stdin, a line each, and answer each with one line of JSON on stdout.
"""

import argparse
import resource
import sys

from capture import Capture
from client import Client
from knock import Knock
from pace import Pace
from server import Server


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    parser = argparse.ArgumentParser(prog="peer")
    verbs = parser.add_subparsers(dest="verb", required=True)
    serve = verbs.add_parser("serve", help="serve, and answer report PORT | count PORT | probe PORT | push PORT")
    serve.add_argument("--file", help="what http answers to every request")
    serve.add_argument("service", nargs="+", help="echo:PORT, discard:PORT or http:PORT")
    for verb, what in (("connect", "connect, and answer echo | report | close"),
                       ("pace", "connect, echo at a steady pace, and answer N with the times of at least N echoes")):
        connect = verbs.add_parser(verb, help=what)
        connect.add_argument("--count", type=int, default=1)
        connect.add_argument("--timeout", type=float, default=10.0)
        connect.add_argument("address")
        connect.add_argument("port", type=int)
    knock = verbs.add_parser("knock", help="open connections one after the other, and answer N")
    knock.add_argument("--interval", type=float, default=0.02, help="seconds between two")
    knock.add_argument("--timeout", type=float, default=2.0, help="seconds until one is given up")
    knock.add_argument("address")
    knock.add_argument("port", type=int)
    capture = verbs.add_parser("capture", help="note packets, and answer packets")
    capture.add_argument("address", help="their source")
    arguments = parser.parse_args()
    if arguments.verb == "serve":
        Server(dict(reversed(text.split(":")) for text in arguments.service), arguments.file).run()
    elif arguments.verb == "capture":
        Capture(arguments.address).run()
    elif arguments.verb == "knock":
        Knock(arguments.address, arguments.port, arguments.interval, arguments.timeout).run()
    else:
        kind = Pace if arguments.verb == "pace" else Client
        kind(arguments.address, arguments.port, arguments.count, arguments.timeout).run()
    return 0


sys.exit(main())

"""One stack: its daemon, and the commands an operator or an application gives it."""

import json
import signal

from . import binaries, command

READY = "ALL TCPIP SERVICES FOR PROC"


class Stack:
    program = "tcpplexd"
    options = {}  # of the process
    flags = ()  # of the daemon

    def __init__(self, lab, name, namespace, profile, settings, directory=None):
        """`profile` and `settings` are texts; `directory` is where the settings put the control socket."""
        self._lab = lab
        self.name = name
        self.namespace = namespace
        self.profile = lab.write(f"{name.lower()}.profile", profile)
        self.settings = lab.write(f"{name.lower()}.yaml", settings)
        self.socket = f"{directory or lab.directory}/{name}.sock"
        self.daemon = None

    def launch(self, survives=False, wrapper=()):
        """Starts the daemon, by the words of `wrapper`, without waiting for it."""
        self.daemon = self._lab.process(
            self.name, [*wrapper, binaries.find(self.program), self.profile, "--host", self.settings, *self.flags],
            namespace=self.namespace, survives=survives, **self.options)
        return self

    def start(self, survives=False, wrapper=()):
        self.launch(survives, wrapper)
        self.daemon.await_line(lambda line: READY in line and self.name in line, f'the line "{READY} {self.name}"')
        return self

    def stop(self):
        """Ends the daemon in order. Returns its exit status."""
        return self.daemon.end()

    def kill(self):
        """kill -9."""
        return self.daemon.kill()

    def pause(self):
        self.daemon.signal(signal.SIGSTOP)

    def resume(self):
        self.daemon.signal(signal.SIGCONT)

    def argv(self, *words):
        return [binaries.find("tcpplex"), "-s", self.socket, *map(str, words)]

    def tcpplex(self, *words, **options):
        """Runs the tcpplex command on this stack. Options as of command.run."""
        return command.run(self.argv(*words), **options)

    def begin(self, *words, **options):
        """Starts a tcpplex command that goes on, for example one that holds connections."""
        verb = next(word for word in words if not word.startswith("-"))
        return self._lab.process(f"{self.name}-{verb}", self.argv(*words), **options)

    def listen_echo(self, address, port):
        """A listener that sends back what it gets; returns when it listens."""
        listener = self.begin("listen", "--echo", address, port)
        listener.await_line(lambda line: "listening on" in line, "listening on", output=listener.stderr)
        return listener

    def screen(self, *words):
        return self.tcpplex(*words, check=True).stdout

    def document(self, *words):
        """A display as the JSON document it is made from."""
        return json.loads(self.screen("--json", *words))

    def connections(self, report="allconn", **filters):
        words = [word for name, value in filters.items() for word in ({"port": "-P", "address": "-I"}[name], value)]
        return self.document("netstat", report, *words)["connections"]

    def ports(self, dvipa):
        """What the coupling facility says of a DVIPA's ports."""
        found = [entry for entry in self.document("display", "cf", "ports", dvipa)["dvipas"]
                 if entry["address"] == dvipa]
        return found[0] if found else None

    def obeyfile(self, text, **options):
        path = self._lab.write(f"{self.name.lower()}.obey", text)
        return self.tcpplex("vary", "obeyfile", path, **options)

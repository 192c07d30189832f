"""Serves echo and discard on kernel sockets, many thousand connections in one loop, and reports on them."""

import errno
import json
import os
import selectors
import socket
import sys

import connection
import kernel_socket
from probe import Probe


class Service:
    """One port: its listeners, its live connections, and what became of the others."""

    def __init__(self, port, kind, file):
        self.port = port
        self.serve = connection.KINDS[kind]
        self.file = file
        self.live = {}
        self.probes = {}
        self.accepted = self.closed = self.resets = self.received = 0
        self.listeners = kernel_socket.listeners(port)

    def report(self):
        return {"port": self.port, "live": sorted(self.live), "accepted": self.accepted, "closed": self.closed,
                "resets": self.resets, "received": self.received}


class Server:
    def __init__(self, ports, file):
        """`ports`: {port as text: kind of service}; `file`: path of what http sends."""
        self._services = {int(port): Service(int(port), kind, file) for port, kind in ports.items()}
        self._selector = selectors.DefaultSelector()
        self._commands = b""
        for service in self._services.values():
            for listener in service.listeners:
                self._selector.register(listener, selectors.EVENT_READ, (self._accept, (service, listener)))
        os.set_blocking(sys.stdin.fileno(), False)
        self._selector.register(sys.stdin, selectors.EVENT_READ, (self._command, None))

    def run(self):
        print("ready", flush=True)
        while True:
            for key, _ in self._selector.select():
                act, subject = key.data
                act(subject)

    def _accept(self, place):
        service, listener = place
        while True:
            try:
                sock, (address, port, *_) = listener.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            sock.setblocking(False)
            one = service.serve(sock, service, (address, port))
            service.live[address, port] = one
            service.accepted += 1
            self._selector.register(sock, selectors.EVENT_READ, (self._serve, one))

    def _serve(self, one):
        try:
            ended = one.serve()
        except OSError as error:
            if error.errno not in (errno.ECONNRESET, errno.EPIPE, errno.ETIMEDOUT):
                raise
            one.service.resets += 1
            self._drop(one)
            return
        if ended:
            one.service.closed += 1
            self._drop(one)
        else:
            self._selector.modify(one.sock, one.interest(), (self._serve, one))

    def _drop(self, one):
        self._selector.unregister(one.sock)
        one.service.live.pop(one.peer, None)
        one.sock.close()

    def _command(self, _):
        data = os.read(sys.stdin.fileno(), 65536)
        if not data:
            self._selector.unregister(sys.stdin)
            return
        self._commands += data
        *lines, self._commands = self._commands.split(b"\n")
        for line in lines:
            print(json.dumps(self._answer(line.decode().split())), flush=True)

    def _answer(self, words):
        verb, service = words[0], self._services[int(words[1])]
        if verb == "report":
            return service.report()
        if verb == "count":
            return len(service.live)
        if verb == "probe":
            return self._probe(service)
        if verb == "push":
            return self._push(service)
        if verb == "end":
            return self._end(service)
        return {"error": f"{verb}: expected report, count, probe, push or end"}

    def _end(self, service):
        """Closes every live connection, before its client does. Returns how many."""
        ended = list(service.live.values())
        for one in ended:
            service.closed += 1
            self._drop(one)
        return len(ended)

    def _push(self, service):
        """Sends a byte on every live connection. Returns how many took it."""
        taken = 0
        for one in service.live.values():
            one.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                taken += one.sock.send(b".")
            except OSError:
                pass  # full, or reset: that is told when it is served
        return taken

    def _probe(self, service):
        """Starts a probe of every live connection, or says how many of those started have no answer yet."""
        if not service.probes:
            service.probes = {peer: Probe(one.sock) for peer, one in service.live.items()}
            started = len(service.probes)
        else:
            started = 0
        service.probes = {peer: probe for peer, probe in service.probes.items()
                          if probe.is_of(service.live.get(peer)) and not probe.answered()}
        return {"live": len(service.live), "started": started, "waiting": len(service.probes),
                "resets": service.resets}

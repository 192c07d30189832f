"""Serves echo and discard on kernel sockets, many thousand connections in one loop, and reports on them."""

import errno
import json
import os
import selectors
import sys

import connection
import kernel_socket


class Service:
    """One port: its listener, its live connections, and what became of the others."""

    def __init__(self, port, kind, file):
        self.port = port
        self.serve = connection.KINDS[kind]
        self.file = file
        self.live = {}
        self.accepted = self.closed = self.resets = self.received = 0
        self.listener = kernel_socket.listener(port)

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
            self._selector.register(service.listener, selectors.EVENT_READ, (self._accept, service))
        os.set_blocking(sys.stdin.fileno(), False)
        self._selector.register(sys.stdin, selectors.EVENT_READ, (self._command, None))

    def run(self):
        print("ready", flush=True)
        while True:
            for key, _ in self._selector.select():
                act, subject = key.data
                act(subject)

    def _accept(self, service):
        while True:
            try:
                sock, peer = service.listener.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            sock.setblocking(False)
            one = service.serve(sock, service, peer)
            service.live[peer] = one
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
        return {"error": f"{verb}: expected report, count or probe"}

    def _probe(self, service):
        """Sends one byte on every live connection and says which have none of theirs unacknowledged."""
        sent, waiting = 0, 0
        for one in list(service.live.values()):
            if not one.probed:
                one.probed = True
                try:
                    one.sock.send(b"?")
                except OSError:
                    continue  # its reset is reported by the loop
                sent += 1
            if one.unacknowledged():
                waiting += 1
        return {"live": len(service.live), "sent": sent, "waiting": waiting, "resets": service.resets}

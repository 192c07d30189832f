"""New connections at short intervals, and the longest time in which none succeeded."""

import errno
import json
import selectors
import socket
import sys
import time

TEXT = b"is anybody there\n"


class Knock:
    """Each attempt is a connection of its own, given up after `timeout`: the next does not wait for it."""

    def __init__(self, address, port, interval, timeout):
        self._to = (address, port)
        self._family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._interval = interval
        self._timeout = timeout
        self._selector = selectors.DefaultSelector()
        self._selector.register(sys.stdin, selectors.EVENT_READ)
        self._under_way = {}
        self._last = time.monotonic()
        self._longest = 0.0
        self._answered = 0
        self._failed = {}

    def run(self):
        """A number on stdin asks for the report when so many have been answered since the last one."""
        print(json.dumps({"ready": True}), flush=True)
        asked = None
        due = time.monotonic()
        while True:
            now = time.monotonic()
            while due <= now:
                self._begin(now)
                due += self._interval
            for key, _ in self._selector.select(max(0.0, due - now)):
                if key.fileobj is not sys.stdin:
                    self._go_on(key.fileobj)
                elif line := sys.stdin.readline():
                    asked = int(line)
                else:
                    return
            self._give_up(time.monotonic())
            if asked is not None and self._answered >= asked:
                asked = None
                self._report()

    def _report(self):
        longest = max(self._longest, time.monotonic() - self._last)
        print(json.dumps({"answered": self._answered, "failed": self._failed,
                          "longestMilliseconds": round(longest * 1000)}), flush=True)
        self._answered, self._longest, self._failed = 0, 0.0, {}

    def _begin(self, now):
        sock = socket.socket(self._family, socket.SOCK_STREAM)
        # What is over leaves no TIME-WAIT: a long series would run out of ports.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        sock.setblocking(False)
        outcome = sock.connect_ex(self._to)
        if outcome not in (0, errno.EINPROGRESS):
            return self._fail(sock, outcome)
        self._under_way[sock] = now
        self._selector.register(sock, selectors.EVENT_WRITE)

    def _go_on(self, sock):
        if self._selector.get_key(sock).events == selectors.EVENT_WRITE:
            outcome = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if outcome != 0:
                return self._end(sock, outcome)
            sock.send(TEXT)
            self._selector.modify(sock, selectors.EVENT_READ)
            return None
        try:
            data = sock.recv(len(TEXT))
        except OSError as problem:
            return self._end(sock, problem.errno)
        if data != TEXT:
            return self._end(sock, errno.EPIPE)
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now
        self._answered += 1
        return self._end(sock, 0)

    def _give_up(self, now):
        for sock in [each for each, began in self._under_way.items() if now - began > self._timeout]:
            self._end(sock, errno.ETIMEDOUT)

    def _end(self, sock, outcome):
        self._selector.unregister(sock)
        del self._under_way[sock]
        self._fail(sock, outcome)

    def _fail(self, sock, outcome):
        sock.close()
        if outcome != 0:
            name = errno.errorcode.get(outcome, str(outcome))
            self._failed[name] = self._failed.get(name, 0) + 1

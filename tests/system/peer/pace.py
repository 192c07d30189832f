"""Echoes over many kernel connections at a steady pace, and how long they took."""

import collections
import json
import selectors
import sys
import time

import kernel_socket

AT_ONCE = 32
TEXT = b"a line that must come back, whatever is changed meanwhile\n"


class Pace:
    """A few echoes are under way at any time, over one connection after the other."""

    def __init__(self, address, port, count, timeout):
        self._open = [kernel_socket.connect(address, port, timeout) for _ in range(count)]
        self._selector = selectors.DefaultSelector()
        self._began = {}
        self._got = {}
        self._waiting = collections.deque(self._open)
        self._times = []
        self._broken = 0
        self._asked = None
        for sock in self._open:
            sock.setblocking(False)
            self._selector.register(sock, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def run(self):
        """A number on stdin asks for the times since the last report, when there are so many; its end ends all."""
        print(json.dumps({"connected": len(self._open)}), flush=True)
        for _ in range(AT_ONCE):
            self._send_next()
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is not sys.stdin:
                    if key.fileobj.fileno() >= 0:  # not lost meanwhile
                        self._receive(key.fileobj)
                elif line := sys.stdin.readline():
                    self._asked = int(line)
                else:
                    return
            if self._asked is not None and len(self._times) >= self._asked:
                self._report()

    def _report(self):
        self._asked = None
        times = sorted(self._times)
        at = {f"p{share}": round(times[min(int(len(times) * share / 100), len(times) - 1)] * 1e6)
              for share in (50, 99, 99.9)} if times else {}
        print(json.dumps({"echoes": len(times), "broken": self._broken, "microseconds": at}), flush=True)
        self._times = []

    def _send_next(self):
        while self._waiting:
            sock = self._waiting.popleft()
            self._began[sock] = time.monotonic()
            self._got[sock] = b""
            try:
                sock.send(TEXT)
                return
            except OSError:
                self._forget(sock)

    def _receive(self, sock):
        try:
            data = sock.recv(65536)
        except OSError:
            data = b""
        if not data:
            return self._lose(sock)
        self._got[sock] += data
        if self._got[sock] == TEXT:
            self._times.append(time.monotonic() - self._began.pop(sock))
            self._waiting.append(sock)
            return self._send_next()
        if not TEXT.startswith(self._got[sock]):
            self._lose(sock)

    def _lose(self, sock):
        was_waiting = sock not in self._began
        self._forget(sock)
        if was_waiting:
            self._waiting.remove(sock)
        else:
            self._send_next()

    def _forget(self, sock):
        self._broken += 1
        self._selector.unregister(sock)
        sock.close()
        self._began.pop(sock, None)

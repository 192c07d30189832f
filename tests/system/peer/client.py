"""Opens kernel connections to one address and port, and checks that an echo service answers on each."""

import errno
import json
import sys
from collections import Counter

import kernel_socket


class Client:
    def __init__(self, address, port, count, timeout):
        self._target = (address, port)
        self._timeout = timeout
        self._open = []
        self._failed = Counter()
        for _ in range(count):
            self._connect()

    def run(self):
        print(json.dumps(self._report()), flush=True)
        verbs = {"echo": self._echo, "report": self._report, "close": self._close}
        for line in sys.stdin:
            print(json.dumps(verbs[line.strip()]()), flush=True)
        self._close()

    def _connect(self):
        try:
            self._open.append(kernel_socket.connect(*self._target, self._timeout))
        except TimeoutError:
            self._failed["ETIMEDOUT"] += 1
        except OSError as error:
            self._failed[errno.errorcode[error.errno]] += 1

    def _report(self):
        return {"connected": len(self._open), "failed": self._failed,
                "local": [sock.getsockname() for sock in self._open]}

    def _echo(self):
        """Sends a text of its own on each connection, at once, then expects each back."""
        texts = {sock: f"{index} {sock.getsockname()}\n".encode() for index, sock in enumerate(self._open)}
        echoed, broken = 0, Counter()
        for sock, text in texts.items():
            try:
                sock.sendall(text)
            except OSError as error:
                broken[_name(error)] += 1
        for sock, text in texts.items():
            try:
                echoed += _receive(sock, len(text)) == text
            except OSError as error:
                broken[_name(error)] += 1
        return {"connected": len(self._open), "echoed": echoed, "broken": broken}

    def _close(self):
        for sock in self._open:
            sock.close()
        self._open = []
        return self._report()


def _receive(sock, size):
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            break
        data += more
    return data


def _name(error):
    return "ETIMEDOUT" if isinstance(error, TimeoutError) else errno.errorcode[error.errno]

"""A control connection of a stack: many requests without a process for each."""

import json
import socket
import struct


class Control:
    def __init__(self, stack):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(60)
        self._socket.connect(stack.socket)
        self._id = 0

    def ask(self, request, **members):
        """The reply, a failure too."""
        self._id += 1
        body = json.dumps({"id": self._id, "request": request, **members}).encode()
        self._socket.sendall(struct.pack("<I", len(body)) + body)
        length, = struct.unpack("<I", self._receive(4))
        return json.loads(self._receive(length))

    def obeyfile(self, text):
        return self.ask("obeyfile", files=[{"name": "change.obey", "text": text}],
                        command="VARY TCPIP,,OBEYFILE,change.obey")

    def close(self):
        self._socket.close()

    def _receive(self, size):
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise ConnectionError("the stack closed the control connection")
            data += more
        return data

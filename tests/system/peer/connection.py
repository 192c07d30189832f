"""One accepted connection: echoes, discards or sends a file, without ever blocking and with a bounded buffer."""

import os
import selectors

CHUNK = 262144


class Echo:
    """Sends back what it receives; reads on when all of it is sent."""

    def __init__(self, sock, service, peer):
        self.sock = sock
        self.service = service
        self.peer = peer
        self._pending = b""
        self._peer_ended = False

    def serve(self):
        """Moves what can be moved; true when the connection has ended in order. Raises OSError for a reset."""
        if not self._pending and not self._peer_ended:
            data = self._receive()
            if data:
                self._pending = self._answer(data)
        if self._pending:
            self._send()
        return self._peer_ended and not self._pending

    def interest(self):
        return selectors.EVENT_WRITE if self._pending else selectors.EVENT_READ

    def _answer(self, data):
        return data

    def _receive(self):
        try:
            data = self.sock.recv(CHUNK)
        except BlockingIOError:
            return None
        if not data:
            self._peer_ended = True
        self.service.received += len(data)
        return data

    def _send(self):
        try:
            sent = self.sock.send(self._pending)
        except BlockingIOError:
            return
        self._pending = self._pending[sent:]


class Discard(Echo):
    """Reads and forgets."""

    def _answer(self, data):
        return b""


class Http(Echo):
    """Answers one request, whatever it asks for, with the service's file; then ends."""

    def __init__(self, sock, service, peer):
        super().__init__(sock, service, peer)
        self._request = b""
        self._file = None
        self._offset = self._size = 0

    def serve(self):
        if self._file is None:
            data = self._receive()
            self._request += data or b""
            if b"\r\n\r\n" not in self._request:
                return self._peer_ended
            self._open()
        if self._pending:
            self._send()
        while not self._pending and self._offset < self._size:
            try:
                self._offset += os.sendfile(self.sock.fileno(), self._file.fileno(), self._offset, CHUNK)
            except BlockingIOError:
                return False
        if self._pending or self._offset < self._size:
            return False
        self._file.close()
        return True

    def interest(self):
        return selectors.EVENT_READ if self._file is None else selectors.EVENT_WRITE

    def _open(self):
        self._file = open(self.service.file, "rb")
        self._size = os.fstat(self._file.fileno()).st_size
        self._pending = (f"HTTP/1.0 200 OK\r\nContent-Length: {self._size}\r\n"
                         "Content-Type: application/octet-stream\r\n\r\n").encode()


KINDS = {"echo": Echo, "discard": Discard, "http": Http}

"""Asks whether the other end of an idle connection is alive, by the kernel's keep-alive: no byte reaches the program."""

import socket
import struct
import time

# struct tcp_info of linux/tcp.h: milliseconds since the last acknowledgement came.
LAST_ACK_RECEIVED = struct.Struct("56xI")
# Both clocks round; an acknowledgement this close to the start does not count.
MARGIN_MS = 20


class Probe:
    """From its making on, a keep-alive goes out every second until one is answered."""

    def __init__(self, sock):
        self._sock = sock
        self._start = time.monotonic()
        self._keep_alive(1)

    def is_of(self, connection):
        """Whether it is this connection that is asked, and not an earlier one of the same client."""
        return connection is not None and connection.sock is self._sock

    def answered(self):
        """Whether an acknowledgement has come since the start; then it is over."""
        info = self._sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_ACK_RECEIVED.size)
        ago = LAST_ACK_RECEIVED.unpack(info)[0]
        if ago + MARGIN_MS > (time.monotonic() - self._start) * 1000:
            return False
        self._keep_alive(0)
        return True

    def _keep_alive(self, on):
        for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 30)):
            self._sock.setsockopt(socket.IPPROTO_TCP, option, value)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, on)

"""Makes the kernel sockets of the peer, alike on every machine: CUBIC, whatever the machine's default is."""

import socket

BACKLOG = 16384


def listener(port):
    """A non-blocking listener on all IPv4 addresses; what it accepts inherits its congestion control.

    Several processes may listen on one port: the kernel spreads connections over them.
    """
    sock = socket.create_server(("", port), backlog=BACKLOG, reuse_port=True)
    _use_cubic(sock)
    sock.setblocking(False)
    return sock


def connect(address, port, timeout):
    """A connected socket whose every call ends after `timeout` seconds."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    _use_cubic(sock)
    sock.settimeout(timeout)
    try:
        sock.connect((address, port))
    except OSError:
        sock.close()
        raise
    return sock


def _use_cubic(sock):
    # A namespace takes over the machine's default, and only its first namespace may change that.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic")

"""Makes the kernel sockets of the peer, alike on every machine: CUBIC, whatever the machine's default is."""

import socket

BACKLOG = 16384


def listeners(port):
    """Non-blocking listeners on all IPv4 and IPv6 addresses; what they accept inherits their congestion control.

    Several processes may listen on one port: the kernel spreads connections over them.
    """
    return [_listener(family, port) for family in (socket.AF_INET, socket.AF_INET6)]


def _listener(family, port):
    sock = socket.create_server(("", port), family=family, backlog=BACKLOG, reuse_port=True)
    _use_cubic(sock)
    sock.setblocking(False)
    return sock


def connect(address, port, timeout):
    """A connected socket whose every call ends after `timeout` seconds."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
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

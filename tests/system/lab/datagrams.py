"""A UDP socket of a stack, as a program has it: opened over the control socket, used as app/datagram.hpp says."""

import errno
import json
import socket
import struct
import typing

HEADER = struct.Struct("!BBHIHH16s16s")
DATA, ERROR = 1, 2


class Refused(Exception):
    """The stack's answer to a request: errno's symbol and a sentence."""


class Packet(typing.NamedTuple):
    error: str  # errno's symbol; "" of a datagram
    lost: int
    peer: tuple  # address and port, None if it names nobody
    local: str
    payload: bytes


def _pack(address):
    if not address:
        return bytes(16)
    return socket.inet_pton(socket.AF_INET6, address if ":" in address else f"::ffff:{address}")


def _text(packed):
    address = socket.inet_ntop(socket.AF_INET6, packed)
    return address.removeprefix("::ffff:") if "." in address else address


class DatagramSocket:
    """`local` and `remote` are pairs of address and port. The control connection is closed again at once."""

    def __init__(self, stack, local=None, remote=None, job="TEST", reuse=False):
        asked = {"id": 1, "request": "datagram", "job": job}
        for name, endpoint in (("local", local), ("remote", remote)):
            if endpoint:
                asked[name] = {"address": endpoint[0], "port": endpoint[1]}
        if reuse:
            asked["reuse"] = True
        body = json.dumps(asked).encode()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as control:
            control.connect(stack.socket)
            control.sendall(struct.pack("<I", len(body)) + body)
            length, descriptors, _, _ = socket.recv_fds(control, 4, 1)
            answer = json.loads(control.recv(struct.unpack("<I", length)[0], socket.MSG_WAITALL))
        if not answer["ok"]:
            raise Refused(answer["errno"], answer["message"])
        self.local = (answer["local"]["address"], answer["local"]["port"])
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=descriptors[0])
        self.socket.settimeout(20)

    def send(self, payload, to=None, source=""):
        peer, port = to or ("", 0)
        self.socket.send(HEADER.pack(DATA, 0, 0, 0, port, 0, _pack(peer), _pack(source)) + payload)

    def receive(self):
        """The next packet; None at the end."""
        packet = self.socket.recv(HEADER.size + 65536)
        if not packet:
            return None
        kind, _, code, lost, port, _, peer, local = HEADER.unpack(packet[:HEADER.size])
        error = errno.errorcode[code] if kind == ERROR else ""
        named = (_text(peer), port) if any(peer) else None
        return Packet(error, lost, named, _text(local), packet[HEADER.size:])

    def close(self):
        self.socket.close()

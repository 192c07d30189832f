"""Notes when which device has received a TCP packet from one source address."""

import json
import os
import selectors
import socket
import struct
import sys
import time

ETH_P_IP = 0x0800
SO_RCVBUFFORCE = 33
SO_TIMESTAMPNS = 35
TCP = 6


class Capture:
    def __init__(self, source):
        self._source = socket.inet_aton(source)
        self._packets = []
        self._commands = b""
        self._sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
        self._sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self._sock.setblocking(False)

    def run(self):
        selector = selectors.DefaultSelector()
        selector.register(self._sock, selectors.EVENT_READ, self._note_all)
        selector.register(sys.stdin, selectors.EVENT_READ, self._command)
        os.set_blocking(sys.stdin.fileno(), False)
        print('"ready"', flush=True)
        while True:
            for key, _ in selector.select():
                key.data()

    def _note_all(self):
        while True:
            try:
                packet, control, _, origin = self._sock.recvmsg(128, 64)
            except BlockingIOError:
                return
            if origin[2] == socket.PACKET_HOST and packet[12:16] == self._source and packet[9] == TCP:
                self._packets.append(_describe(packet, control, origin[0]))

    def _command(self):
        data = os.read(sys.stdin.fileno(), 65536)
        if not data:
            sys.exit(0)
        self._commands += data
        *lines, self._commands = self._commands.split(b"\n")
        for _ in lines:
            self._note_all()
            print(json.dumps(self._packets), flush=True)


def _describe(packet, control, device):
    """[seconds of CLOCK_BOOTTIME, device, source port, destination, destination port, TCP flags]"""
    tcp = (packet[0] & 0xf) * 4
    source, destination = struct.unpack_from("!HH", packet, tcp)
    return [_boot_time(control), device, source, socket.inet_ntoa(packet[16:20]), destination, packet[tcp + 13]]


def _boot_time(control):
    """The kernel stamps by the wall clock, which nobody sets between the stamp and here."""
    seconds, nanoseconds = struct.unpack("ll", control[0][2])
    ago = time.time_ns() - (seconds * 1_000_000_000 + nanoseconds)
    return (time.clock_gettime_ns(time.CLOCK_BOOTTIME) - ago) / 1e9

"""Writes down every frame that crosses a namespace."""

import sys

PROGRAM = """
import socket
import sys
ALL = 3
frames = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
frames.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE
with open(sys.argv[1], "wb", buffering=0) as file:
    print("capturing", flush=True)
    while True:
        frame = frames.recv(65536)
        file.write(len(frame).to_bytes(4, "big") + frame)
"""


class Capture:
    def __init__(self, lab, namespace):
        self._path = lab.path(f"frames of {namespace.name}")
        self.process = lab.process("capture", [sys.executable, "-c", PROGRAM, self._path], namespace=namespace)
        self.process.await_line(lambda line: "capturing" in line, "capturing")

    def frames(self):
        """All frames so far."""
        with open(self._path, "rb") as file:
            rest = file.read()
        found = []
        while len(rest) >= 4:
            end = 4 + int.from_bytes(rest[:4], "big")
            if end > len(rest):
                break
            found.append(rest[4:end])
            rest = rest[end:]
        return found

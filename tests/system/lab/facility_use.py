"""What a process has to do with the coupling facility: files of it that it maps, connections to etcd."""

import os
import re

ETCD_PORT = 2379


def facility_use(pid):
    with open(f"/proc/{pid}/maps", encoding="utf-8") as file:
        mapped = {line.split()[-1] for line in file if line.rstrip().endswith(".cf")}
    return sorted(mapped | {f"etcd at {peer}" for peer in _etcd_peers(pid)})


def _etcd_peers(pid):
    """Addresses as the kernel prints them."""
    sockets = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            sockets.update(re.findall(r"socket:\[(\d+)\]", os.readlink(f"/proc/{pid}/fd/{descriptor}")))
        except FileNotFoundError:
            pass  # closed meanwhile
    peers = set()
    for table in ("tcp", "tcp6"):
        with open(f"/proc/{pid}/net/{table}", encoding="ascii") as file:
            for fields in map(str.split, file.readlines()[1:]):
                address, port = fields[2].split(":")
                if fields[9] in sockets and int(port, 16) == ETCD_PORT:
                    peers.add(address)
    return peers

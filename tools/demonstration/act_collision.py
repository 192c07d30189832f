"""Second act, the negative control: without coordination the same work collides, with it it can't."""

from collections import Counter

from crowd import Crowd, await_quiet
from lab.network import DVIPA

RANGE = (40000, 40003)
EACH = 4


def collision(stage, sysplex, partner):
    stage.act(f"The same on ports {RANGE[0]}-{RANGE[1]}: 3 x {EACH} connections, without and with coordination")
    sysplex.start(sharing="", ephemeral=RANGE)
    capture = sysplex.capture(DVIPA)
    crowd = Crowd(stage, sysplex.stacks, 7000, EACH, "--timeout", 5).await_all()
    # Seen on the wire: a collision may not last, as the partner resets what it does not know.
    everywhere = _opened_by_several(capture.packets())
    stage.check("uncoordinated: 4-tuples opened by several stacks", lambda found: found >= 1, len(everywhere))
    for port, count in sorted(everywhere.items()):
        stage.text(f"    {DVIPA}..{port} -> partner..7000 by {count} stacks")
    stage.say(f"of {crowd.asked} connections {crowd.connected()} opened; errors: {crowd.failures()}")
    stage.check("uncoordinated: connections the partner can have at most", lambda found: found <= 4,
                len(partner.live(7000)))
    crowd.release()
    await_quiet(partner)
    sysplex.stop()

    sysplex.start(sharing="SYSPLEXPORTS", ephemeral=RANGE)
    crowd = Crowd(stage, sysplex.stacks, 7000, EACH).await_all()
    stage.check("coordinated: connections opened", 4, crowd.connected())
    stage.check("coordinated: their ports", list(range(RANGE[0], RANGE[1] + 1)), sorted(crowd.ports()))
    stage.check("coordinated: the others were told", {"EADDRNOTAVAIL": 3 * EACH - 4}, crowd.failures())
    stage.check("coordinated: 4-tuples live on several stacks at once", 0, len(_collisions(sysplex)))
    stage.check("connections broken meanwhile", 0, crowd.release())


def _collisions(sysplex):
    """4-tuples to the partner's port 7000 that more than one stack has, with the number of stacks."""
    seen = Counter()
    for stack in sysplex.stacks:
        seen.update({(entry["local"]["address"], entry["local"]["port"], entry["foreign"]["address"],
                      entry["foreign"]["port"])
                     for entry in stack.connections(port=7000) if entry["local"]["address"] == DVIPA})
    return {key: count for key, count in seen.items() if count > 1}


def _opened_by_several(packets):
    """Ports from which more than one stack has sent a SYN to port 7000, with the number of stacks."""
    seen = Counter(port for port, _ in {(packet.port, packet.device) for packet in packets
                                        if packet.is_syn() and packet.destination_port == 7000})
    return {port: count for port, count in seen.items() if count > 1}

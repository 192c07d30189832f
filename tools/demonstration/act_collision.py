"""Second act, the negative control: without coordination the same work collides, with it it can't."""

from collections import Counter

from crowd import Crowd, await_quiet
from lab.network import DVIPA
from lab.waiting import await_condition

RANGE = (40000, 40003)
EACH = 4


def collision(stage, sysplex, partner):
    stage.act(f"The same on ports {RANGE[0]}-{RANGE[1]}: 3 x {EACH} connections, without and with coordination")
    sysplex.start(sharing="", ephemeral=RANGE)
    crowd = Crowd(stage, sysplex.stacks, 7000, EACH, "--timeout", 5)
    everywhere = await_condition(lambda: _collisions(sysplex), "the stacks to use the same 4-tuples", 20)
    stage.check("uncoordinated: 4-tuples live on several stacks at once", lambda found: found >= 1, len(everywhere))
    for tuple_, count in sorted(everywhere.items()):
        stage.text(f"    {DVIPA}..{tuple_[1]} -> partner..7000 on {count} stacks")
    crowd.await_all()
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

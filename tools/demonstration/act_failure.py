"""Fourth act: a stack that does not own the address is killed; the others get its ports."""

from crowd import Crowd
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.waiting import await_condition

RANGE = (40000, 40063)
SHARES = (20, 20, 24)


def failure(stage, sysplex, partner):
    stage.act("A range of 64 ports, all in use; a stack is killed with kill -9")
    sysplex.start(sharing="SYSPLEXPORTS", ephemeral=RANGE)
    held = [Connector(stack, PARTNER, 7000, count) for stack, count in zip(sysplex.stacks, SHARES)]
    ports = [set(connector.local_ports()) for connector in held]
    stage.check("distinct ports in use", 64, len(set.union(*ports)))
    full = Crowd(stage, sysplex.stacks, 7000, 1).await_all()
    stage.check("one more connection on each stack", {"EADDRNOTAVAIL": 3}, full.failures())
    full.release()

    victim = sysplex.stacks[2]
    stage.say(f"kill -9 {victim.daemon.pid} ({victim.name}, {SHARES[2]} connections)")
    victim.kill()
    left = sum(SHARES[:2])
    await_condition(lambda: sysplex.owner.ports(DVIPA)["inUse"] == left,
                    lambda: f"the survivors to free its ports: {sysplex.owner.ports(DVIPA)}")
    survivors = sysplex.stacks[:2]
    crowd = Crowd(stage, survivors, 7000, SHARES[2] // 2).await_all()
    stage.check("new connections of the survivors, to the same partner port", SHARES[2], crowd.connected())
    stage.check("data echoed on them", SHARES[2], crowd.echoed())
    stage.check("their ports are those of the killed stack", True, set(crowd.ports()) == ports[2])
    stage.screen(sysplex.owner, "display", "cf", "ports", DVIPA)
    stage.check("survivors' connections broken meanwhile", 0, crowd.release() + held[0].release() + held[1].release())
    held[2].process.end()
    sysplex.stacks.remove(victim)

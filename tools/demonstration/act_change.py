"""Third act: an OBEYFILE switches sharing on under connections that were opened without it."""

from crowd import Crowd
from lab import profiles
from lab.connector import Connector
from lab.network import DVIPA, PARTNER

RANGE = (40000, 40999)
EACH = 100
FORCED = 40500


def change(stage, sysplex, partner):
    stage.act("OBEYFILE switches sharing on; connections opened without it go on, their ports are not given again")
    sysplex.start(sharing="", ephemeral=RANGE)
    stage.say(f"port {FORCED} is forced onto {' and '.join(stack.name for stack in sysplex.targets)}")
    held = [Connector(stack, PARTNER, port, 1, "--bind", f"{DVIPA}..{FORCED}")
            for stack, port in zip(sysplex.targets, (7002, 7003))]
    forced = sum(connector.summary()["connected"] for connector in held)  # before another takes the port
    held += [Connector(stack, PARTNER, port, EACH) for stack, port in zip(sysplex.stacks, (7001, 7002, 7003))]
    opened = forced + sum(connector.summary()["connected"] for connector in held[2:])
    stage.check("connections opened without coordination", 3 * EACH + 2, opened)
    taken = {port for service in (7001, 7002, 7003) for _, port in partner.live(service)}
    stage.check(f"stacks that hold port {FORCED}", lambda found: found >= 2, _holders(sysplex, FORCED))

    text = profiles.change_sharing("SYSPLEXPORTS")
    stage.text("".join(f"    {line}\n" for line in text.splitlines()))
    answer = sysplex.owner.obeyfile(text)
    stage.text("".join(f"    {line}\n" for line in (answer.stdout + answer.stderr).splitlines()))
    stage.check("exit status of vary obeyfile", 0, answer.status)
    stage.check("state of the DVIPA", "ON", sysplex.owner.ports(DVIPA)["state"])
    stage.check("ports in use: those of the old connections, each once", len(taken), sysplex.owner.ports(DVIPA)["inUse"])
    _probe(stage, partner)

    free = RANGE[1] - RANGE[0] + 1 - len(taken)
    stage.say(f"now all three ask for more ports than are left: {free} of {RANGE[1] - RANGE[0] + 1}")
    crowd = Crowd(stage, sysplex.stacks, 7000, 400).await_all(partner, 7000)
    stage.check("new connections: exactly the ports that were free", free, crowd.connected())
    stage.check("new connections: distinct ports", free, len(set(crowd.ports())))
    stage.check("held ports given again", 0, len(set(crowd.ports()) & taken))
    stage.check("the others were told", {"EADDRNOTAVAIL": 3 * 400 - free}, crowd.failures())
    _probe(stage, partner)
    stage.screen(sysplex.owner, "display", "cf", "ports", DVIPA)
    stage.check("connections broken meanwhile", 0, crowd.release() + sum(connector.release() for connector in held))


def _probe(stage, partner):
    """The partner sends on each old connection and has it acknowledged."""
    answers = [partner.probe(service) for service in (7001, 7002, 7003)]
    stage.check("old connections alive", 3 * EACH + 2, sum(answer["live"] for answer in answers))
    stage.check("old connections reset", 0, sum(answer["resets"] for answer in answers))


def _holders(sysplex, port):
    return sum(any(entry["local"] == {"address": DVIPA, "port": port} for entry in stack.connections())
               for stack in sysplex.stacks)

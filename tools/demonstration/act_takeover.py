"""Fifth act: the stack that owns the address is killed, another takes the address over, and gives it back."""

from crowd import Crowd
from lab.connector import Connector
from lab.network import DVIPA, PARTNER
from lab.ownership import Ownership
from lab.profiles import SERVICE_PORT

INBOUND = 60
EACH = 100
# Between two new connections that were served, in ms: mostly less than a hundred, more where others use the machine.
LONGEST_GAP = 3000


class Owners(Ownership):
    def __init__(self, sysplex):
        self.sysplex = sysplex


def takeover(stage, sysplex, partner):
    owners = Owners(sysplex)
    stage.act(f"The owner of {DVIPA} is killed with kill -9, and returns; only its own connections end")
    sysplex.start()
    owner, backup, _ = sysplex.stacks
    listeners = [stack.listen_echo(DVIPA, SERVICE_PORT) for stack in sysplex.stacks]
    sysplex.await_listeners(len(listeners))
    inbound = sysplex.clients(INBOUND)
    on_each = {stack.name: owners.established(stack) for stack in sysplex.stacks}
    stage.check(f"connections from the partner to port {SERVICE_PORT}, distributed by the owner", INBOUND,
                sum(on_each.values()))
    left = INBOUND - on_each[owner.name]
    stage.say(f"they are on {', '.join(f'{name}: {count}' for name, count in on_each.items())}; "
              f"{EACH} connections from each stack besides")
    outbound = [Connector(stack, PARTNER, port, EACH) for stack, port in zip(sysplex.stacks, (7001, 7002, 7003))]
    stage.check("connections to the partner", 3 * EACH, sum(connector.summary()["echoed"] for connector in outbound))
    knock = sysplex.knock()

    knock.report(10)
    stage.say(f"kill -9 {owner.daemon.pid} ({owner.name})")
    owner.kill()
    owners.await_owner(2)
    _show_gap(stage, knock, backup)
    stage.screen(backup, "netstat", "vipadyn")
    stage.check("connections from the partner that live: all but those on the killed stack", left,
                inbound.echo()["echoed"])
    _probe(stage, partner, 7002, 7003)
    # Nobody has these any more: the partner learns it when it sends.
    stage.check("connections of the killed stack that the partner has still", 0, partner.probe(7001)["live"])
    crowd = Crowd(stage, sysplex.targets, 7000, EACH).await_all()
    stage.check("new connections of the survivors", 2 * EACH, crowd.echoed())

    stage.say(f"{owner.name} is started again")
    knock.report(10)
    sysplex.restart(owner)
    owners.await_owner(1)
    _show_gap(stage, knock, owner)
    stage.check("connections from the partner that live", left, inbound.echo()["echoed"])
    _probe(stage, partner, 7002, 7003)
    again = Crowd(stage, [owner], 7001, EACH).await_all()
    stage.check("new connections of the owner", EACH, again.echoed())
    stage.screen(owner, "netstat", "vipadyn")
    stage.check("survivors' connections broken meanwhile", 0,
                crowd.release() + again.release() + sum(connector.release() for connector in outbound[1:]))
    for process in (knock.process, inbound.process, outbound[0].process, *listeners):
        process.end()


def _show_gap(stage, knock, owner):
    stage.check(f"{owner.name} has the address; ms without a new connection that was served",
                lambda found: found < LONGEST_GAP, knock.report(50)["longestMilliseconds"])


def _probe(stage, partner, *ports):
    """The partner sends on each connection and has it acknowledged."""
    stage.check("survivors' connections that answer the partner", len(ports) * EACH,
                sum(partner.probe(port)["live"] for port in ports))

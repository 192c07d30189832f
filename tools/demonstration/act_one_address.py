"""First act: thousands of connections from one address, opened by three systems at once."""

from crowd import Crowd
from lab.network import DVIPA

EACH = 2000


def one_address(stage, sysplex, partner):
    stage.act(f"3 x {EACH:,} connections from {DVIPA} to one partner address and port")
    sysplex.start(sharing="SYSPLEXPORTS", ephemeral=(40000, 49999))
    stage.say("three stacks are up; each opens its connections at the same time, and data is echoed on each")
    crowd = Crowd(stage, sysplex.stacks, 7000, EACH).await_all(partner, 7000)
    live = partner.live(7000)
    stage.check("connections opened", 3 * EACH, crowd.connected())
    stage.check("connections on which the data came back", 3 * EACH, crowd.echoed())
    stage.check("source addresses the partner sees", [DVIPA], sorted({address for address, _ in live}))
    stage.check("distinct source ports the partner sees", 3 * EACH, len({port for _, port in live}))
    stage.check("ports in use by the coupling facility's count", 3 * EACH, sysplex.owner.ports(DVIPA)["inUse"])
    target = sysplex.targets[0]
    stage.screen(target, "netstat", "conn", head=10)
    stage.screen(sysplex.owner, "netstat", "vipadyn")
    stage.screen(sysplex.owner, "netstat", "vcrt", head=10)
    stage.screen(target, "display", "cf", "ports", DVIPA)
    stage.check("connections broken meanwhile", 0, crowd.release())

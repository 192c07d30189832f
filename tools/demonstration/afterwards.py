"""What --keep leaves: a running sysplex, and commands to try on it."""

from lab.network import DVIPA, PARTNER
from lab import binaries


def leave_up(stage, sysplex):
    stage.act("A sysplex that stays")
    sysplex.start(sharing="SYSPLEXPORTS", survives=True)
    stage.say("three stacks are up, and the partner echoes on port 7000")


def explain(stage, sysplex):
    tcpplex = binaries.find("tcpplex")
    first, second, third = (stack.socket for stack in sysplex.stacks)
    owner, partner = sysplex.stacks[0], sysplex.network.partner
    stage.text(f"""
Try, as root:
  # a line to the partner and back, from {DVIPA}, by the second system
  echo hello | {tcpplex} -s {second} connect {PARTNER} 7000
  # hold 1,000 connections on the third (Ctrl-C ends them)
  echo hello | {tcpplex} -s {third} connect --count 1000 --expect-echo --hold {PARTNER} 7000
  # what the partner's kernel sees
  ip netns exec {partner.name} ss -tn state established
  # look at it
  {tcpplex} -s {first} netstat vcrt
  {tcpplex} -s {second} netstat conn
  {tcpplex} -s {first} display cf ports {DVIPA}
  {tcpplex} -s {first} console "D TCPIP,,NETSTAT,VIPADYN"
  # a server behind the distributed port 8000 (start it on the others as well); the partner connects
  {tcpplex} -s {second} listen --echo {DVIPA} 8000 &
  ip netns exec {partner.name} bash -c 'exec 3<>/dev/tcp/{DVIPA}/8000; echo hello >&3; head -1 <&3'
  # end a stack the hard way, and see its ports go back
  kill -9 {sysplex.stacks[2].daemon.pid}
The profiles are {owner.profile} and so on. `tools/demo --remove` removes everything.""")

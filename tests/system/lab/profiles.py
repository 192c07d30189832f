"""The texts a stack starts from: profiles, OBEYFILEs and host settings."""

from .network import DVIPA, gateway, home_address

SERVICE_PORT = 8000  # distributed over all stacks


def single(number=1, extra=""):
    """A stack by itself, with the built-in services, open to what `extra` adds."""
    return f"""; one stack, no sysplex
{_interface(number)}
PORT
  7 TCP MISCSERV
  9 TCP MISCSERV
  19 TCP MISCSERV
  7 UDP MISCSERV
{extra}
START OSA1
"""


def member(number, sharing="SYSPLEXPORTS", ephemeral=(40000, 49999), extra="", service=SERVICE_PORT):
    """System `number` of a sysplex: the first defines and distributes the DVIPA, the others back it up.

    `sharing`: the keyword on the definition, "SYSPLEXPORTS HASHTABLE" and the like, or nothing."""
    return f"""; system {number} of three that share {DVIPA}
{_interface(number)}
IPCONFIG SOURCEVIPA TCPSTACKSOURCEVIPA {DVIPA} SYSPLEXROUTING DATAGRAMFWD
         DYNAMICXCF 10.1.100.{number} 255.255.255.0 1
TCPCONFIG EPHEMERALPORTS {ephemeral[0]} {ephemeral[1]}
VIPADYNAMIC
{dvipa(sharing, service) if number == 1 else f"  VIPABACKUP {100 - number} {DVIPA}"}
ENDVIPADYNAMIC
{extra}
START OSA1
"""


def dvipa(keyword, service=SERVICE_PORT):
    """The owner's definition, without the block around it; `keyword` is SYSPLEXPORTS, NOSYSPLEXPORTS or nothing."""
    return f"""  VIPADEFINE {keyword} MOVEABLE IMMEDIATE 255.255.255.255 {DVIPA}
  VIPADISTRIBUTE DEFINE {keyword} DISTMETHOD ROUNDROBIN {DVIPA} PORT {service} DESTIP ALL"""


def change_sharing(keyword):
    """An OBEYFILE for the owner: SYSPLEXPORTS switches sharing on under live connections, NOSYSPLEXPORTS off."""
    return f"""VIPADYNAMIC
{dvipa(keyword)}
ENDVIPADYNAMIC
"""


def _interface(number):
    return f"""INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAPORT1 IPADDR {home_address(number)}/24
BEGINROUTES
  ROUTE DEFAULT {gateway(number)} OSA1 MTU 1500
ENDROUTES"""


def host_settings(stack, system, directory, tun="osa1", facility=None, xcf=None, shards=1):
    """`facility` and `xcf` are YAML mappings; without them, a file in the directory, and the directory."""
    facility = facility or f"{{kind: shared-memory, path: {directory}/PLEX1.cf}}"
    return f"""stack: {stack}
system: {system}
sysplex: PLEX1
interfaces:
  OSA1: {{tun: {tun}}}
coupling_facility: {facility}
xcf: {xcf or f"{{directory: {directory}}}"}
control: {directory}/{stack}.sock
shards: {shards}
"""

; Files within files, one of them twice, and a name made of a symbol.
INCLUDE included/&SYSNAME..inc
INTERFACE OSA1 DEFINE IPAQENET INCLUDE included/port_name.inc IPADDR 10.1.1.1/24
VIPADYNAMIC
INCLUDE included/ranges.inc ; those of all systems
  VIPADEFINE 255.255.255.255 10.1.9.9
ENDVIPADYNAMIC
PORT 80 TCP WEB
INCLUDE included/port_81.inc 82 TCP WEB
include included/no_end_of_line.inc

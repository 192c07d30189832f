; this file, a file that includes this one, two that include each other
INCLUDE include_cycles.profile
INCLUDE included/back.inc
INCLUDE included/ping.inc
SOMAXCONN 0

; one file deeper than can be
INCLUDE included/deep1.inc
SOMAXCONN 5

; 17 INCLUDEs of a file with 17 of one with 17
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc
INCLUDE included/bomb1.inc

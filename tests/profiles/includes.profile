; the chain of INCLUDEs is shown with an error, and a cycle is one
SOMAXCONN &BACKLOG.
INCLUDE included/outer.inc
INCLUDE included/none.inc
INCLUDE

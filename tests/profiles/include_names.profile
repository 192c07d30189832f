; a folder, no file, no name
INCLUDE included
INCLUDE included/none.inc
INCLUDE ; and no more

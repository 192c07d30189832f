; a block that begins in one file and ends in none
INCLUDE included/open_block.inc

; a HOME that leaves out what is needed
HOME 10.1.1.2 L1 10.3.1.1 L2
DELETE LINK L3

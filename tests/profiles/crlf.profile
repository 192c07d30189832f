; places in lines that end in CR LF, behind tabs
	SOMAXCONN	0
IPCONFIG		TTL	256	; too large
PORT

; lines end in CR LF, words are parted by tabs
IPCONFIG	TTL	32	; comment

	NODATAGRAMFWD
PORT	80	TCP	WEB
	81	TCP		WEB;CHG
AUTOLOG
	FTPD PARMSTRING "open to the end of the line
ENDAUTOLOG
VIPADYNAMIC
ENDVIPADYNAMIC

; System 2 of three that share the address 10.1.9.9.
;
; Connections from it are opened by all three systems at once: SYSPLEXPORTS
; makes them agree on the source ports through the coupling facility.

INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAPORT1 IPADDR 10.1.2.1/24 MTU 1500

BEGINROUTES
  ROUTE DEFAULT 10.1.2.254 OSA1 MTU DEFAULTSIZE
ENDROUTES

IPCONFIG
  DATAGRAMFWD                       ; pass packets of the others on
  SYSPLEXROUTING
  DYNAMICXCF 10.1.10.2/24 1         ; the address of this system among the three
  SOURCEVIPA                        ; outbound connections leave from a VIPA,
  TCPSTACKSOURCEVIPA 10.1.9.9       ; from the shared one

TCPCONFIG EPHEMERALPORTS 1024 65535

PORT
     7 TCP MISCSERV                 ; the built-in echo
  8080 TCP WEB

VIPADYNAMIC
  ; This system takes the address over if its owner fails; rank 20, the
  ; highest first. The distribution comes into force then.
  VIPABACKUP 20 MOVEABLE IMMEDIATE 255.255.255.255 10.1.9.9
  VIPADISTRIBUTE DEFINE DISTMETHOD ROUNDROBIN SYSPLEXPORTS
                 10.1.9.9 PORT 7 8080 DESTIP ALL
ENDVIPADYNAMIC

START OSA1

; One stack with an interface, a static VIPA and the simple services.
;
; Everything from a semicolon to the end of the line is a comment. Case does
; not matter, statements may spread over lines, and keywords may be abbreviated.
; tcpplex.profile(5) describes every statement.

; The interface to the network. Without host settings the stack makes a TUN
; device for it. PORTNAME is the name the adapter has.
INTERFACE OSA1
  DEFINE IPAQENET
  PORTNAME OSAPORT1
  IPADDR 10.1.1.1/24
  MTU 1500

; A static VIPA: an address that belongs to no adapter. It needs no START.
INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 10.1.8.1

; The way out: what is not in 10.1.1.0/24 goes to the router at 10.1.1.254.
BEGINROUTES
  ROUTE DEFAULT 10.1.1.254 OSA1 MTU DEFAULTSIZE
ENDROUTES

IPCONFIG NODATAGRAMFWD          ; a host, not a router

TCPCONFIG
  EPHEMERALPORTS 32768 60999    ; source ports of outbound connections
  TIMEWAITINTERVAL 60           ; seconds
SOMAXCONN 1024

; Echo, discard and chargen are built in. They run as job MISCSERV on the
; ports reserved for it. Port 8080 is for job WEB alone.
PORT
     7 TCP MISCSERV
     9 TCP MISCSERV
    19 TCP MISCSERV
  8080 TCP WEB

START OSA1

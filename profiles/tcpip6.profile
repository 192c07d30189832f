; A stack with addresses of both families. What tcpip1.profile says is not said
; again.

; An adapter with addresses of both families is two interfaces, each with a TUN
; device of its own.
INTERFACE OSA1 DEFINE IPAQENET  PORTNAME OSAPORT1 IPADDR 10.1.1.1/24
INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME OSAPORT1 IPADDR 2001:db8:1::1/64
INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8:8::1

BEGINROUTES
  ROUTE DEFAULT  10.1.1.254     OSA1 MTU DEFAULTSIZE
  ROUTE DEFAULT6 2001:db8:1::fe OSA6 MTU DEFAULTSIZE
ENDROUTES

; What IPCONFIG is for IPv4.
IPCONFIG NODATAGRAMFWD
IPCONFIG6 NODATAGRAMFWD HOPLIMIT 64

; Up to what the buffers of a fast connection grow: enough for 1 Gbit/s over a
; path of 32 ms. The default, 256K as on z/OS, is enough for 64 Mbit/s of it.
TCPCONFIG TCPMAXSENDBUFRSIZE 4M TCPMAXRCVBUFRSIZE 4M

; An IPv6 DVIPA has the name of its interface, by which it is distributed.
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE DVIPA6 2001:db8:9::9/128
ENDVIPADYNAMIC

PORT 7 TCP MISCSERV             ; on the addresses of both families

START OSA1
START OSA6

; Text goes on in columns 73 to 80: there are no sequence numbers. Only a
; comment hides what an editor has numbered.
INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1                             ;00000100
  IPADDR 10.1.1.1/24                                                   ;00000200
BEGINROUTES  ROUTE DEFAULT 10.1.1.254 OSA1                             MTU 1500 ; at column 72
                                                                        ENDROUTES
PORT                                                                  8080 TCP WEB
START OSA1                                                             ;00000300

; Numbered lines: z/OS reads columns 73 to 80 like all others, and so they
; are errors. The first two statements are well but for them.
SOMAXCONN 10                                                            00000100
INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1                              00000200
  IPADDR 10.1.1.1/24                                                    00000300
PORT 80 TCP WEB                                                         00000400
VIPADYNAMIC                                                             00000500
ENDVIPADYNAMIC                                                          00000600

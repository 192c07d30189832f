; a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line a comment of one long line 
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
;
;;;; ; "quotes" ' & 	( ) INCLUDE none ; &UNDEFINED.
SOMAXCONN;no blank before
 12;& "
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
; PORT 80 TCP WEB
TCPCONFIG ; xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
 NAGLE ; Ã¤Ã¶Ã¼

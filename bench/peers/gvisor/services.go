// Echo, discard and chargen.

package main

import (
	"bytes"
	"log"
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"
)

var bufs = sync.Pool{New: func() interface{} { b := make([]byte, 65536); return &b }}
var junk = bytes.Repeat([]byte{'c'}, 262144)

type conn struct {
	ep tcpip.Endpoint
	wq *waiter.Queue
}

func echo(c conn) {
	defer c.ep.Close()
	e, ch := waiter.NewChannelEntry(waiter.ReadableEvents | waiter.WritableEvents | waiter.EventHUp | waiter.EventErr)
	c.wq.EventRegister(&e)
	defer c.wq.EventUnregister(&e)
	for {
		bp := bufs.Get().(*[]byte)
		w := tcpip.SliceWriter(*bp)
		r, err := c.ep.Read(&w, tcpip.ReadOptions{})
		if err != nil {
			bufs.Put(bp)
			if _, ok := err.(*tcpip.ErrWouldBlock); ok {
				<-ch
				continue
			}
			return
		}
		p := bytes.NewReader((*bp)[:r.Count])
		for p.Len() > 0 {
			_, err := c.ep.Write(p, tcpip.WriteOptions{})
			if err != nil {
				if _, ok := err.(*tcpip.ErrWouldBlock); ok {
					<-ch
					continue
				}
				bufs.Put(bp)
				return
			}
		}
		bufs.Put(bp)
	}
}

type null struct{}

func (null) Write(b []byte) (int, error) { return len(b), nil }

func discard(c conn) {
	defer c.ep.Close()
	e, ch := waiter.NewChannelEntry(waiter.ReadableEvents | waiter.EventHUp | waiter.EventErr)
	c.wq.EventRegister(&e)
	defer c.wq.EventUnregister(&e)
	for {
		_, err := c.ep.Read(null{}, tcpip.ReadOptions{})
		if err != nil {
			if _, ok := err.(*tcpip.ErrWouldBlock); ok {
				<-ch
				continue
			}
			return
		}
	}
}

func chargen(c conn) {
	defer c.ep.Close()
	e, ch := waiter.NewChannelEntry(waiter.WritableEvents | waiter.EventHUp | waiter.EventErr)
	c.wq.EventRegister(&e)
	defer c.wq.EventUnregister(&e)
	for {
		p := bytes.NewReader(junk)
		_, err := c.ep.Write(p, tcpip.WriteOptions{})
		if err != nil {
			if _, ok := err.(*tcpip.ErrWouldBlock); ok {
				<-ch
				continue
			}
			return
		}
	}
}

func serve(s *stack.Stack, port uint16, f func(conn)) {
	var wq waiter.Queue
	ep, err := s.NewEndpoint(tcp.ProtocolNumber, ipv4.ProtocolNumber, &wq)
	must("endpoint", err)
	must("bind", ep.Bind(tcpip.FullAddress{NIC: 1, Port: port}))
	must("listen", ep.Listen(4096))
	e, ch := waiter.NewChannelEntry(waiter.ReadableEvents)
	wq.EventRegister(&e)
	go func() {
		for {
			n, nwq, err := ep.Accept(nil)
			if err != nil {
				if _, ok := err.(*tcpip.ErrWouldBlock); ok {
					<-ch
					continue
				}
				log.Printf("accept: %v", err)
				return
			}
			n.SocketOptions().SetDelayOption(false)
			go f(conn{n, nwq})
		}
	}()
}

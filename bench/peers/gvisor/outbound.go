// Connections that netstack opens: orders and answers as in control_socket.hpp.

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

func outbound(s *stack.Stack, ip net.IP, port uint16, secs float64, conc int) (ok int64) {
	var bad int64
	end := time.Now().Add(time.Duration(secs * 1e9))
	var wg sync.WaitGroup
	for i := 0; i < conc; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b := make([]byte, 64)
			for time.Now().Before(end) {
				ctx, cancel := context.WithDeadline(context.Background(), end.Add(time.Second))
				c, err := gonet.DialContextTCP(ctx, s, tcpip.FullAddress{NIC: 1, Addr: tcpip.Address(ip.To4()), Port: port}, ipv4.ProtocolNumber)
				cancel()
				if err != nil {
					if atomic.AddInt64(&bad, 1) > 1000 {
						return
					}
					continue
				}
				c.SetReadDeadline(end.Add(time.Second))
				if _, err := c.Read(b); err == io.EOF { // the far end closes first
					atomic.AddInt64(&ok, 1)
				} else {
					atomic.AddInt64(&bad, 1)
				}
				c.Close()
			}
		}()
	}
	wg.Wait()
	return
}

func takeOrders(s *stack.Stack, path string) {
	os.Remove(path)
	uc, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	must("ctl", err)
	go func() {
		b := make([]byte, 256)
		for {
			n, peer, err := uc.ReadFromUnix(b)
			if err != nil {
				return
			}
			var a string
			var port, conc int
			var secs float64
			if _, err := fmt.Sscanf(string(b[:n]), "%s %d %f %d", &a, &port, &secs, &conc); err != nil {
				continue
			}
			ok := outbound(s, net.ParseIP(a), uint16(port), secs, conc)
			if peer != nil {
				uc.WriteToUnix([]byte(fmt.Sprintf("%d", ok)), peer)
			}
		}
	}()
}

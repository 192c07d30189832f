// bench_peer_gvisor: gVisor netstack, as Debian packages it, on a TUN device.
//
//	bench_peer_gvisor -dev DEVICE -addr ADDRESS -link fd|vnet -ctl CONTROL
package main

import (
	"flag"
	"fmt"
	"log"
	"net"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/fdbased"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

func must(what string, e interface{}) {
	switch v := e.(type) {
	case nil:
	case error:
		if v != nil {
			log.Fatalf("%s: %v", what, v)
		}
	case tcpip.Error:
		if v != nil {
			log.Fatalf("%s: %v", what, v)
		}
	}
}

func main() {
	dev := flag.String("dev", "pbtun", "TUN device")
	addr := flag.String("addr", "10.90.0.100", "address of the stack")
	mtu := flag.Int("mtu", 1500, "mtu")
	link := flag.String("link", "fd", "fd or vnet")
	ctl := flag.String("ctl", "", "control socket (unix datagram)")
	flag.Parse()
	s := stack.New(stack.Options{
		NetworkProtocols:   []stack.NetworkProtocolFactory{ipv4.NewProtocol},
		TransportProtocols: []stack.TransportProtocolFactory{tcp.NewProtocol},
		HandleLocal:        false,
	})
	fd := openTun(*dev, *link == "vnet")
	var ep stack.LinkEndpoint
	if *link == "vnet" {
		ep = &vnetEP{fd: fd, mtu: uint32(*mtu)}
	} else {
		e, err := fdbased.New(&fdbased.Options{FDs: []int{fd}, MTU: uint32(*mtu)})
		must("fdbased", err)
		ep = e
	}
	must("nic", s.CreateNIC(1, ep))
	ip := net.ParseIP(*addr).To4()
	must("addr", s.AddProtocolAddress(1, tcpip.ProtocolAddress{Protocol: ipv4.ProtocolNumber, AddressWithPrefix: tcpip.Address(ip).WithPrefix()}, stack.AddressProperties{}))
	s.SetRouteTable([]tcpip.Route{{Destination: header.IPv4EmptySubnet, NIC: 1}})
	sack := tcpip.TCPSACKEnabled(true)
	must("sack", s.SetTransportProtocolOption(tcp.ProtocolNumber, &sack))
	cc := tcpip.CongestionControlOption("cubic")
	must("cubic", s.SetTransportProtocolOption(tcp.ProtocolNumber, &cc))
	mod := tcpip.TCPModerateReceiveBufferOption(true)
	must("moderate", s.SetTransportProtocolOption(tcp.ProtocolNumber, &mod))
	// Users such as Tailscale turn RACK off: it costs throughput.
	rec := tcpip.TCPRecovery(0)
	must("recovery", s.SetTransportProtocolOption(tcp.ProtocolNumber, &rec))
	serve(s, 7, echo)
	serve(s, 9, discard)
	serve(s, 19, chargen)
	takeOrders(s, *ctl)
	fmt.Println("READY")
	select {}
}

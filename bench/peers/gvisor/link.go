// A link endpoint with vnet headers: super-segments both ways and no software checksums, the strongest
// way to run netstack over TUN. The stock fdbased endpoint offers segmentation to sockets only.

package main

import (
	"encoding/binary"
	"log"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
	"gvisor.dev/gvisor/pkg/bufferv2"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/rawfile"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

type vnetEP struct {
	fd  int
	mtu uint32
	d   stack.NetworkDispatcher
	wg  sync.WaitGroup
}

const hdrLen = 10

func (e *vnetEP) MTU() uint32                     { return e.mtu }
func (e *vnetEP) MaxHeaderLength() uint16         { return 0 }
func (e *vnetEP) LinkAddress() tcpip.LinkAddress  { return "" }
func (e *vnetEP) IsAttached() bool                { return e.d != nil }
func (e *vnetEP) Wait()                           { e.wg.Wait() }
func (e *vnetEP) AddHeader(stack.PacketBufferPtr) {}
func (e *vnetEP) GSOMaxSize() uint32              { return 65535 }
func (e *vnetEP) SupportedGSO() stack.SupportedGSO {
	return stack.HostGSOSupported
}
func (e *vnetEP) ARPHardwareType() header.ARPHardwareType { return header.ARPHardwareNone }
func (e *vnetEP) Capabilities() stack.LinkEndpointCapabilities {
	return stack.CapabilityRXChecksumOffload
}
func (e *vnetEP) Attach(d stack.NetworkDispatcher) {
	e.d = d
	if d != nil {
		e.wg.Add(1)
		go e.rxLoop()
	}
}

func (e *vnetEP) rxLoop() {
	sizes := []int{256, 1500, 2048, 4096, 8192, 16384, 40000}
	views := make([]*bufferv2.View, len(sizes))
	var vh [hdrLen]byte
	iov := make([]unix.Iovec, len(sizes)+1)
	pfd := []unix.PollFd{{Fd: int32(e.fd), Events: unix.POLLIN}}
	for {
		iov[0].Base = &vh[0]
		iov[0].SetLen(hdrLen)
		for i := range views {
			if views[i] != nil {
				break
			}
			views[i] = bufferv2.NewViewSize(sizes[i])
			iov[i+1].Base = &views[i].AsSlice()[0]
			iov[i+1].SetLen(sizes[i])
		}
		var n uintptr
		for {
			var errno unix.Errno
			n, _, errno = unix.RawSyscall(unix.SYS_READV, uintptr(e.fd), uintptr(unsafe.Pointer(&iov[0])), uintptr(len(iov)))
			if errno == 0 {
				break
			}
			if errno != unix.EAGAIN && errno != unix.EINTR {
				log.Fatalf("tun read: %v", errno)
			}
			unix.Poll(pfd, -1)
		}
		left := int(n) - hdrLen
		var buf bufferv2.Buffer
		for i := 0; left > 0; i++ {
			v := views[i]
			views[i] = nil
			if left < sizes[i] {
				v.CapLength(left)
			}
			left -= sizes[i]
			buf.Append(v)
		}
		pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: buf})
		e.d.DeliverNetworkPacket(header.IPv4ProtocolNumber, pkt)
		pkt.DecRef()
	}
}

func (e *vnetEP) WritePackets(pkts stack.PacketBufferList) (int, tcpip.Error) {
	var vh [hdrLen]byte
	var iov [16]unix.Iovec
	done := 0
	for _, p := range pkts.AsSlice() {
		vh = [hdrLen]byte{}
		if g := p.GSOOptions; g.Type != stack.GSONone {
			binary.LittleEndian.PutUint16(vh[2:], uint16(p.HeaderSize()))
			if g.NeedsCsum {
				vh[0] = 1
				binary.LittleEndian.PutUint16(vh[6:], g.L3HdrLen)
				binary.LittleEndian.PutUint16(vh[8:], g.CsumOffset)
			}
			if uint16(p.Data().Size()) > g.MSS {
				vh[1] = 1 // TCPv4
				binary.LittleEndian.PutUint16(vh[4:], g.MSS)
			}
		}
		v := rawfile.AppendIovecFromBytes(iov[:0], vh[:], 1024)
		for _, s := range p.AsSlices() {
			v = rawfile.AppendIovecFromBytes(v, s, 1024)
		}
		if err := rawfile.NonBlockingWriteIovec(e.fd, v); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

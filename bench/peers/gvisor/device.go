// The TUN device.

package main

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

type ifreq struct {
	name  [16]byte
	flags uint16
	_     [22]byte
}

func openTun(name string, vnet bool) int {
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	must("tun", err)
	var r ifreq
	copy(r.name[:], name)
	r.flags = unix.IFF_TUN | unix.IFF_NO_PI
	if vnet {
		r.flags |= unix.IFF_VNET_HDR
	}
	if _, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TUNSETIFF, uintptr(unsafe.Pointer(&r))); e != 0 {
		must("TUNSETIFF", e)
	}
	if vnet {
		if _, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TUNSETOFFLOAD, 7); e != 0 { // CSUM|TSO4|TSO6
			must("TUNSETOFFLOAD", e)
		}
	}
	return fd
}

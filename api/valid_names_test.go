package api

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
)

// restartableBuffer is a buffer that can begin anew and remembers the tag, as a part
// of the history does.
type restartableBuffer struct {
	bytes.Buffer
	tag      string
	restarts int
}

func (b *restartableBuffer) Restart() error {
	b.restarts++
	b.Reset()
	return nil
}

func (b *restartableBuffer) SetETag(tag string) { b.tag = tag }

// fakeDNS is a name server behind a pipe: net.Resolver speaks to what is no
// net.PacketConn as over TCP, with two bytes of length in front.
func fakeDNS(addr netip.Addr) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer func() { _ = theirs.Close() }()
			for {
				var size [2]byte
				if _, err := io.ReadFull(theirs, size[:]); err != nil {
					return
				}
				query := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(theirs, query); err != nil {
					return
				}
				answer := dnsAnswer(query, addr)
				framed := binary.BigEndian.AppendUint16(nil, uint16(len(answer)))
				if _, err := theirs.Write(append(framed, answer...)); err != nil {
					return
				}
			}
		}()
		return ours, nil
	}
}

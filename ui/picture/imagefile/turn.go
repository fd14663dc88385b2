package imagefile

import (
	"context"
	"runtime/debug"
)

// LargeDecode is the memory in bytes from which pictures are decoded one at a time.
const LargeDecode = 64 << 20

var largeDecodes = make(chan struct{}, 1)

// TakeTurn waits until a picture that needs so many bytes of memory may be decoded, so that two large ones do not exceed the limit
// together. The caller calls done when the memory is no longer needed. The error is the context's.
func TakeTurn(ctx context.Context, memory int64) (done func(), err error) {
	if memory < LargeDecode {
		return func() {}, nil
	}
	select {
	case largeDecodes <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	debug.FreeOSMemory() // frees garbage before the picture needs its memory
	return func() {
		debug.FreeOSMemory() // and the decoder's memory
		<-largeDecodes
	}, nil
}

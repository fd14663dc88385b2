package disk

import (
	"io"
	"math/rand/v2"
)

// Allocate extends a file of have bytes by size bytes, and returns an error if the disk has no room for them. Where the system can reserve
// room without writing, nothing is written; elsewhere random bytes are, since zeros would take no room on a disk that compresses. The file
// must be open for appending, or at its end.
func Allocate(f io.Writer, have, size int64) error {
	if done, err := allocate(f, have, size); done {
		return err
	}
	noise, piece := rand.NewChaCha8([32]byte{}), make([]byte, 64<<10)
	for size > 0 {
		n := min(size, int64(len(piece)))
		_, _ = noise.Read(piece[:n])
		if _, err := f.Write(piece[:n]); err != nil {
			return err
		}
		size -= n
	}
	return nil
}

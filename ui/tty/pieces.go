package tty

import (
	"os"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// piece is the result of one read of the terminal.
type piece struct {
	bytes []byte
	at    time.Time
	err   error
}

// source reads a terminal in the background.
type source struct {
	pieces chan piece
	stop   func() // stops reading and waits until it has stopped
}

// startReading starts reading a terminal in the background.
func startReading(in *os.File) (*source, error) {
	reader, err := uv.NewCancelReader(in)
	if err != nil {
		return nil, err
	}
	stopped, done := make(chan struct{}), make(chan struct{})
	s := &source{pieces: make(chan piece, 16)}
	s.stop = sync.OnceFunc(func() {
		close(stopped)
		if reader.Cancel() { // a few systems cannot cancel
			<-done
		}
		_ = reader.Close()
	})
	go func() {
		defer close(done)
		for {
			b := make([]byte, 4<<10)
			n, err := reader.Read(b)
			select {
			case s.pieces <- piece{b[:n], time.Now(), err}:
			case <-stopped:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return s, nil
}

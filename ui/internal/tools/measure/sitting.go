//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// patience bounds the wait for a frame.
const patience = 15 * time.Second

// program is one of the two that are compared.
type program struct {
	name   string
	path   string
	args   []string
	marker string // what its first full frame ends with
	home   string
}

// sitting is one start of a program in a terminal of 120×40.
type sitting struct {
	program program
	cmd     *exec.Cmd
	master  *os.File
	began   time.Time
	news    chan time.Time // when something was written

	mu      sync.Mutex
	written []byte
}

// start starts a program. A mute terminal answers none of its questions.
func start(p program, mute bool) (*sitting, error) {
	cmd := exec.Command(p.path, p.args...)
	cmd.Env = []string{
		"HOME=" + p.home, "XDG_DATA_HOME=" + p.home + "/data", "XDG_CONFIG_HOME=" + p.home + "/config",
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
	s := &sitting{program: p, cmd: cmd, news: make(chan time.Time, 1<<14)}
	s.began = time.Now()
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		return nil, err
	}
	s.master = master
	go s.read(mute)
	return s, nil
}

// read takes what the program writes, with the time.
func (s *sitting) read(mute bool) {
	defer close(s.news)
	b := make([]byte, 64<<10)
	for {
		n, err := s.master.Read(b)
		now := time.Now()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.written = append(s.written, b[:n]...)
		s.mu.Unlock()
		if !mute {
			_, _ = s.master.Write(answers(b[:n]))
		}
		s.news <- now
	}
}

// questions are what programs ask a terminal: modes, and what is answered by a fixed word.
var questions = regexp.MustCompile(`\x1b\[\?(\d+)\$p|\x1b\[0?c|\x1b\[6n|\x1b\]1[01];\?|\x1b\[>0?q|\x1b\[\?u|\x1b\[18t`)

var fixed = map[string]string{
	"\x1b[c": "\x1b[?62;22c", "\x1b[0c": "\x1b[?62;22c", "\x1b[6n": "\x1b[1;1R",
	"\x1b]10;?": "\x1b]10;rgb:cccc/cccc/cccc\x1b\\", "\x1b]11;?": "\x1b]11;rgb:0000/0000/0000\x1b\\",
	"\x1b[>0q": "\x1bP>|measure 1.0\x1b\\", "\x1b[>q": "\x1bP>|measure 1.0\x1b\\",
	"\x1b[?u": "\x1b[?0u", "\x1b[18t": "\x1b[8;40;120t",
}

// answers is what a usual terminal says to what a program wrote.
func answers(written []byte) []byte {
	var said []byte
	for _, m := range questions.FindAllSubmatch(written, -1) {
		if len(m[1]) > 0 {
			said = fmt.Appendf(said, "\x1b[?%s;2$y", m[1])
			continue
		}
		said = append(said, fixed[string(m[0])]...)
	}
	return said
}

// firstFrame waits for the first full frame, and tells how long it took from the start.
func (s *sitting) firstFrame() (time.Duration, error) {
	over := time.After(patience)
	for {
		select {
		case at, ok := <-s.news:
			if s.has(s.program.marker) {
				return at.Sub(s.began), nil
			}
			if !ok {
				return 0, fmt.Errorf("%s left before its first frame: %q", s.program.name, s.tail())
			}
		case <-over:
			return 0, fmt.Errorf("%s shows no %q: %q", s.program.name, s.program.marker, s.tail())
		}
	}
}

func (s *sitting) has(marker string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.written, []byte(marker))
}

// count is how many bytes were written so far.
func (s *sitting) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.written)
}

func (s *sitting) tail() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written[max(0, len(s.written)-500):]
}

// settle drops what is known, until nothing new has come for a while.
func (s *sitting) settle(quiet time.Duration) {
	for {
		select {
		case _, ok := <-s.news:
			if !ok {
				return
			}
		case <-time.After(quiet):
			return
		}
	}
}

// press presses one key and tells how long the frame took that it causes; false when none came.
func (s *sitting) press(key string) (time.Duration, bool) {
	time.Sleep(25*time.Millisecond + rand.N(30*time.Millisecond)) // no step with the frames
	s.settle(time.Millisecond)
	began := time.Now()
	if _, err := s.master.WriteString(key); err != nil {
		return 0, false
	}
	select {
	case at, ok := <-s.news:
		return at.Sub(began), ok
	case <-time.After(300 * time.Millisecond):
		return 0, false
	}
}

// end ends the program the hard way; a tidy leave is nothing that is measured here.
func (s *sitting) end() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
	_ = s.master.Close()
}

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

// frameTimeout bounds the wait for a frame.
const frameTimeout = 15 * time.Second

// program is one of the two programs that are compared.
type program struct {
	name   string
	path   string
	args   []string
	marker string // text at the end of its first full frame
	home   string
}

// session is a program that runs in a pseudo-terminal of 120×40 cells.
type session struct {
	program program
	cmd     *exec.Cmd
	master  *os.File
	started time.Time
	writes  chan time.Time // times at which the program wrote something

	mu     sync.Mutex
	output []byte
}

// start starts a program. A mute terminal answers none of its queries.
func start(p program, mute bool) (*session, error) {
	cmd := exec.Command(p.path, p.args...)
	cmd.Env = []string{
		"HOME=" + p.home, "XDG_DATA_HOME=" + p.home + "/data", "XDG_CONFIG_HOME=" + p.home + "/config",
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
	s := &session{program: p, cmd: cmd, writes: make(chan time.Time, 1<<14)}
	s.started = time.Now()
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		return nil, err
	}
	s.master = master
	go s.read(mute)
	return s, nil
}

// read collects what the program writes.
func (s *session) read(mute bool) {
	defer close(s.writes)
	b := make([]byte, 64<<10)
	for {
		n, err := s.master.Read(b)
		now := time.Now()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.output = append(s.output, b[:n]...)
		s.mu.Unlock()
		if !mute {
			_, _ = s.master.Write(answerQueries(b[:n]))
		}
		s.writes <- now
	}
}

// queryPattern matches the queries that programs send to a terminal.
var queryPattern = regexp.MustCompile(`\x1b\[\?(\d+)\$p|\x1b\[0?c|\x1b\[6n|\x1b\]1[01];\?|\x1b\[>0?q|\x1b\[\?u|\x1b\[18t`)

var fixedAnswers = map[string]string{
	"\x1b[c": "\x1b[?62;22c", "\x1b[0c": "\x1b[?62;22c", "\x1b[6n": "\x1b[1;1R",
	"\x1b]10;?": "\x1b]10;rgb:cccc/cccc/cccc\x1b\\", "\x1b]11;?": "\x1b]11;rgb:0000/0000/0000\x1b\\",
	"\x1b[>0q": "\x1bP>|measure 1.0\x1b\\", "\x1b[>q": "\x1bP>|measure 1.0\x1b\\",
	"\x1b[?u": "\x1b[?0u", "\x1b[18t": "\x1b[8;40;120t",
}

// answerQueries returns the answers of an ordinary terminal to the queries in output.
func answerQueries(written []byte) []byte {
	var answer []byte
	for _, m := range queryPattern.FindAllSubmatch(written, -1) {
		if len(m[1]) > 0 {
			answer = fmt.Appendf(answer, "\x1b[?%s;2$y", m[1])
			continue
		}
		answer = append(answer, fixedAnswers[string(m[0])]...)
	}
	return answer
}

// firstFrame waits for the first full frame and returns the time since the start.
func (s *session) firstFrame() (time.Duration, error) {
	timeout := time.After(frameTimeout)
	for {
		select {
		case at, ok := <-s.writes:
			if s.has(s.program.marker) {
				return at.Sub(s.started), nil
			}
			if !ok {
				return 0, fmt.Errorf("%s left before its first frame: %q", s.program.name, s.tail())
			}
		case <-timeout:
			return 0, fmt.Errorf("%s shows no %q: %q", s.program.name, s.program.marker, s.tail())
		}
	}
}

func (s *session) has(marker string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.output, []byte(marker))
}

// outputSize returns the number of bytes written so far.
func (s *session) outputSize() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.output)
}

func (s *session) tail() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.output[max(0, len(s.output)-500):]
}

// drain discards times until nothing is written for a while.
func (s *session) drain(quiet time.Duration) {
	for {
		select {
		case _, ok := <-s.writes:
			if !ok {
				return
			}
		case <-time.After(quiet):
			return
		}
	}
}

// press presses a key and returns the time until the next frame; false if there is none.
func (s *session) press(key string) (time.Duration, bool) {
	time.Sleep(25*time.Millisecond + rand.N(30*time.Millisecond)) // random, so as not to be in phase with the frames
	s.drain(time.Millisecond)
	pressed := time.Now()
	if _, err := s.master.WriteString(key); err != nil {
		return 0, false
	}
	select {
	case at, ok := <-s.writes:
		return at.Sub(pressed), ok
	case <-time.After(300 * time.Millisecond):
		return 0, false
	}
}

// kill kills the program; a regular exit is not measured.
func (s *session) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
	_ = s.master.Close()
}

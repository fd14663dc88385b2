//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"tintype/ui/cli"
)

// runInTerminal runs one command line in this process with a terminal at both ends, whose answers are written before the queries. It
// returns the final screen and all output.
func runInTerminal(t *testing.T, answers string, env map[string]string, args ...string) (screen *vt.Emulator, written string, code int) {
	t.Helper()
	master, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(line, &pty.Winsize{Cols: 60, Rows: 20, X: 600, Y: 400}); err != nil {
		t.Fatal(err)
	}
	screen = vt.NewEmulator(60, 20)
	t.Cleanup(func() { stopAnswering(screen) })
	go func() { _, _ = io.Copy(io.Discard, screen) }() // the emulator's own answers
	modes, err := term.GetState(line.Fd())
	if err != nil {
		t.Fatal(err)
	}
	modes.Lflag &^= unix.ECHO | unix.ICANON // the answers are neither echoed nor held back until a line ends
	if err := term.SetState(line.Fd(), modes); err != nil {
		t.Fatal(err)
	}
	if _, err := master.WriteString(answers); err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _ = io.Copy(io.MultiWriter(&all, screen), master) // until the command's end is closed
	}()
	env["HOME"], env["USERPROFILE"], env["LANG"] = t.TempDir(), t.TempDir(), "C.UTF-8"
	code = cli.Run(context.Background(), args, func(name string) string { return env[name] }, line, line, io.Discard)
	_ = line.Close()
	<-read
	_ = master.Close()
	if !bytes.Contains(all.Bytes(), []byte("\x1b[c")) {
		t.Error("the terminal was not queried")
	}
	return screen, all.String(), code
}

// orangePicture writes a picture of one colour and returns its path.
func orangePicture(t *testing.T) string {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.RGBA{200, 120, 40, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "orange.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPreviewInATerminal: preview uses the graphics protocol that the terminal's answers announce.
func TestPreviewInATerminal(t *testing.T) {
	path := orangePicture(t)
	for _, c := range []struct {
		name, answers string
		has           string
	}{
		{"kitty", "\x1bP>|kitty(0.41.1)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;52;c", "\x1b_Ga=T,U=1,"},
		{"konsole", "\x1bP>|Konsole 22.12.3\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;1;4c", "\x1b_Ga=T,p=1,C=1,"},
		{"foot", "\x1bP>|foot(1.13.1)\x1b\\\x1b[6;20;10t\x1b[?62;4;22c", "\x1bP0;1;0q"},
		{"nothing special", "\x1b[?62;22c", "\x1b[38;2;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, written, code := runInTerminal(t, c.answers, map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "preview", path)
			if code != 0 || !strings.Contains(written, c.has) {
				t.Errorf("code %d; %q is not in %.300q…", code, c.has, written)
			}
		})
	}
}

// TestPreviewFillsTheScreenButOneLine: one line stays free for the shell's prompt.
func TestPreviewFillsTheScreenButOneLine(t *testing.T) {
	screen, _, code := runInTerminal(t, "\x1b[?62;22c", map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "preview", orangePicture(t))
	if code != 0 {
		t.Fatal(code)
	}
	for _, at := range []struct {
		x, y int
		want bool
	}{{0, 0, true}, {37, 18, true}, {38, 0, false}, {0, 19, false}} { // 38×19 cells of 10×20 pixels are square
		cell := screen.CellAt(at.x, at.y)
		got := cell != nil && (cell.Style.Bg != nil || cell.Style.Fg != nil)
		if got != at.want {
			t.Errorf("a picture at %d,%d: %v, want %v\n%s", at.x, at.y, got, at.want, screen.String())
		}
	}
	if c := screen.CellAt(20, 9); fmt.Sprint(c.Style.Bg) != fmt.Sprint(color.RGBA{200, 120, 40, 255}) {
		t.Errorf("its colour is %v", c.Style.Bg)
	}
}

// TestDoctorAsksTheTerminal: doctor prints the capabilities that the terminal announces.
func TestDoctorAsksTheTerminal(t *testing.T) {
	_, written, code := runInTerminal(t, "\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;20;10t\x1b_Gi=31;OK\x1b\\\x1b[?62;52;c",
		map[string]string{"TERM": "xterm-kitty"}, "doctor", "--demo")
	for _, output := range []string{"kitty(0.41.1)", "kitty's, as part of the text", "16 million", "60×20 cells", "10×20 pixels", "Nothing is wrong."} {
		if !strings.Contains(written, output) {
			t.Errorf("doctor (code %d) does not say %q:\n%s", code, output, written)
		}
	}
}

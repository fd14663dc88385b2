package ui

import (
	"flag"
	"os"
	"path/filepath"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
)

var update = flag.Bool("update", false, "write the goldens anew")

// screenBuffer is the screen as a terminal of the program's size shows it.
func (s *app) screenBuffer() uv.ScreenBuffer {
	w, h := s.m.terminal.w, s.m.terminal.h
	buf := uv.NewScreenBuffer(w, h)
	buf.Method = ansi.GraphemeWidth
	uv.NewStyledString(s.m.View().Content).Draw(buf, buf.Bounds())
	return buf
}

// lines are the rows of the screen without styles, blanks at their ends cut.
func (s *app) lines() []string {
	buf := s.screenBuffer()
	lines := make([]string, buf.Height())
	for y := range lines {
		var b strings.Builder
		for x := 0; x < buf.Width(); x++ {
			if cell := buf.CellAt(x, y); cell != nil && cell.Width > 0 {
				b.WriteString(cell.Content)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

func (s *app) screenText() string { return strings.Join(s.lines(), "\n") + "\n" }

// expectText fails unless each text stands on the screen, in one row.
func (s *app) expectText(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.screenText(), text) {
			s.t.Fatalf("the screen lacks %q:\n%s", text, s.screenText())
		}
	}
}

// expectNoText fails if a text stands on the screen.
func (s *app) expectNoText(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.screenText(), text) {
			s.t.Fatalf("the screen has %q:\n%s", text, s.screenText())
		}
	}
}

// textIn is the text in a rectangle of the screen, its lines joined by blanks.
func (s *app) textIn(r cell.Rect) string {
	buf := s.screenBuffer()
	var words []string
	for y := r.Y; y < r.Bottom(); y++ {
		var b strings.Builder
		for x := r.X; x < r.Right(); x++ {
			if cell := buf.CellAt(x, y); cell != nil && cell.Width > 0 {
				b.WriteString(cell.Content)
			}
		}
		words = append(words, strings.Fields(b.String())...)
	}
	return strings.Join(words, " ")
}

// captionText is what stands under the picture, voice what the bottom row says with the lines that it grew by.
func (s *app) captionText() string { return s.textIn(s.m.layout.Caption) }

func (s *app) statusText() string {
	l := s.m.layout
	return strings.TrimSpace(s.textIn(l.Above) + " " + s.textIn(l.Bottom))
}

// expectSentence fails unless caption or bottom row hold a sentence, however it is wrapped.
func (s *app) expectSentence(sentence string) {
	s.t.Helper()
	if !strings.Contains(s.captionText(), sentence) && !strings.Contains(s.statusText(), sentence) {
		s.t.Fatalf("nobody says %q:\n%s", sentence, s.screenText())
	}
}

// hidePicture puts ░ in place of the cells of the pictures on the stage, which depend on decoders and scalers.
func (s *app) hidePicture() {
	for _, tile := range s.m.preview.Shown().Tiles {
		frame, _ := s.m.preview.Frame(tile)
		for i, line := range frame.Lines {
			frame.Lines[i] = strings.Repeat("░", ansi.StringWidth(line))
		}
	}
}

// expectGolden compares the screen, without styles, with the file of that name.
func (s *app) expectGolden(name string) {
	s.t.Helper()
	s.hidePicture()
	s.expectFits(name)
	got := s.screenText()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatalf("%v; go test ./ui -update writes it", err)
	}
	if got != string(want) {
		s.t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

// expectFits checks that no line is wider than the screen, and that there are no more lines than rows.
func (s *app) expectFits(name string) {
	s.t.Helper()
	lines := strings.Split(s.m.View().Content, "\n")
	if len(lines) > s.m.terminal.h {
		s.t.Errorf("%s has %d lines in %d rows", name, len(lines), s.m.terminal.h)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w > s.m.terminal.w {
			s.t.Errorf("%s: row %d is %d columns wide", name, y, w)
		}
	}
}

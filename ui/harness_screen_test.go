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

var update = flag.Bool("update", false, "write the golden files")

// screenBuffer returns the cells that a terminal of the program's size shows.
func (s *app) screenBuffer() uv.ScreenBuffer {
	w, h := s.m.terminal.W, s.m.terminal.H
	buf := uv.NewScreenBuffer(w, h)
	buf.Method = ansi.GraphemeWidth
	uv.NewStyledString(s.m.View().Content).Draw(buf, buf.Bounds())
	return buf
}

// lines returns the rows of the screen without styles and without blanks at their ends.
func (s *app) lines() []string {
	buf := s.screenBuffer()
	lines := make([]string, buf.Height())
	for y := range lines {
		var b strings.Builder
		for x := 0; x < buf.Width(); x++ {
			if at := buf.CellAt(x, y); at != nil && at.Width > 0 {
				b.WriteString(at.Content)
			}
		}
		lines[y] = strings.TrimRight(ansi.Strip(string(cell.Draw([]byte(b.String())))), " ")
	}
	return lines
}

// screenText returns the screen without styles.
func (s *app) screenText() string { return strings.Join(s.lines(), "\n") + "\n" }

// expectText fails the test unless each text is on the screen, in one row.
func (s *app) expectText(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.screenText(), text) {
			s.t.Fatalf("%q is not on the screen:\n%s", text, s.screenText())
		}
	}
}

// expectNoText fails the test if one of the texts is on the screen.
func (s *app) expectNoText(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.screenText(), text) {
			s.t.Fatalf("%q is on the screen:\n%s", text, s.screenText())
		}
	}
}

// textIn returns the words in a rectangle of the screen, joined by single blanks.
func (s *app) textIn(r cell.Rect) string {
	buf := s.screenBuffer()
	var words []string
	for y := r.Y; y < r.Bottom(); y++ {
		var b strings.Builder
		for x := r.X; x < r.Right(); x++ {
			if at := buf.CellAt(x, y); at != nil && at.Width > 0 {
				b.WriteString(at.Content)
			}
		}
		words = append(words, strings.Fields(b.String())...)
	}
	return strings.Join(words, " ")
}

// captionText returns the text in the place of a picture that is not there, and under it; statusText that of the bottom row and of the
// lines above it that belong to it.
func (s *app) captionText() string {
	caption := s.textIn(s.m.layout.Caption)
	if len(s.m.preview.Shown().Tiles) > 0 {
		return caption
	}
	return strings.TrimSpace(s.textIn(s.m.layout.Preview) + " " + caption)
}

func (s *app) statusText() string {
	l := s.m.layout
	return strings.TrimSpace(s.textIn(l.StatusAbove) + " " + s.textIn(l.Status))
}

// expectSentence fails the test unless the caption or the bottom row has a sentence, however it is wrapped.
func (s *app) expectSentence(sentence string) {
	s.t.Helper()
	if !strings.Contains(s.captionText(), sentence) && !strings.Contains(s.statusText(), sentence) {
		s.t.Fatalf("%q is neither in the caption nor in the bottom row:\n%s", sentence, s.screenText())
	}
}

// hidePicture replaces the cells of the preview's pictures by ░, since they depend on decoders and scalers.
func (s *app) hidePicture() {
	for _, tile := range s.m.preview.Shown().Tiles {
		frame, _ := s.m.preview.Frame(tile)
		for i, line := range frame.Lines {
			frame.Lines[i] = strings.Repeat("░", ansi.StringWidth(line))
		}
	}
}

// expectGolden compares the screen, without styles, with a golden file.
func (s *app) expectGolden(name string) {
	s.t.Helper()
	s.hidePicture()
	s.hideThumbnails()
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

// expectFits fails the test if a line is wider than the screen, or if there are more lines than rows.
func (s *app) expectFits(name string) {
	s.t.Helper()
	lines := strings.Split(s.m.View().Content, "\n")
	if len(lines) > s.m.terminal.H {
		s.t.Errorf("%s has %d lines in %d rows", name, len(lines), s.m.terminal.H)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w > s.m.terminal.W {
			s.t.Errorf("%s: row %d is %d columns wide", name, y, w)
		}
	}
}

// hideThumbnails replaces the cells of thumbnails and of compared pictures by ░.
func (s *app) hideThumbnails() {
	for _, t := range s.m.screens.Drawn().Pictures().Thumbs {
		for _, tile := range t.Tiles {
			frame, _ := s.m.preview.Frame(tile)
			for i, line := range frame.Lines {
				frame.Lines[i] = strings.Repeat("░", ansi.StringWidth(line))
			}
		}
	}
}

// expectPlain fails the test if a colour is on the screen, or a character that is not ASCII where the signs are.
func (s *app) expectPlain() {
	s.t.Helper()
	ascii := s.m.look.Glyphs.Times == "x"
	buf := s.screenBuffer()
	for y := range buf.Height() {
		for x := range buf.Width() {
			switch cell := buf.CellAt(x, y); {
			case cell == nil:
			case cell.Style.Fg != nil || cell.Style.Bg != nil:
				s.t.Fatalf("a colour at %d, %d:\n%s", x, y, s.screenText())
			case ascii && strings.IndexFunc(cell.Content, func(r rune) bool { return r >= 0x80 }) >= 0:
				s.t.Fatalf("%q at %d, %d:\n%s", cell.Content, x, y, s.screenText())
			}
		}
	}
}

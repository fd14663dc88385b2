//go:build unix

package cli_test

import (
	"fmt"
	"image/color"
	"strings"
)

// waitFor waits until all of the words are on the screen.
func (x *terminal) waitFor(words ...string) {
	x.t.Helper()
	x.waitUntil(fmt.Sprintf("%q", words), func() bool {
		screen := x.screen.String()
		for _, w := range words {
			if !strings.Contains(screen, w) {
				return false
			}
		}
		return true
	})
}

// waitForNo waits until none of the words is on the screen.
func (x *terminal) waitForNo(words ...string) {
	x.t.Helper()
	x.waitUntil(fmt.Sprintf("no %q", words), func() bool {
		screen := x.screen.String()
		for _, w := range words {
			if strings.Contains(screen, w) {
				return false
			}
		}
		return true
	})
}

// waitForPicture waits until the preview, the right half, has more colours than any text has.
func (x *terminal) waitForPicture() {
	x.t.Helper()
	x.waitUntil("a picture", func() bool {
		colours, rows := map[string]bool{}, 0
		for y := range x.screen.Height() {
			before := len(colours)
			for col := x.screen.Width() / 2; col < x.screen.Width(); col++ {
				if c := x.screen.CellAt(col, y); c != nil && c.Style.Bg != nil {
					colours[fmt.Sprint(c.Style.Bg)] = true
				}
			}
			if len(colours) > before {
				rows++
			}
		}
		return len(colours) > 40 && rows > x.screen.Height()/3
	})
}

// waitForColour waits until some cell has the colour, as in a picture of one colour.
func (x *terminal) waitForColour(r, g, b uint8) {
	x.t.Helper()
	x.waitUntil("a picture's colour", func() bool {
		for y := range x.screen.Height() {
			for col := range x.screen.Width() {
				if c := x.screen.CellAt(col, y); c != nil && c.Style.Bg == (color.RGBA{r, g, b, 255}) {
					return true
				}
			}
		}
		return false
	})
}

// waitForDemo waits until the demo can buy. Earlier frames show its form while the history is being opened.
func (x *terminal) waitForDemo() {
	x.t.Helper()
	x.waitUntil("the demo's history", func() bool {
		screen := x.screen.String()
		return strings.Contains(screen, "DEMO · free") &&
			(strings.Contains(screen, "No pictures yet.") || strings.Contains(screen, "1 of "))
	})
}

// waitForJob waits until the provider has a job: a purchase that was not sent yet would end with the program.
func (x *terminal) waitForJob() {
	x.t.Helper()
	x.waitUntil("a job that the provider knows", func() bool {
		screen := x.screen.String()
		return strings.Contains(screen, "1 running") &&
			(strings.Contains(screen, "starting") || strings.Contains(screen, "developing"))
	})
}

// waitForDraft waits until the prompt, whose lines begin below its label, contains text.
func (x *terminal) waitForDraft(text string) {
	x.t.Helper()
	x.waitUntil("the draft "+text, func() bool {
		lines := strings.Split(x.screen.String(), "\n")
		return len(lines) > 2 && strings.Contains(lines[2], text)
	})
}

//go:build unix

package cli_test

import (
	"fmt"
	"image/color"
	"strings"
)

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

func (x *terminal) waitForDemo() {
	x.t.Helper()
	x.waitUntil("the demo's history", func() bool {
		screen := x.screen.String()
		return strings.Contains(screen, "DEMO · free") &&
			(strings.Contains(screen, "Nothing made yet.") || strings.Contains(screen, " all "))
	})
}

func (x *terminal) waitForJob() {
	x.t.Helper()
	x.waitUntil("a job that the provider knows", func() bool {
		screen := x.screen.String()
		return strings.Contains(screen, "1 running") &&
			(strings.Contains(screen, "starting") || strings.Contains(screen, "developing"))
	})
}

func (x *terminal) waitForDraft(text string) {
	x.t.Helper()
	x.waitUntil("the draft "+text, func() bool {
		lines := strings.Split(x.screen.String(), "\n")
		return len(lines) > 2 && strings.Contains(lines[2], text)
	})
}

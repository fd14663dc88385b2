package preview

import (
	"strings"
	"testing"
	"time"

	"tintype/ui/picture"
	"tintype/ui/theme"
)

// TestPartialPictureIsSaid: the caption of a picture whose file was cut off says so, and no other caption does.
func TestPartialPictureIsSaid(t *testing.T) {
	t.Parallel()
	for _, partial := range []bool{false, true} {
		p, _ := withPictures(picture.Blocks, 1)
		now := time.Now()
		p.Follow(now)
		want, missing := p.Next(now)
		if !missing {
			t.Fatal("nothing is to be rendered")
		}
		frame := blank(want.Box.W, want.Box.H)
		frame.Partial = partial
		p.OnRendered(Rendered{Key: want, Frame: frame})
		p.Follow(now)
		text := strings.Join(p.caption(120, 2, theme.Look{}), "\n")
		if strings.Contains(text, "cut off or damaged") != partial {
			t.Errorf("partial %v: %q", partial, text)
		}
	}
}

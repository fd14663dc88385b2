package ui

import (
	"testing"

	"tintype/history"
)

// TestPathsOutsideAreNotUsed: a path of the history that leads out of the data folder is neither opened, copied, drawn nor taken as an
// input image.
func TestPathsOutsideAreNotUsed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		for _, path := range []string{"../../../x.png", "/etc/passwd", `..\..\x.png`, `C:\x.png`, `\\server\x.png`} {
			e := history.Entry{Outputs: []history.Output{{Path: path}, {Path: "pictures/a.png"}}}
			if got := picturePath(e, 1); got != "" {
				t.Errorf("%q is opened as %q", path, got)
			}
			if got := picturePath(e, 0); got != "pictures/a.png" {
				t.Errorf("beside %q the picture is %q", path, got)
			}
			if got := (previewSource{s.m}).Path(path); got != "" {
				t.Errorf("%q is drawn as %q", path, got)
			}
		}
		if got := (previewSource{s.m}).Path("pictures/a.png"); got != s.m.session.History.Path("pictures/a.png") {
			t.Errorf("a picture is drawn as %q", got)
		}
	})
}

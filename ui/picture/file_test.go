package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func writeFile(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRenderFilePassesFilesOn(t *testing.T) {
	files := encoded(t, 60, 40)
	box, want := Cells{30, 30}, Cells{30, 10}
	for _, tt := range []struct {
		protocol Protocol
		format   string
		passed   bool
		remote   bool
	}{
		{Kitty, "png", true, false},
		{KittyDirect, "png", true, false},
		{ITerm2, "png", true, false},
		{ITerm2, "jpeg", true, false},
		{Kitty, "webp", false, false},
		{Kitty, "png", false, true},
		{Sixel, "png", false, false},
		{Blocks, "jpeg", false, false},
	} {
		caps := Capabilities{Protocol: tt.protocol, Colours: 1 << 24, Remote: tt.remote}
		f, size, info, err := RenderFile(t.Context(), writeFile(t, "x", files[tt.format]), box, caps, Options{ID: 4}, Limits{})
		if err != nil || size != want || info.Width != 60 || len(f.Lines) != want.H {
			t.Fatalf("%s of %s: %v, %v, %v", tt.protocol, tt.format, size, info, err)
		}
		passed := false
		if tt.protocol == Kitty || tt.protocol == KittyDirect {
			commands, data := kittyCommands(t, f.Send)
			passed = commands[0]["f"] == "100" && bytes.Equal(data[0], files[tt.format])
		} else if tt.protocol == ITerm2 {
			passed = bytes.Equal(f.Send, iterm2File(files[tt.format], size))
		}
		if passed != tt.passed {
			t.Errorf("%s of %s, remote %v: passed on: %v", tt.protocol, tt.format, tt.remote, passed)
		}
	}
}

func TestRenderFileRefuses(t *testing.T) {
	for name, file := range map[string][]byte{"a bomb": bomb(30000, 30000), "text": []byte("text"), "cut": encoded(t, 60, 40)["webp"][:50]} {
		_, _, _, err := RenderFile(t.Context(), writeFile(t, "x", file), Cells{9, 9}, Capabilities{Protocol: Kitty, Colours: 1 << 24}, Options{ID: 4}, Limits{})
		if err == nil {
			t.Errorf("%s was taken for a picture", name)
		}
	}
}

func TestPrint(t *testing.T) {
	lines := []string{"one", "two"}
	for _, tt := range []struct {
		name string
		Frame
		want string
	}{
		{"a part of the text", Frame{Lines: lines, Send: []byte("S")}, "Sone\ntwo\n"},
		{"over it", Frame{Lines: lines, Send: []byte("S"), Overlay: true}, "\n\n\x1b[2A\x1b7S\x1b8\x1b[2B"},
		{
			"over it, in pieces",
			Frame{Lines: lines, Send: []byte("S"), Overlay: true, pieces: []piece{{2, 0, []byte("R")}, {0, 1, []byte("B")}}},
			"\n\n\x1b[2A\x1b7S\x1b8\x1b[2CR\x1b8\x1b[1BB\x1b8\x1b[2B",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Print(&b, tt.Frame); err != nil || b.String() != tt.want {
				t.Errorf("%q, %v, want %q", b.String(), err, tt.want)
			}
		})
	}
}

func TestThumbnails(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, gradient(600, 300)); err != nil {
		t.Fatal(err)
	}
	path := writeFile(t, "boat.png", file.Bytes())
	dir := filepath.Join(t.TempDir(), "thumbnails")
	thumbs := NewThumbnails(dir)
	for i := range 2 {
		img, info, err := thumbs.Load(t.Context(), path, Limits{})
		if err != nil || img.Bounds().Size() != image.Pt(256, 128) {
			t.Fatalf("%v, %v", img.Bounds(), err)
		}
		if (info == Info{}) != (i == 1) {
			t.Errorf("time %d: info %v", i, info)
		}
		near(t, img, gradient(600, 300), 14)
	}
	made, err := os.ReadDir(dir)
	if err != nil || len(made) != 1 {
		t.Fatalf("%d files, %v", len(made), err)
	}

	if err := os.WriteFile(filepath.Join(dir, made[0].Name()), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, info, err := thumbs.Load(t.Context(), path, Limits{}); err != nil || info.Width != 600 {
		t.Errorf("a damaged thumbnail: %v, %v", info, err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if _, info, _ := thumbs.Load(t.Context(), path, Limits{}); info.Width != 600 {
		t.Error("the thumbnail of a picture that changed is still taken")
	}
	if _, _, err := NewThumbnails("").Load(t.Context(), path, Limits{}); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}

func TestThumbnailNeverEnlarges(t *testing.T) {
	small, err := newThumbnail(t.Context(), gradient(3, 2), smallThumbnail)
	if err != nil || small.Bounds().Size() != image.Pt(3, 2) {
		t.Errorf("%v, %v", small.Bounds(), err)
	}
	thin, err := newThumbnail(t.Context(), gradient(5000, 2), smallThumbnail)
	if err != nil || thin.Bounds().Size() != image.Pt(256, 1) {
		t.Errorf("%v, %v", thin.Bounds(), err)
	}
	if err := jpeg.Encode(&bytes.Buffer{}, thin, nil); err != nil {
		t.Error(err)
	}
}

func TestCache(t *testing.T) {
	c := NewCache(250)
	key := func(path string) Key { return Key{Path: path} }
	frame := func(id uint32) Frame { return Frame{id: id, Send: make([]byte, 100)} }
	if gone := append(c.Put(key("a"), frame(1)), c.Put(key("b"), frame(2))...); len(gone) != 0 {
		t.Fatalf("let %d go within the budget", len(gone))
	}
	if f, ok := c.Get(key("a")); !ok || f.id != 1 {
		t.Fatal("a is not kept")
	}
	if gone := c.Put(key("c"), frame(3)); len(gone) != 1 || gone[0].id != 2 {
		t.Fatalf("let %v go, want b, which was asked for longest ago", gone)
	}
	if gone := c.Put(key("c"), frame(4)); len(gone) != 1 || gone[0].id != 3 {
		t.Fatalf("let %v go, want the earlier c", gone)
	}
	if gone := c.Put(key("d"), Frame{id: 5, Send: make([]byte, 1000)}); len(gone) != 2 {
		t.Fatalf("let %d go for a large one, want all others", len(gone))
	}
	if _, ok := c.Get(key("d")); !ok {
		t.Error("what is on the screen is not kept")
	}
	if gone := c.Clear(); len(gone) != 1 || c.used != 0 {
		t.Errorf("cleared %d, and %d bytes are left", len(gone), c.used)
	}
}

// TestThumbnailsFor: what is drawn in many pixels is made from a larger thumbnail, which lies beside the small one.
func TestThumbnailsFor(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "large.png")
	var b bytes.Buffer
	if err := png.Encode(&b, gradient(1000, 500)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	thumbs := NewThumbnails(filepath.Join(dir, "thumbs"))
	kitty := Capabilities{Protocol: Kitty, CellWidth: 18, CellHeight: 36}
	for _, c := range []struct {
		box  Cells
		caps Capabilities
		want int // of its longer side; 0: the picture itself
	}{
		{Cells{22, 11}, Capabilities{Protocol: Blocks, CellWidth: 18, CellHeight: 36}, 256},
		{Cells{22, 11}, Capabilities{Protocol: Kitty, CellWidth: 9, CellHeight: 18}, 256},
		{Cells{22, 11}, kitty, 512},
		{Cells{52, 26}, kitty, 0},
	} {
		sized, ok := thumbs.Sized(c.box, c.caps)
		if ok != (c.want > 0) {
			t.Errorf("%v: a thumbnail is large enough: %v", c.box, ok)
		}
		if !ok {
			continue
		}
		for range 2 { // made, and read again
			img, _, err := sized.Load(t.Context(), path, Limits{})
			if err != nil || img.Bounds().Dx() != c.want || img.Bounds().Dy() != c.want/2 {
				t.Errorf("%v: %v, %v, want %d wide", c.box, img, err, c.want)
			}
		}
	}
	if files, err := os.ReadDir(filepath.Join(dir, "thumbs")); err != nil || len(files) != 2 {
		t.Errorf("%d thumbnails, %v", len(files), err)
	}
}

package picture

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func writeFile(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRenderFileSendsFilesUndecoded(t *testing.T) {
	files := encodedFiles(t, 60, 40)
	box, wantSize := Cells{30, 30}, Cells{30, 10}
	for _, tt := range []struct {
		protocol Protocol
		format   string
		want     bool
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
		if err != nil || size != wantSize || info.Width != 60 || len(f.Lines) != wantSize.H {
			t.Fatalf("%s of %s: %v, %v, %v", tt.protocol, tt.format, size, info, err)
		}
		undecoded := false
		if tt.protocol == Kitty || tt.protocol == KittyDirect {
			commands, data := kittyCommands(t, f.Send)
			undecoded = commands[0]["f"] == "100" && bytes.Equal(data[0], files[tt.format])
		} else if tt.protocol == ITerm2 {
			undecoded = bytes.Equal(f.Send, iterm2Code(files[tt.format], size))
		}
		if undecoded != tt.want {
			t.Errorf("%s of %s, remote %v: undecoded %v, want %v", tt.protocol, tt.format, tt.remote, undecoded, tt.want)
		}
	}
}

func TestRenderFileRejectsBadFiles(t *testing.T) {
	for name, file := range map[string][]byte{"too large": pngHeader(30000, 30000), "text": []byte("text"), "cut": encodedFiles(t, 60, 40)["webp"][:50]} {
		_, _, _, err := RenderFile(t.Context(), writeFile(t, "x", file), Cells{9, 9}, Capabilities{Protocol: Kitty, Colours: 1 << 24}, Options{ID: 4}, Limits{})
		if err == nil {
			t.Errorf("%s was rendered", name)
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
		{"in the text", Frame{Lines: lines, Send: []byte("S")}, "Sone\ntwo\n"},
		{"over the text", Frame{Lines: lines, Send: []byte("S"), Overlay: true}, "\n\n\x1b[2A\x1b7S\x1b8\x1b[2B"},
		{
			"over the text, in pieces",
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

package picture

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/ui/picture/imagetest"
)

// TestSecurityDecoders: a file that is not a WebP, PNG, JPEG or GIF by its first bytes reaches no decoder and no terminal, whatever
// its name is: SVG and HTML, in which viewers would run scripts, and formats for which we have no decoder.
func TestSecurityDecoders(t *testing.T) {
	for name, file := range map[string]string{
		"svg":            `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>`,
		"svg of XML":     `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>`,
		"html":           "<!doctype html><script>alert(1)</script>",
		"html of a 502":  "<html><head><title>502 Bad Gateway</title></head></html>",
		"avif":           "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf",
		"avif, animated": "\x00\x00\x00\x1cftypavis\x00\x00\x00\x00avismsf1",
		"mp4":            "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2",
		"tiff":           "II*\x00\x08\x00\x00\x00",
		"bmp":            "BM\x46\x00\x00\x00\x00\x00\x00\x006\x00\x00\x00",
		"pdf":            "%PDF-1.7\n",
		"postscript":     "%!PS-Adobe-3.0 EPSF-3.0\n",
		"a script":       "#!/bin/sh\nrm -rf /\n",
		"a JSON error":   `{"detail":"not found"}`,
		"spaces before":  "  \x89PNG\r\n\x1a\n",
	} {
		for _, ext := range []string{".webp", ".png", ".svg", ".avif"} {
			path := filepath.Join(t.TempDir(), "picture"+ext)
			if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
				t.Fatal(err)
			}
			img, _, err := Load(t.Context(), path, DefaultLimits)
			var refused *Error
			if img != nil || !errors.As(err, &refused) || refused.code != codeUnreadable || strings.Contains(refused.sentence, "script") {
				t.Errorf("%s as %s: %v", name, ext, err)
			}
			for protocol := range protocols {
				caps := Capabilities{Protocol: protocol, CellWidth: 10, CellHeight: 20, Colours: 1 << 24}
				frame, _, _, err := RenderFile(t.Context(), path, Cells{40, 20}, caps, Options{ID: 7}, DefaultLimits)
				if err == nil || len(frame.Send) > 0 || len(frame.Lines) > 0 {
					t.Errorf("%s as %s is sent to %s: %q", name, ext, protocol, frame.Send)
				}
			}
		}
	}
}

// TestTerminalNeverReadsFiles looks at everything that is sent: no code tells the terminal to open a file.
func TestTerminalNeverReadsFiles(t *testing.T) {
	for protocol := range protocols {
		f, err := Render(t.Context(), imagetest.Gradient(64, 64), Cells{8, 4}, Capabilities{Protocol: protocol, Colours: 1 << 24}, Options{ID: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range [][]byte{f.Send, f.redraw, f.hide, f.Delete} {
			for command := range strings.SplitSeq(string(b), "\x1b_G") {
				keys, _, _ := strings.Cut(command, ";")
				if strings.Contains(keys, "t=") {
					t.Errorf("%s sends %q", protocol, keys)
				}
			}
		}
	}
}

package picture

import (
	"context"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecurityDecoders: what is no WebP, PNG, JPEG or GIF by its first bytes is given to no decoder and to no terminal, whatever its
// name says: SVG and HTML, which viewers obey, and AVIF, TIFF and BMP, whose decoders we do not have. Rule §3.4, row “wrong
// content-type”.
func TestSecurityDecoders(t *testing.T) {
	asked := watchDecoders(t)
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
			for _, protocol := range []Protocol{Kitty, KittyDirect, ITerm2, Sixel, Blocks} {
				caps := Capabilities{Protocol: protocol, CellWidth: 10, CellHeight: 20, Colours: 1 << 24}
				frame, _, _, err := RenderFile(t.Context(), path, Cells{40, 20}, caps, Options{ID: 7}, DefaultLimits)
				if err == nil || len(frame.Send) > 0 || len(frame.Lines) > 0 {
					t.Errorf("%s as %s goes to %s: %q", name, ext, protocol, frame.Send)
				}
			}
		}
	}
	if *asked > 0 {
		t.Errorf("decoders were asked %d times", *asked)
	}
}

// watchDecoders counts how often any decoder is asked, until the test ends.
func watchDecoders(t *testing.T) (asked *int) {
	asked = new(int)
	before := formats
	watched := append([]format(nil), formats...)
	for i, f := range watched {
		watched[i].config = func(r io.Reader) (image.Config, error) { *asked++; return f.config(r) }
		watched[i].decode = func(r io.Reader) (image.Image, error) { *asked++; return f.decode(r) }
	}
	formats = watched
	t.Cleanup(func() { formats = before })
	return asked
}

// TestSecurityDecodersPanic: a decoder that panics, in the header or in the pixels, costs the picture and no more, whoever draws
// it. Rule “recover around decoders”.
func TestSecurityDecodersPanic(t *testing.T) {
	before := formats
	t.Cleanup(func() { formats = before })
	path := filepath.Join(t.TempDir(), "picture")
	if err := os.WriteFile(path, encoded(t, 9, 9)["png"], 0o600); err != nil {
		t.Fatal(err)
	}
	broken := func() error { var none []int; _ = none[len(path)]; return nil }
	for where, f := range map[string]format{
		"header": {"png", hasPrefix("\x89PNG"), func(io.Reader) (image.Config, error) { return image.Config{}, broken() }, nil},
		"pixels": {
			"png", hasPrefix("\x89PNG"), func(io.Reader) (image.Config, error) { return image.Config{Width: 9, Height: 9}, nil },
			func(io.Reader) (image.Image, error) { return nil, broken() },
		},
	} {
		formats = []format{f}
		for name, draw := range map[string]func(ctx context.Context) error{
			"Load": func(ctx context.Context) error { _, _, err := Load(ctx, path, DefaultLimits); return err },
			"a thumbnail": func(ctx context.Context) error {
				_, _, err := NewThumbnails(t.TempDir()).Load(ctx, path, DefaultLimits)
				return err
			},
			"sixel": func(ctx context.Context) error { return renderFile(ctx, path, Sixel) },
		} {
			var refused *Error
			if err := draw(t.Context()); !errors.As(err, &refused) || refused.code != codeUnreadable {
				t.Errorf("a panic in the %s, for %s: %v", where, name, err)
			}
		}
		// A PNG goes to kitty as it is: only its header is read here.
		if err := renderFile(t.Context(), path, Kitty); (err != nil) != (where == "header") {
			t.Errorf("a panic in the %s, for kitty: %v", where, err)
		}
	}
}

// renderFile draws a file by a protocol, and drops the frame.
func renderFile(ctx context.Context, path string, protocol Protocol) error {
	caps := Capabilities{Protocol: protocol, CellWidth: 10, CellHeight: 20, Colours: 256}
	_, _, _, err := RenderFile(ctx, path, Cells{4, 4}, caps, Options{ID: 7}, DefaultLimits)
	return err
}

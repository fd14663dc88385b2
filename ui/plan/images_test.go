package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestResolveImages: a pattern becomes the files that it matches, and each is sent by its absolute path.
func TestResolveImages(t *testing.T) {
	glob := func(pattern string) ([]string, error) {
		switch pattern {
		case "refs/*.png":
			return []string{"refs/a.png", "refs/b.png"}, nil
		case "[":
			return nil, errors.New("syntax error in pattern")
		}
		return nil, nil
	}
	importImage := func(typed string) (string, error) {
		if strings.HasSuffix(typed, ".txt") {
			return "", errors.New("c.txt is no picture")
		}
		return "/home/me/" + typed, nil
	}
	s := spec(t, "flux-kontext-pro", "image=refs/*.png, c.png", "seed=1,2")
	axes, err := ResolveImages(s.Axes, glob, importImage)
	if err != nil {
		t.Fatal(err)
	}
	s.Axes = axes
	p := build(t, s)
	if got := texts(p.Axes[0].Values); !slices.Equal(got, []string{"refs/a.png", "refs/b.png", "c.png"}) || states(p) != "nnnnnn" {
		t.Errorf("%v, %s %v", got, states(p), p.Notes)
	}
	if got := p.Cells[2].Input["input_image"]; got != "/home/me/refs/b.png" {
		t.Errorf("%v is sent", got)
	}
	for typed, want := range map[string]string{
		"image=x/*.png": `image: no file matches "x/*.png".`,
		"image=[":       `image: "[" is no pattern of files. Write \ before a sign of a name that is one of * ? [.`,
		"image=c.txt":   "image: c.txt is no picture",
	} {
		if _, err := ResolveImages(spec(t, "flux-kontext-pro", typed).Axes, glob, importImage); err == nil || err.Error() != want {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

// TestResolveTiedImages: the images of tied values and of lists are found, too.
func TestResolveTiedImages(t *testing.T) {
	absolute := func(typed string) (string, error) { return "/home/me/" + typed, nil }
	for _, c := range []struct {
		model, axis, name string
		want              any
	}{
		{"flux-kontext-pro", "output_format+image=png/refs/a.png,jpg/b.png", "input_image", "/home/me/refs/a.png"},
		{"flux-dev", "model+image=flux-kontext-pro/refs/a.png,flux-dev/-", "input_image", "/home/me/refs/a.png"},
		{"flux-2-pro", "input_images=a.png b.png,c.png", "input_images", []string{"/home/me/a.png", "/home/me/b.png"}},
	} {
		s := spec(t, c.model, c.axis, "seed=1,2")
		axes, err := ResolveImages(s.Axes, nil, absolute)
		if err != nil {
			t.Fatal(err)
		}
		s.Axes = axes
		p := build(t, s)
		if got := p.Cells[0].Input[c.name]; states(p) != "nnnn" || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, %s %v", c.axis, got, states(p), p.Notes)
		}
	}
}

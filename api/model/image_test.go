package model

import (
	"reflect"
	"testing"
)

func TestPicturesOfALine(t *testing.T) {
	t.Parallel()
	p := Parameter{Name: "input_images", Type: Images}
	for line, want := range map[string][]string{
		`./a.png https://x/b.png`:  {"./a.png", "https://x/b.png"},
		`/my\ boats/a.png b.png`:   {"/my boats/a.png", "b.png"},
		`C:\boats\a.png`:           {`C:\boats\a.png`},
		"  a.png \t b.png\n":       {"a.png", "b.png"},
		`data:image/png;base64,AA`: {"data:image/png;base64,AA"},
	} {
		v, err := p.Parse(line)
		if err != nil || !reflect.DeepEqual(v, want) {
			t.Errorf("%q is %q, %v; want %q", line, v, err, want)
			continue
		}
		if again, err := p.Parse(p.Format(v)); err != nil || !reflect.DeepEqual(again, v) {
			t.Errorf("%q becomes %q (%v)", v, again, err)
		}
	}
}

func TestIsPath(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"boat.png": true, "/a b/c.webp": true, `C:\a.png`: true, "~/a.png": true,
		"": false, "https://x/a.png": false, "DATA:image/png;base64,AA": false, "ftp://x/a.png": false, "a\x1b[2J.png": false, "a\xff": false,
	} {
		if IsPath(s) != want {
			t.Errorf("IsPath(%q) is %v", s, !want)
		}
	}
}

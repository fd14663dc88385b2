package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reserved are names that Windows takes for devices, with any extension.
var reserved = strings.Fields("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// hostile are prompts, URLs and keys of someone who wants to choose where a picture goes.
var hostile = []string{
	"", ".", "..", "../..", "../../../../etc/passwd", `..\..\windows\system32\cmd.exe`, "/etc/passwd", `C:\x`, `\\server\share\x`, "x/../../y",
	"CON", "con.png", "NUL", "aux.", "trailing. ", "a\x00b", "a\nb", "\x1b]52;c;eA==\x07", "\u202egnp.exe", "-rf", "~root", "$(id)", "`id`", "a;b",
	"файл", "ﬁle", "ＣＯＮ", strings.Repeat("x", 5000), strings.Repeat("../", 2000), "a:stream", "%2e%2e%2f", "a?b*c<d>|e\"",
}

// TestSecurityNames: whatever a prompt, a key or a URL says, a picture's name is one plain word of at most 100 bytes that no system
// takes for anything else, and the picture lies in the folder of pictures. Rule §3.3; FuzzPictureName looks for more.
func TestSecurityNames(t *testing.T) {
	h := open(t, t.TempDir())
	seen := map[string]string{}
	for _, text := range hostile {
		for _, key := range []string{NewKey(noon), text} {
			name := pictureName(noon, text, key, 2, 4, 0, ".png")
			plainName := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == "" && strings.Count(name, ".") == 1
			if !plainName || !filepath.IsLocal(name) || filepath.Base(name) != name || len(name) > 100 || name[0] == '-' || name[0] == '.' {
				t.Errorf("%.40q with the key %.40q: %q", text, key, name)
			}
			for _, device := range reserved {
				if strings.TrimSuffix(name, ".png") == device {
					t.Errorf("%.40q: %q is a device", text, name)
				}
			}
		}
		e := must(t, h, NewKey(noon), func(e Entry) Entry {
			e = prompt(text)(e)
			e.Outputs = []Output{{URL: "https://example.com/" + text, Path: text}}
			return e
		})
		out, err := saved(t, h, e, 0, encoded(t, "png", 2, 2))
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(out.Path)
		if dir, _ := filepath.Split(out.Path); dir != "pictures/" || out.Path != lower || seen[lower] != "" {
			t.Errorf("%.40q lies at %q, as %.40q does", text, out.Path, seen[lower])
		}
		seen[lower] = text + "!"
	}
	all, _ := os.ReadDir(h.dir)
	var names []string
	for _, n := range all {
		names = append(names, n.Name())
	}
	if got := strings.Join(names, " "); got != "history.jsonl history.lock pictures running" {
		t.Errorf("the data folder holds %s", got)
	}
}

// TestSecurityNamesStayInTheFolder: a picture is not written through a link that someone put in the way, neither under the part's
// name nor under the picture's. Rule “os.Root”.
func TestSecurityNamesStayInTheFolder(t *testing.T) {
	h := open(t, t.TempDir())
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := drawer(t, h, "boat")
	name := pictureName(noon, "boat", e.Key, 0, 1, 0, ".png")
	for _, link := range []string{e.Key + "-1.part", e.Key + "-1.part.etag", name} {
		if err := errors.Join(os.MkdirAll(h.Path(pictureDir), 0o700), os.Symlink(outside, h.Path(pictureDir+"/"+link))); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	out, err := saved(t, h, e, 0, encoded(t, "png", 2, 2))
	if err != nil || out.Path == pictureDir+"/"+name {
		t.Errorf("%+v, %v", out, err)
	}
	if data, _ := os.ReadFile(outside); string(data) != "precious" {
		t.Errorf("outside there is %q", data)
	}
}

package pictures

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reservedNames are names that Windows takes for devices, with any extension.
var reservedNames = strings.Fields("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// hostileTexts are prompts and keys of somebody who wants to choose where a picture is written.
var hostileTexts = []string{
	"", ".", "..", "../..", "../../../../etc/passwd", `..\..\windows\system32\cmd.exe`, "/etc/passwd", `C:\x`, `\\server\share\x`, "x/../../y",
	"CON", "con.png", "NUL", "aux.", "trailing. ", "a\x00b", "a\nb", "\x1b]52;c;eA==\x07", "\u202egnp.exe", "-rf", "~root", "$(id)", "`id`", "a;b",
	"файл", "ﬁle", "ＣＯＮ", strings.Repeat("x", 5000), strings.Repeat("../", 2000), "a:stream", "%2e%2e%2f", "a?b*c<d>|e\"",
}

// TestSecurityNames: whatever a prompt or a key contains, a picture's name is one plain word of at most 100 bytes that no system
// interprets, and the picture is in the folder of pictures. FuzzPictureName looks for more.
func TestSecurityNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newStore(dir)
	seen := map[string]string{}
	for i, text := range hostileTexts {
		to := target(i, text)
		for _, key := range []string{to.Key, text} {
			name := fileName(Target{Key: key, Prompt: text, Created: noon, Index: 2, Count: 4}, 0, ".png")
			plainName := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == "" && strings.Count(name, ".") == 1
			if !plainName || !filepath.IsLocal(name) || filepath.Base(name) != name || len(name) > 100 || name[0] == '-' || name[0] == '.' {
				t.Errorf("%.40q with the key %.40q: %q", text, key, name)
			}
			for _, device := range reservedNames {
				if strings.TrimSuffix(name, ".png") == device {
					t.Errorf("%.40q: %q is a device", text, name)
				}
			}
		}
		out, err := save(t, s, to, encode(t, "png", 2, 2))
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(out.Path)
		if folder, _ := filepath.Split(out.Path); folder != "pictures/" || out.Path != lower || seen[lower] != "" {
			t.Errorf("%.40q is at %q, as %.40q is", text, out.Path, seen[lower])
		}
		seen[lower] = text + "!"
	}
	all, _ := os.ReadDir(dir)
	var names []string
	for _, entry := range all {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "pictures running" {
		t.Errorf("the data folder contains %s", got)
	}
}

// TestSecurityNamesStayInTheFolder: a picture is not written through a symbolic link, whether it has the name of the partial file or
// that of the picture.
func TestSecurityNamesStayInTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	to := target(1, "boat")
	name := fileName(to, 0, ".png")
	for _, link := range []string{to.Key + "-1.part", to.Key + "-1.part.etag", name} {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, Dir), 0o700), os.Symlink(outside, filepath.Join(dir, Dir, link))); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	out, err := save(t, newStore(dir), to, encode(t, "png", 2, 2))
	if err != nil || out.Path == Dir+"/"+name {
		t.Errorf("%+v, %v", out, err)
	}
	if data, _ := os.ReadFile(outside); string(data) != "precious" {
		t.Errorf("the file outside is now %q", data)
	}
}

// TestSecurityNamesSlug: only plain words of a prompt get into a name.
func TestSecurityNamesSlug(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"A paper boat, floating.":    "a-paper-boat-floating",
		"Café à la crème":            "cafe-a-la-creme",
		"一只小船":                       "picture",
		"../../etc/passwd":           "etc-passwd",
		"CON":                        "con",
		"don't":                      "dont",
		"":                           "picture",
		strings.Repeat("a", 300):     strings.Repeat("a", 44),
		strings.Repeat("boats ", 50): "boats-boats-boats-boats-boats-boats-boats",
	} {
		if got := slug(text, slugLimit); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzPictureName(f *testing.F) {
	f.Add("a boat", "01kahz", 0, 1, 0)
	f.Add("..\\..//\x00", "../..", 3, 9, 2)
	f.Add(strings.Repeat("ab", 60), strings.Repeat("z9", 20), 998, 999, 98)
	f.Add(strings.Repeat("x ", 60), strings.Repeat("z9", 20), -999, 1, 98)
	f.Fuzz(func(t *testing.T, text, key string, index, count, attempt int) {
		name := fileName(Target{key, text, noon, index % 1000, count % 1000}, attempt%100, ".webp")
		ok := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
		if !ok || !filepath.IsLocal(name) || filepath.Base(name) != name || len(name) > 100 || strings.Count(name, ".") != 1 {
			t.Errorf("%q", name)
		}
	})
}

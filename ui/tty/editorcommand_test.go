package tty

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestSplitUnix(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":                             nil,
		"  \t ":                        nil,
		"vi":                           {"vi"},
		"code --wait":                  {"code", "--wait"},
		"'/tmp/ed dir/my ed' --wait":   {"/tmp/ed dir/my ed", "--wait"},
		`"/tmp/ed dir/my ed" -c "a b"`: {"/tmp/ed dir/my ed", "-c", "a b"},
		`/tmp/ed\ dir/my\ ed  -n`:      {"/tmp/ed dir/my ed", "-n"},
		`ed -c 'set tw=72' ''`:         {"ed", "-c", "set tw=72", ""},
		`ed "a\"b" 'a"b' "a\b" a'b'c`:  {"ed", `a"b`, `a"b`, `a\b`, "abc"},
		"emacsclient -t -a=":           {"emacsclient", "-t", "-a="},
		"'/opt/$odd/ed'":               {"/opt/$odd/ed"},
		"$HOME/bin/ed -w":              {"sh", "-c", `exec $HOME/bin/ed -w "$@"`, "$HOME/bin/ed -w"},
		"~/bin/ed":                     {"sh", "-c", `exec ~/bin/ed "$@"`, "~/bin/ed"},
		`"$HOME/my ed"`:                {"sh", "-c", `exec "$HOME/my ed" "$@"`, `"$HOME/my ed"`},
		"LANG=C vi":                    {"sh", "-c", `LANG=C vi "$@"`, "LANG=C vi"},
		"tee log | vi":                 {"sh", "-c", `tee log | vi "$@"`, "tee log | vi"},
		"\x1b]0;OWNED\a;x":             {"\x1b]0;OWNED\a;x"},
		"$ED \u202e \x9b3J":            {"$ED", "\u202e", "\ufffd3J"},
		"vi 'half":                     {"sh", "-c", `exec vi 'half "$@"`, "vi 'half"},
	} {
		if got := splitUnix(in); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestSplitWindows(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":                                       nil,
		"notepad":                                {"notepad"},
		`"C:\Program Files\Ed\ed.exe" -n  "a b"`: {`C:\Program Files\Ed\ed.exe`, "-n", "a b"},
		`C:\ed\ed.exe 'a`:                        {`C:\ed\ed.exe`, "'a"},
	} {
		if got := splitWindows(in); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// FuzzSplitUnix: what is split here is what sh would have run.
func FuzzSplitUnix(f *testing.F) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		f.Skip("there is no sh")
	}
	for _, s := range []string{`a 'b c' "d\"e" f\ g`, `'' "" x`, `a\\b`, "a\nb", `"a\x\$"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words, plain := splitWords(s)
		isSimple := strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r > '~' }) < 0
		if !plain || !isSimple || len(words) == 0 || len(s) > 200 {
			t.Skip()
		}
		out, err := exec.Command(sh, "-c", `printf '<%s>' `+s).Output()
		if want := "<" + strings.Join(words, "><") + ">"; err != nil || string(out) != want {
			t.Fatalf("%q: %s, sh has %s (%v)", s, want, out, err)
		}
	})
}

// TestEditorWithABlankInItsPath runs an editor as EDITOR names it.
func TestEditorWithABlankInItsPath(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the editor is a script for sh")
	}
	dir := filepath.Join(t.TempDir(), "ed dir")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\n[ \"$1\" = --wait ] && printf ' edited' >> \"$2\"\n"
	if err := os.WriteFile(filepath.Join(dir, "my ed"), []byte(script), 0o700); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
	for _, setting := range []string{"'" + dir + "/my ed' --wait", `ED="` + dir + `/my ed"; "$ED" --wait`} {
		file, err := writePrompt("A boat,")
		if err != nil {
			t.Fatal(err)
		}
		e := Editor{Command: EditorCommand(setting)}
		if got := readPrompt(file, e.start(file).Run()); got.Err != nil || got.Text != "A boat, edited" {
			t.Errorf("%s: %+v", setting, got)
		}
	}
}

func TestHasOpenQuote(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("other quotes")
	}
	for setting, want := range map[string]bool{
		"": false, "vim": false, `vim "a b"`: false, `vim 'a "b'`: false, `vim \"`: false, `vim '\'`: false, `"a\"b"`: false,
		`vim "a`: true, `vim 'a`: true, `vim "a\"`: true, `vim '\''`: true, `"`: true,
	} {
		if got := HasOpenQuote(setting); got != want {
			t.Errorf("%s: %v", setting, got)
		}
	}
}

// TestUsualEditor: without a setting the first editor that is installed is taken.
func TestUsualEditor(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has an editor of its own")
	}
	for installed, want := range map[string]string{"vi nano": "nano", "vi vim": "vim", "vi": "vi", "ed": ""} {
		got := UsualEditor(func(name string) (string, error) {
			if slices.Contains(strings.Fields(installed), name) {
				return "/usr/bin/" + name, nil
			}
			return "", exec.ErrNotFound
		})
		if strings.Join(got, " ") != want {
			t.Errorf("with %s it is %q, want %q", installed, got, want)
		}
	}
}

package wording_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// keyName finds the name of a key in a sentence: "ctrl+x", "esc goes", "press enter", "r reuses", "x again".
var keyName = regexp.MustCompile(`\b(ctrl|alt|shift)\+\w|\b(esc|tab|backspace|pgup|pgdown|F1)\b|[Pp]ress (enter|space)|\b(enter|space) [a-z]+s\b|(^|[ (])[b-zA-HJ-Z/*+=→←↑↓] ([a-z]+s|again)\b`)

// mayNameKeys are the files and folders below ui that are not about sentences, or whose keys are always those: the table of keys and its
// help, what edits text, the terminal, the command line, and dialogs with keys of their own.
var mayNameKeys = []string{
	"help.go", "keymap", "textedit", "tty", "cli", "internal", "form/settings.go", "picker", "../api/demo",
	"mouse.go", // the keys that a click presses
}

// isKeyTable reports whether a file is the table of keys of a screen.
func isKeyTable(rel string) bool {
	return filepath.Base(rel) == "keys.go" || strings.HasPrefix(rel, "keys_")
}

// allowed are the sentences with a key that always works where they are shown.
var allowed = []string{
	"ctrl+c quits",                        // of a screen that is too small for anything else
	"Describe a picture and press enter.", // shown only in the prompt
	", describe a picture, and press enter.",
	"It needs your decision: open tintype and press enter on it.", // of the command line
	"A minus leaves out what follows it.",                         // of the filter's language
}

// TestNoSentenceNamesAKeyItself: a sentence has a mark for a key, so that it is named for the place where the keys go.
func TestNoSentenceNamesAKeyItself(t *testing.T) {
	t.Parallel()
	for _, root := range []string{"..", "../../api", "../../history", "../../config"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			rel, _ := filepath.Rel("..", path)
			switch {
			case err != nil:
				return err
			case slices.Contains(mayNameKeys, filepath.ToSlash(rel)) && d.IsDir():
				return filepath.SkipDir
			case d.IsDir(), !strings.HasSuffix(path, ".go"), isKeyTable(rel), strings.HasSuffix(path, "_test.go"), slices.Contains(mayNameKeys, filepath.ToSlash(rel)):
				return nil
			}
			checkLiterals(t, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// checkLiterals reports the sentences of a file that name a key.
func checkLiterals(t *testing.T, path string) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		s, err := strconv.Unquote(literal.Value)
		if err != nil || !strings.Contains(s, " ") || slices.Contains(allowed, s) {
			return true
		}
		if found := keyName.FindString(s); found != "" {
			t.Errorf("%s names a key itself, %q, in %q: use wording.Key", files.Position(literal.Pos()), strings.TrimSpace(found), s)
		}
		return true
	})
}

// TestKeyName checks what counts as a key in a sentence.
func TestKeyName(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"Failed. r loads it again.": true, "x again cancels 2.": true, "space marks, c compares": true, "try ctrl+x d": true, "esc shows all": true,
		"Free some room, then press enter again.": true, "enter decides": true, "/ filters": true, "; + makes it larger": true,
		"A picture is ready.": false, "It has 3 outputs.": false, "I checked: stop asking": false, "no key": false, "wait 3 s more": false,
	} {
		if got := keyName.MatchString(s); got != want {
			t.Errorf("%q names a key: %t", s, got)
		}
	}
}

// TestFill checks what is named for an action in each place.
func TestFill(t *testing.T) {
	t.Parallel()
	keys := keymap.New([]keymap.Command{
		{Name: keymap.ActDevelop, Keys: []keymap.Binding{{Where: keymap.InPrompt, Keys: "enter"}}},
		{Name: keymap.ActUse, Keys: []keymap.Binding{{Where: keymap.OnAny, Keys: "r"}}},
		{Name: keymap.ActCancel, Keys: []keymap.Binding{{Where: keymap.OnAny, Keys: "x"}}},
		{Name: keymap.ActFollow, Keys: []keymap.Binding{{Where: keymap.OnRows, Keys: "f"}}},
		{Name: keymap.ActBack, Keys: []keymap.Binding{{Where: keymap.Everywhere, Keys: "esc"}}},
		{Name: keymap.ActNext, Keys: []keymap.Binding{{Where: keymap.Everywhere, Keys: "tab"}}},
		{Name: keymap.ActPrevious, Keys: []keymap.Binding{{Where: keymap.Everywhere, Keys: "shift+tab"}}},
		{Name: keymap.ActMenu, Keys: []keymap.Binding{{Where: keymap.Everywhere, Keys: "g ctrl+x"}}}, // g is text in the prompt
		{Name: keymap.ActCopy, Keys: []keymap.Binding{{Where: keymap.OnAny, Keys: "y"}}},
		{Name: keymap.ActCopyFile, Copies: keymap.Item{Rank: 1, Keys: "f"}},
		{Name: keymap.ActCancelAtOnce, Menu: keymap.Item{Rank: 1, Keys: "x"}},
		{Name: keymap.ActSetSeed, Menu: keymap.Item{Rank: 2, Keys: "s"}},
	}, nil)
	at := func(places ...keymap.Place) wording.Focus { return wording.Focus{Places: places} }
	for _, c := range []struct {
		name     string
		at       wording.Focus
		sentence string
		want     string
	}{
		{"list", at(keymap.InList), wording.Key(keymap.ActCancel) + " cancels it.", "x x cancels it."},
		{"prompt", at(keymap.InPrompt), wording.Key(keymap.ActCancel) + " cancels it.", "ctrl+x x cancels it."},
		{"prompt", at(keymap.InPrompt), wording.Key(keymap.ActUse), "esc, then r"},
		{"prompt", at(keymap.InPrompt), wording.Key(keymap.ActUse, keymap.ActSetSeed), "esc, then r, then ctrl+x s"},
		{"settings", at(keymap.InSettings), wording.Key(keymap.ActUse), "tab, then r"},
		{"settings", at(keymap.InSettings), wording.Key(keymap.ActDevelop), "esc, then enter"},
		{"more settings", at(keymap.InParameters), wording.Key(keymap.ActDevelop), "shift+tab, then enter"},
		{"list", at(keymap.InList), wording.ToPrompt, "esc"},
		{"filtered", wording.Focus{Places: []keymap.Place{keymap.InList}, BackClears: true}, wording.ToPrompt, "tab"},
		{"filtered", wording.Focus{Places: []keymap.Place{keymap.InList}, BackClears: true}, wording.ShowAll, "esc"},
		{"filter", wording.Focus{Places: []keymap.Place{keymap.InList}, Closes: "enter", Filtering: true}, wording.ShowAll, "esc"},
		{"filter", wording.Focus{Places: []keymap.Place{keymap.InList}, Closes: "enter", Filtering: true}, wording.Key(keymap.ActUse), "enter, then r"},
		{"gallery over the prompt", at(keymap.InGallery, keymap.InPrompt), wording.ToPrompt, "esc"},
		{"full screen over the gallery", at(keymap.InFull, keymap.InGallery, keymap.InList), wording.ToPrompt, "esc, esc, then esc"},
		{"comparison", at(keymap.InCompare, keymap.InPrompt), wording.Key(keymap.ActFollow), "esc, esc, then f"},
		{"dialog", wording.Focus{Places: []keymap.Place{keymap.InPrompt}, Closes: "esc"}, wording.Key(keymap.ActUse), "esc, esc, then r"},
		{"prompt", at(keymap.InPrompt), wording.Key(keymap.ActCopyFile), "esc, then y f"},
		{"marked", wording.Focus{Places: []keymap.Place{keymap.InPrompt}, BackClears: true, Unmarks: 1}, wording.Key(keymap.ActCancel), "esc, esc, then x x"},
		{"marked", wording.Focus{Places: []keymap.Place{keymap.InFull, keymap.InList}, BackClears: true, Unmarks: 1}, wording.Key(keymap.ActCancel), "x x"},
		{"marked and filtered", wording.Focus{Places: []keymap.Place{keymap.InList}, BackClears: true, Unmarks: 2}, wording.Key(keymap.ActFollow), "esc, esc, then f"},
		{"another run", wording.Focus{Places: []keymap.Place{keymap.InList}, Selected: "b"}, "Lost. \ue005\ue006a\ue007" + wording.Key(keymap.ActUse) + " reuses it.", "Lost."},
		{"this run", wording.Focus{Places: []keymap.Place{keymap.InList}, Selected: "a"}, "Lost. \ue005\ue006a\ue007" + wording.Key(keymap.ActUse) + " reuses it.", "Lost. \ue005r reuses it."},
		{"no mark", at(keymap.InList), "Copied.", "Copied."},
	} {
		if got := wording.NewKeys(keys, c.at).Fill(c.sentence); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.name, uitest.Bracketed(c.sentence), got, c.want)
		}
	}
}

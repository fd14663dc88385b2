package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"unicode/utf8"

	"tintype/ui/layout"
	"tintype/ui/textedit"
)

// formName is the file's name in the data folder, FormVersion its format, and formLimit the most that is read of it: a
// form is a few hundred bytes, with the longest prompt and every key unseen still below.
const (
	formName    = "form.json"
	FormVersion = 1
	formLimit   = 4 << 20
)

// Form is the form as it was left, so that the next start goes on in mid-sentence. Losing it costs a sentence, never a
// prediction: a damaged file is ignored, with a word.
type Form struct {
	Version  int           `json:"v"`
	Draft    string        `json:"draft"`
	Cursor   int           `json:"cursor"` // the cursor's place in Draft, in bytes
	Settings SavedSettings `json:"settings"`
	Selected string        `json:"selected,omitempty"` // key of the selected entry
	View     int           `json:"view,omitempty"`     // 1 all, 2 live, 3 starred, 4 new
	Filter   string        `json:"filter,omitempty"`   // as typed
	Unseen   []string      `json:"unseen,omitempty"`   // keys of entries that ended unseen
	Thumbs   int           `json:"thumbs,omitempty"`   // size of the gallery's thumbnails, from 1; 0: none was chosen
}

// SavedSettings is what the form keeps of the settings: the model, what was chosen, and the row changed last.
type SavedSettings struct {
	Model  string         `json:"model"`
	Chosen map[string]any `json:"chosen,omitempty"`
	Row    string         `json:"row,omitempty"`
}

// encodeForm writes a form as the file holds it.
func encodeForm(f Form) ([]byte, error) {
	f.Version = FormVersion
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	err := to.Encode(f)
	return b.Bytes(), err
}

// DecodeForm reads what the file holds. Whole numbers stay exact (json.Number), for seeds; what is out of range in an
// otherwise good form is set right.
func DecodeForm(b []byte) (Form, error) {
	var f Form
	from := json.NewDecoder(bytes.NewReader(b))
	from.UseNumber()
	if err := from.Decode(&f); err != nil {
		return Form{}, fmt.Errorf("it is not whole: %w", err)
	}
	if f.Version != FormVersion {
		return Form{}, fmt.Errorf("it is of version %d, which this tintype does not know", f.Version)
	}
	f.Draft, _ = textedit.FitBytes(f.Draft, textedit.PromptLimit)
	f.Cursor = min(max(f.Cursor, 0), len(f.Draft))
	for f.Cursor < len(f.Draft) && !utf8.RuneStart(f.Draft[f.Cursor]) {
		f.Cursor--
	}
	if f.View < 1 || f.View > 4 {
		f.View = 1
	}
	if f.Thumbs < 0 || f.Thumbs > len(layout.ThumbnailColumns) {
		f.Thumbs = 0
	}
	return f, nil
}

// LoadForm reads the form in dir. found is false where there is none, or none of use; then err says why, as a sentence,
// unless there simply was no file. It is for a command: it reads the disk.
func LoadForm(dir string) (f Form, found bool, err error) {
	b, err := readBounded(filepath.Join(dir, formName), formLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return Form{}, false, nil
	}
	if err == nil {
		f, err = DecodeForm(b)
	}
	if err != nil {
		return Form{}, false, fmt.Errorf("the form starts empty, %s could not be used: %w", formName, err)
	}
	return f, true, nil
}

// readBounded reads a regular file of at most limit bytes: a pipe in its place would never end.
func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	case info.Size() > limit:
		return nil, errors.New("it is too large")
	}
	return os.ReadFile(path)
}

// FormKeeper writes the forms of one folder. Commands run at once and end in any order, so each form has a number from the
// moment at which it was meant, and an older one never takes the place of a newer one.
type FormKeeper struct {
	Dir   string
	meant int // the newest number; Update's goroutine alone

	mu      sync.Mutex
	written int // the number of the form on disk
}

// Number counts a form that is about to be written.
func (k *FormKeeper) Number() int {
	k.meant++
	return k.meant
}

// Store writes a form, unless a newer one is there already. It is for a command: it writes the disk.
func (k *FormKeeper) Store(number int, f Form) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if number < k.written {
		return nil
	}
	err := storeForm(k.Dir, f)
	if err == nil {
		k.written = number
	}
	return err
}

// Behind tells whether the newest form is not on disk yet: it is being written, or could not be.
func (k *FormKeeper) Behind() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.written < k.meant
}

// storeForm writes the form in dir by rename, so that a reader, and a kill at any moment, finds the old one or the new
// one whole. The prompt is private: only its owner may read the file. It is for a command: it writes the disk.
func storeForm(dir string, f Form) error {
	b, err := encodeForm(f)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, formName+".*.part")
	if err != nil {
		return fmt.Errorf("the form is not kept: %w", err)
	}
	if err := replaceWith(temp, b, filepath.Join(dir, formName)); err != nil {
		_ = os.Remove(temp.Name()) // what is left of it is of no use, and says so by its name
		return fmt.Errorf("the form is not kept: %w", err)
	}
	return nil
}

// replaceWith fills a new file (of mode 0600, by CreateTemp) and renames it over path. It is synced first, because some
// file systems would otherwise leave an empty file after a power cut.
func replaceWith(temp *os.File, b []byte, path string) error {
	_, err := temp.Write(b)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

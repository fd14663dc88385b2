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

	"tintype/config/atomicfile"
	"tintype/ui/layout"
	"tintype/ui/text"
	"tintype/ui/textedit"
)

// Version is the version of the file's format.
const Version = 1

const (
	fileName    = "form.json" // in the data folder
	maxFileSize = 4 << 20     // bytes; a form with the longest prompt and every key unseen is smaller
)

// State is the form as the user left it; the next start begins with it. If it is lost, a draft is lost, but never a
// prediction. A damaged file is reported and ignored.
type State struct {
	Version  int           `json:"v"`
	Draft    string        `json:"draft"`
	Cursor   int           `json:"cursor"`               // the cursor's place in Draft, in bytes
	Literal  bool          `json:"as_written,omitempty"` // Draft is no template
	Parent   string        `json:"parent,omitempty"`     // key of the entry that was loaded, and will be the parent of the next one
	Settings SettingsState `json:"settings"`
	Selected string        `json:"selected,omitempty"` // key of the selected entry
	View     int           `json:"view,omitempty"`     // 1 all, 2 live, 3 starred, 4 new
	Unseen   []string      `json:"unseen,omitempty"`   // keys of entries that have ended and were not seen yet
	Thumbs   int           `json:"thumbs,omitempty"`   // size of the gallery's thumbnails, from 1; 0: not chosen
}

// SettingsState is the saved part of the settings: the model, the chosen values, and the row under the cursor.
type SettingsState struct {
	Model  string         `json:"model"`
	Chosen map[string]any `json:"chosen,omitempty"`
	Row    string         `json:"row,omitempty"`

	Several map[string]string `json:"several,omitempty"`   // of rows with several values; Chosen has the first ones
	Plan    string            `json:"plan,omitempty"`      // what else a loaded plan has, as TOML
	Order   []string          `json:"plan_axes,omitempty"` // the names of its axes
}

// encode writes a form in the format of the file.
func encode(f State) ([]byte, error) {
	f.Version = Version
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	err := to.Encode(f)
	return b.Bytes(), err
}

// errDamaged means that the file is no JSON object of the format. Where it ends says nothing to a person.
var errDamaged = errors.New("it is damaged")

// decode reads the format of the file. Whole numbers stay exact (json.Number), for seeds. Values out of range in an
// otherwise valid form are corrected.
func decode(b []byte) (State, error) {
	var f State
	from := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))) // some editors begin a text with it
	from.UseNumber()
	if err := from.Decode(&f); err != nil {
		return State{}, errDamaged
	}
	if f.Version != Version {
		return State{}, fmt.Errorf("it is of version %d, which this tintype does not know", f.Version)
	}
	f.Draft, _ = text.CutBytes(f.Draft, textedit.MaxPrompt)
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

// Load reads the form in the folder dir. found is false when there is no usable file; err then says why in a sentence, and
// is nil when there is no file at all. A file that cannot be used is renamed, since it may have a draft. It reads the disk: call it in
// a command, not in Update.
func Load(dir string) (f State, found bool, err error) {
	b, err := readBounded(filepath.Join(dir, fileName), maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, false, nil
	}
	if err == nil {
		f, err = decode(b)
	}
	if err != nil {
		return State{}, false, fmt.Errorf("the form starts empty, %s could not be used: %w%s", fileName, err, keepAside(dir))
	}
	return f, true, nil
}

// mostAside is how many files that could not be used are kept. The last one is then replaced.
const mostAside = 9

// keepAside renames the file, so that the next form does not replace it, and returns the end of a sentence that says its new name.
func keepAside(dir string) string {
	if info, err := os.Lstat(filepath.Join(dir, fileName)); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	name := ""
	for n := 1; n <= mostAside; n++ {
		name = fmt.Sprintf("%s.unreadable-%d", fileName, n)
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			break
		}
	}
	if os.Rename(filepath.Join(dir, fileName), filepath.Join(dir, name)) != nil {
		return ""
	}
	return "; it is kept as " + name
}

// readBounded reads a regular file of at most limit bytes; reading a pipe might never end.
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

// File is the file of the form in one folder. Commands run concurrently and end in any order, so Prepare numbers the
// states, and an older state never replaces a newer one.
type File struct {
	dir      string
	prepared int // the newest number; only Update's goroutine uses it

	mu      sync.Mutex
	written int // the number of the state on disk
}

// NewFile returns the file of the form in the folder dir.
func NewFile(dir string) *File { return &File{dir: dir} }

// Prepare returns a function that writes a state to the disk, unless a newer one was written before. Call Prepare in
// Update, and the function in a command.
func (f *File) Prepare(state State) (write func() error) {
	f.prepared++
	number := f.prepared
	return func() error {
		f.mu.Lock()
		defer f.mu.Unlock()
		if number < f.written {
			return nil
		}
		err := store(f.dir, state)
		if err == nil {
			f.written = number
		}
		return err
	}
}

// IsUnsaved reports whether the newest state is not on disk: it is being written, or could not be written.
func (f *File) IsUnsaved() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.written < f.prepared
}

// store writes the form in dir by renaming a new file, so that a reader finds the old form or the new one complete, even
// after a kill. The prompt is private: only its owner may read the file.
func store(dir string, f State) error {
	b, err := encode(f)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(dir, fileName), b, 0o600); err != nil {
		return fmt.Errorf("the form is not kept: %w", err)
	}
	return nil
}

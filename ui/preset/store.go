package preset

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tintype/api/model"
	"tintype/ui/format"
)

// maxFileSize is the most bytes that a preset's file may have.
const maxFileSize = 1 << 20

// A Store is a folder of presets. It implements lab.Presets.
type Store struct{ dir string }

// In returns the presets beside a settings file; without one ("") there are none.
func In(settingsFile string) Store {
	if settingsFile == "" {
		return Store{}
	}
	return Store{filepath.Join(filepath.Dir(settingsFile), "presets")}
}

// Dir returns the folder; "" if there is none.
func (s Store) Dir() string { return s.dir }

// List returns the presets, sorted by name, and an error for each file that cannot be used. A folder that is not there has none.
func (s Store) List() (presets []Preset, bad []error) {
	names, err := s.names()
	if err != nil {
		return nil, []error{err}
	}
	for _, name := range names {
		p, err := s.read(name)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		presets = append(presets, p)
	}
	return presets, bad
}

// Names returns the names of all presets, with those that cannot be used. It does not read the files.
func (s Store) Names() []string {
	names, _ := s.names()
	return names
}

func (s Store) names() (names []string, err error) {
	if s.dir == "" {
		return nil, nil
	}
	files, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the folder of presets %s cannot be read: %w", s.dir, format.Cause(err))
	}
	for _, file := range files {
		if name, ok := strings.CutSuffix(file.Name(), ".toml"); ok && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names, nil
}

// Path returns the file of a preset.
func (s Store) Path(name string) string { return filepath.Join(s.dir, name+".toml") }

// read reads one preset.
func (s Store) read(name string) (Preset, error) {
	path := s.Path(name)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Preset{}, fmt.Errorf("%s cannot be read: %w", path, format.Cause(err))
	case !info.Mode().IsRegular() || info.Size() > maxFileSize:
		return Preset{}, fmt.Errorf("%s is not a small plain file", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return Preset{}, fmt.Errorf("%s cannot be read: %w", path, format.Cause(err))
	}
	p, err := parse(name, path, raw)
	if err == nil {
		p.placeImages(s.dir)
	}
	return p, err
}

// placeImages makes the paths of input images absolute: a relative one is from the folder of presets.
func (p Preset) placeImages(folder string) {
	place := func(image string) string {
		if rest, ok := strings.CutPrefix(image, "~/"); ok {
			if home, err := os.UserHomeDir(); err == nil {
				return filepath.Join(home, rest)
			}
		}
		if absolute, err := filepath.Abs(folder); err == nil {
			folder = absolute
		}
		return model.PathIn(folder, image)
	}
	for name, v := range p.Input {
		switch v := v.(type) {
		case string:
			if model.IsImage(name) {
				p.Input[name] = place(v)
			}
		case []string: // only input images are lists
			for i := range v {
				v[i] = place(v[i])
			}
		}
	}
}

// Find returns the presets of a list such as film+ink, in its order. The error names the preset or the file.
func (s Store) Find(names string) (found []Preset, err error) {
	all := s.Names()
	for _, name := range strings.Split(names, "+") {
		name = strings.TrimSpace(name)
		if !slices.Contains(all, name) {
			return nil, s.unknown(name, all)
		}
		p, err := s.read(name)
		if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	return found, nil
}

// unknown is the error for a name that no preset has.
func (s Store) unknown(name string, all []string) error {
	switch {
	case s.dir == "":
		return errors.New("there are no presets without a settings folder: set HOME, or name a settings file with --config")
	case len(all) == 0:
		return fmt.Errorf("no preset is called %q: there are none in %s", name, s.dir)
	}
	like := format.DidYouMean(name, all)
	if like == "" {
		like = " There are " + strings.Join(all, ", ")
	}
	return fmt.Errorf("no preset is called %q.%s", name, like)
}

// Apply applies the presets of a list such as film+ink, one after the other.
func (s Store) Apply(names, modelID, prompt string, input map[string]any) (newModel, newPrompt string, newInput map[string]any, err error) {
	return s.apply(names, modelID, prompt, input, Preset.Apply)
}

// ApplyToTemplate is Apply for a prompt that is a template.
func (s Store) ApplyToTemplate(names, modelID, prompt string, input map[string]any) (newModel, newPrompt string, newInput map[string]any, err error) {
	return s.apply(names, modelID, prompt, input, Preset.ApplyToTemplate)
}

func (s Store) apply(
	names, modelID, prompt string, input map[string]any, one func(Preset, string, string, map[string]any) (string, string, map[string]any),
) (newModel, newPrompt string, newInput map[string]any, err error) {
	found, err := s.Find(names)
	if err != nil {
		return "", "", nil, err
	}
	for _, p := range found {
		modelID, prompt, input = one(p, modelID, prompt, input)
	}
	return modelID, prompt, input, nil
}

// ErrExists is the error of Save for a name that is taken.
var ErrExists = errors.New("there is a preset of that name")

// CheckName returns an error for a name that a preset cannot have.
func CheckName(name string) error {
	switch {
	case name == "":
		return errors.New("a preset needs a name")
	case name != safeName(name):
		return fmt.Errorf("a preset's name has none of / \\ : * ? \" < > | + and comma, and no dot in front; %q would be %q", name, safeName(name))
	}
	return nil
}

// safeName returns a name with - in place of what a name cannot have; "" if nothing is left.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|+,`, r) {
			return '-'
		}
		return r
	}, strings.ToValidUTF8(name, "-"))
	name = strings.TrimLeft(strings.TrimSpace(name), ".")
	for len(name) > 100 {
		name = strings.TrimSpace(strings.ToValidUTF8(name[:100], ""))
	}
	return name
}

// Save writes a preset. A name that is taken is ErrExists, unless replace is set. The file is complete or not there.
func (s Store) Save(p Preset, replace bool) error {
	if err := cmp.Or(CheckName(p.Name), s.needDir()); err != nil {
		return err
	}
	raw, err := encode(p)
	if err != nil {
		return fmt.Errorf("%s cannot be a preset: %w", p.Name, err)
	}
	temp, err := os.CreateTemp(s.dir, ".preset-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", s.Path(p.Name), format.Cause(err))
	}
	defer os.Remove(temp.Name()) // it is gone if it was renamed
	_, err = temp.Write(raw)
	if err = errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close()); err == nil {
		err = s.place(temp.Name(), s.Path(p.Name), replace)
	}
	if err != nil && !errors.Is(err, ErrExists) {
		return fmt.Errorf("%s cannot be written: %w", s.Path(p.Name), format.Cause(err))
	}
	return err
}

// place gives a file its name. Without replace, a link does it, which fails for a name that is taken.
func (s Store) place(temp, path string, replace bool) error {
	if replace {
		return os.Rename(temp, path)
	}
	err := os.Link(temp, path)
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	}
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(path); there == nil { // a file system without links
		return ErrExists
	}
	return os.Rename(temp, path)
}

// needDir makes the folder.
func (s Store) needDir() error {
	if s.dir == "" {
		return s.unknown("", nil)
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return fmt.Errorf("the folder of presets %s cannot be made: %w", s.dir, format.Cause(err))
	}
	return nil
}

// encode writes a preset as its file has it.
func encode(p Preset) ([]byte, error) {
	var b bytes.Buffer
	for _, part := range []map[string]any{{"model": p.Model}, {"prompt": p.Prompt}, p.Input} {
		for _, name := range []string{"model", "prompt"} {
			if part[name] == "" {
				delete(part, name)
			}
		}
		raw, err := toml.Marshal(part)
		if err != nil {
			return nil, err
		}
		b.Write(raw)
	}
	return b.Bytes(), nil
}

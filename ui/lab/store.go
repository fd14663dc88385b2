package lab

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tintype/config/atomicfile"
	"tintype/ui/format"
	"tintype/ui/plan"
)

// folder is where plans that were bought are kept, in the data folder.
const folder = "labs"

// maxFileSize is the largest file that is read, in bytes.
const maxFileSize = 16 << 20

// Save keeps a plan that is about to be bought as labs/KEY.toml in the data folder. An older file of the plan is replaced completely or
// not at all. The error is a sentence.
func (l *Lab) Save(p *plan.Plan) error {
	dir := l.History.Path(folder)
	data, err := plan.Encode(p.Spec)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		err = atomicfile.Write(filepath.Join(dir, p.Key+".toml"), data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("The plan cannot be kept in %s, so nothing is bought: %s.", dir, strings.TrimSuffix(format.Cause(err).Error(), "."))
	}
	return nil
}

// Load reads the spec of a plan that was kept, by its key or the beginning of it, or of a sweep's file, by its path. Errors are sentences
// that name the file. models are those of plan.Decode.
func (l *Lab) Load(name string, models ...string) (plan.Spec, error) {
	path, err := l.find(name)
	if err != nil {
		return plan.Spec{}, err
	}
	data, err := readSmall(path, "a plan")
	if err != nil {
		return plan.Spec{}, err
	}
	return plan.Decode(data, path, models...)
}

// readSmall reads a file of at most maxFileSize. Errors are sentences that name it, and what it is too large for.
func readSmall(path, what string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w.", path, format.Cause(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file.", path)
	case info.Size() > maxFileSize:
		return nil, fmt.Errorf("%s is too large for %s (%s).", path, what, format.Bytes(info.Size()))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w.", path, format.Cause(err))
	}
	return data, nil
}

// find returns the path of a plan or of a file.
func (l *Lab) find(name string) (string, error) {
	if strings.ContainsAny(name, `/\.`) || l.History == nil {
		return name, nil
	}
	keys, err := l.kept()
	if err != nil {
		return "", err
	}
	var found []string
	for _, key := range keys {
		if strings.HasPrefix(key, name) {
			found = append(found, key)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("no plan %q is kept here", name)
	case 1:
		return filepath.Join(l.History.Path(folder), found[0]+".toml"), nil
	}
	return "", fmt.Errorf("%q begins the keys of %d plans: %s", name, len(found), strings.Join(found, ", "))
}

// kept returns the keys of the plans that are kept, sorted.
func (l *Lab) kept() ([]string, error) {
	files, err := os.ReadDir(l.History.Path(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("The plans cannot be listed: %w.", format.Cause(err))
	}
	var keys []string
	for _, file := range files {
		if key, ok := strings.CutSuffix(file.Name(), ".toml"); ok && !strings.HasPrefix(key, ".") {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

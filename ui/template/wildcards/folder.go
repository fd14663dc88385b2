package wildcards

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"tintype/ui/template"
)

// A folder is one folder of lists.
type folder struct {
	path    string
	entries []string             // files with lists, sorted
	full    bool                 // it has more than maxFiles files, of which only the first were looked at
	seen    map[string]time.Time // the folders in it, and when each was changed
	files   map[string]*file
}

// A file is a file that was read.
type file struct {
	changed time.Time
	size    int64
	lists   map[string][]template.Value // by their path within the file; "" is the file itself
	err     error
}

// list returns the files with lists in the folder and those below it, sorted. It looks again only if a folder has changed.
func (f *folder) list() []string {
	if f.seen != nil && f.unchanged() {
		return f.entries
	}
	f.entries, f.seen, f.full = nil, map[string]time.Time{}, false
	visited := 0
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return nil
	}
	defer func() { _ = root.Close() }()
	_ = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		visited++
		switch {
		case visited > maxFiles:
			f.full = true
			return fs.SkipAll
		case err != nil:
			return nil //nolint:nilerr // a folder that cannot be read has no lists
		case entry.IsDir():
			if info, err := entry.Info(); err == nil {
				f.seen[name] = info.ModTime()
			}
		case slices.Contains(extensions, extensionOf(name)):
			f.entries = append(f.entries, name)
		}
		return nil
	})
	slices.Sort(f.entries)
	return f.entries
}

// unchanged reports whether no file came or went since list looked.
func (f *folder) unchanged() bool {
	if len(f.seen) == 0 {
		return false
	}
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return false
	}
	defer func() { _ = root.Close() }()
	for name, changed := range f.seen {
		info, err := root.Stat(name)
		// A change within the same tick of the clock as the last look could be missed; after a moment it cannot.
		if err != nil || !info.ModTime().Equal(changed) {
			return false
		}
	}
	return true
}

// exact finds a list by its path: a file, or a list within the file that a part of the path names.
func (f *folder) exact(name string) (values []template.Value, found bool, err error) {
	base, inner := name, ""
	for {
		for _, extension := range extensions {
			if inner != "" && extension == ".txt" {
				continue
			}
			lists, err := f.read(base + extension)
			if err != nil {
				if isMissing(err) {
					continue
				}
				return nil, false, err
			}
			if values, ok := lists[inner]; ok {
				return values, true, nil
			}
		}
		slash := strings.LastIndexByte(base, '/')
		if slash < 0 {
			return nil, false, nil
		}
		inner = path.Join(base[slash+1:], inner)
		base = base[:slash]
	}
}

// upper finds a list by its path where the extension of its file is not in small letters, such as COLOURS.TXT.
func (f *folder) upper(name string) (values []template.Value, found bool, err error) {
	for _, file := range f.list() {
		base := strings.TrimSuffix(file, path.Ext(file))
		inner, in := strings.CutPrefix(name, base)
		if path.Ext(file) == extensionOf(file) || !in || inner != "" && inner[0] != '/' {
			continue
		}
		lists, err := f.read(file)
		if err != nil && !isMissing(err) {
			return nil, false, err
		}
		if values, ok := lists[strings.TrimPrefix(inner, "/")]; ok {
			return values, true, nil
		}
	}
	return nil, false, nil
}

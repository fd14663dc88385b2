// Package wildcards reads lists of values for templates from folders: .txt, .yaml, .yml and .json.
//
// A list is named by its path: colours.txt is "colours", place/indoors.txt is "place/indoors". In a file of YAML or JSON the names in
// it follow: things.json with {"metal": [...]} has "things/metal", or "metal" if no other list is called so, as the Dynamic Prompts
// language has it. Files are read when they are needed, and again when they have changed. Nothing outside the folders is read: paths with
// ".." and links that lead out are refused.
package wildcards

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"tintype/ui/template"
)

// MaxValues is how many values a list may have, also the lists of a path with "*" together.
const MaxValues = 100_000

// maxFileSize is how large a file of lists may be, in bytes.
const maxFileSize = 64 << 20

// maxFiles is how many files a folder of lists may have, with those below it and those that are no lists. It ends the search where someone
// names the root of the disk.
const maxFiles = 300_000

// extensions are those of files with lists, in the order in which they are tried.
var extensions = []string{".txt", ".yaml", ".yml", ".json"}

// extensionOf returns the extension of a file in small letters.
func extensionOf(file string) string { return strings.ToLower(path.Ext(file)) }

// Lists are the lists of some folders. Of lists with the same name the one of the first folder counts. It is safe for
// concurrent use.
type Lists struct {
	mutex   sync.Mutex
	folders []*folder
	joined  map[string]joinedLists
}

var _ template.Lists = (*Lists)(nil)

// joinedLists are the values of a path with "*", and of what they were made.
type joinedLists struct {
	of     [][]template.Value
	values []template.Value
}

// New returns the lists of folders. Folders that do not exist have none.
func New(folders ...string) *Lists {
	l := &Lists{joined: map[string]joinedLists{}}
	for _, f := range folders {
		if f != "" {
			l.folders = append(l.folders, &folder{path: f, files: map[string]*file{}})
		}
	}
	return l
}

// Values returns the values of all lists that a path matches.
func (l *Lists) Values(name string) ([]template.Value, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") {
		return nil, fmt.Errorf("%s leads out of the folder of the lists; a path has no .. and begins with no /.", name)
	}
	name = path.Clean(name)
	if strings.Contains(name, "*") {
		return l.matching(name)
	}
	for _, f := range l.folders {
		values, found, err := f.exact(name)
		if found || err != nil {
			return values, err
		}
	}
	for _, f := range l.folders {
		values, found, err := f.upper(name)
		if found || err != nil {
			return values, err
		}
	}
	return l.short(name)
}

// short finds a list of YAML or JSON without the name of its file.
func (l *Lists) short(name string) ([]template.Value, error) {
	for _, f := range l.folders {
		for _, file := range f.list() {
			if extensionOf(file) == ".txt" {
				continue
			}
			lists, _ := f.read(file) // one that cannot be read hides no other
			if values, ok := lists[name]; ok {
				return values, nil
			}
		}
	}
	if err := l.tooLarge(); err != nil {
		return nil, err
	}
	return nil, l.unknown(name)
}

// tooLarge returns an error for a folder that has so many files that its lists were not all found.
func (l *Lists) tooLarge() error {
	for _, f := range l.folders {
		if f.list(); f.full {
			return fmt.Errorf("the folder of lists %s has more than %s files. Name the folder in it that has the lists.", f.path, count(maxFiles))
		}
	}
	return nil
}

// matching returns the values of all lists that a path with "*" matches.
func (l *Lists) matching(pattern string) ([]template.Value, error) {
	var of [][]template.Value
	total := 0
	for _, name := range l.names() {
		if !matches(pattern, name.list) {
			continue
		}
		lists, err := name.folder.read(name.file)
		if isMissing(err) { // it went since the folder was listed
			continue
		}
		if err != nil {
			return nil, err
		}
		values := lists[name.inner]
		if total += len(values); total > MaxValues {
			return nil, fmt.Errorf("the lists of %s have more than %s values together. Name fewer of them.", pattern, count(MaxValues))
		}
		of = append(of, values)
	}
	if err := l.tooLarge(); err != nil {
		return nil, err
	}
	if total == 0 {
		return nil, l.unknown(pattern)
	}
	if known := l.joined[pattern]; slices.EqualFunc(known.of, of, sameSlice) {
		return known.values, nil
	}
	l.joined[pattern] = joinedLists{of: of, values: slices.Concat(of...)}
	return l.joined[pattern].values, nil
}

// sameSlice reports whether two slices are the same memory.
func sameSlice(a, b []template.Value) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Names returns the paths of all lists, sorted.
func (l *Lists) Names() []string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var names []string
	for _, n := range l.names() {
		names = append(names, n.list)
	}
	return names
}

// A listName says where a list is.
type listName struct {
	list   string // its path
	folder *folder
	file   string
	inner  string // its path within the file
}

// names returns all lists, sorted. Files that cannot be read have none.
func (l *Lists) names() []listName {
	var names []listName
	for _, f := range l.folders {
		for _, file := range f.list() {
			base := strings.TrimSuffix(file, path.Ext(file))
			if extensionOf(file) == ".txt" {
				names = append(names, listName{list: base, folder: f, file: file})
				continue
			}
			lists, err := f.read(file)
			if err != nil {
				continue
			}
			for inner := range lists {
				names = append(names, listName{list: path.Join(base, inner), folder: f, file: file, inner: inner})
			}
		}
	}
	slices.SortStableFunc(names, func(a, b listName) int { return strings.Compare(a.list, b.list) })
	return slices.CompactFunc(names, func(a, b listName) bool { return a.list == b.list })
}

package pictures

import (
	"os"
	"regexp"
	"strings"
)

// partNames are the names of partial files and of what is kept about them. The first group is the prediction's key.
var partNames = regexp.MustCompile(`^(([0-9a-z]+)-[0-9]{1,3}\.part)(\.etag)?$`)

// Sweep deletes what unfinished downloads left behind, of the predictions for which isOver returns true: no attempt will
// resume them. A download in progress, in this or another program, is left alone. isOver gets each key as it is in a file
// name.
func (s *Store) Sweep(isOver func(key string) bool) {
	files, _ := os.ReadDir(s.path(Dir))
	done := map[string]bool{}
	for _, file := range files {
		if name := partNames.FindStringSubmatch(file.Name()); name != nil && !done[name[1]] && isOver(name[2]) {
			done[name[1]] = true
			s.discard(name[1])
		}
	}
	locks, _ := os.ReadDir(s.path("running"))
	for _, lock := range locks {
		name := strings.TrimSuffix(lock.Name(), ".lock")
		if part := partNames.FindStringSubmatch(name); part != nil && part[3] == "" && name != lock.Name() && isOver(part[2]) {
			s.discard(name)
		}
	}
}

// discard deletes a partial file and its lock, unless a program is downloading it.
func (s *Store) discard(name string) {
	p := &PartialFile{store: s, name: name}
	lock, held, err := s.locks.Try(p.lockPath())
	if err != nil || !held {
		return
	}
	p.lock = &lock
	if p.folder, err = s.disk.OpenFolder(s.path(Dir)); err == nil {
		p.remove()
	}
	_ = p.Close()
}

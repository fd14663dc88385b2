package pictures

import (
	"os"
	"regexp"
	"strings"
)

// partNames matches the names of partial files and of the files about them. The first group is the prediction's key.
var partNames = regexp.MustCompile(`^(([0-9a-z]+)-[0-9]{1,3}\.part)(\.etag)?$`)

// Sweep deletes the remains of unfinished downloads of the predictions for which isOver returns true: no attempt will resume them. A
// download in progress, in this or another program, is left alone. isOver gets the key as the file name has it.
func (s *Store) Sweep(isOver func(key string) bool) {
	found := map[string]string{} // partial file → key
	s.eachName(Dir, func(name string) {
		if part := partNames.FindStringSubmatch(name); part != nil {
			found[part[1]] = part[2]
		}
	})
	s.eachName("running", func(name string) {
		name, isLock := strings.CutSuffix(name, ".lock")
		if part := partNames.FindStringSubmatch(name); part != nil && isLock && part[3] == "" {
			found[part[1]] = part[2]
		}
	})
	for name, key := range found {
		if isOver(key) {
			s.discard(name)
		}
	}
}

// eachName calls f for each name in a folder, in parts, since there may be very many.
func (s *Store) eachName(folder string, f func(name string)) {
	dir, err := os.Open(s.path(folder))
	if err != nil {
		return
	}
	defer dir.Close()
	for {
		names, err := dir.Readdirnames(1024)
		for _, name := range names {
			f(name)
		}
		if err != nil || len(names) == 0 {
			return
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

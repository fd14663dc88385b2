package pictures

import (
	"errors"

	"tintype/history/disk"
)

// CheckRoom checks that a picture of size bytes can be saved: it begins a download as Begin does, allocates that much room, and removes the
// file. If an earlier attempt left a file, CheckRoom keeps it and checks no more. The error is a *disk.Error that names the folder.
func (s *Store) CheckRoom(t Target, size int64) error {
	p, err := s.Begin(t)
	if errors.Is(err, ErrBusy) {
		return nil // another program saves it there right now
	}
	if err != nil {
		return err
	}
	defer p.Close()
	if p.offset > 0 {
		return nil
	}
	err = disk.Allocate(p.file, 0, size)
	p.remove()
	if err != nil {
		return s.explain(err)
	}
	return nil
}

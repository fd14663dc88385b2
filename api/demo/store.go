package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// record is what is stored of a prediction. Everything else follows from it and the time.
type record struct {
	ID       string         `json:"id"`
	Model    string         `json:"model"`
	Version  string         `json:"version,omitempty"` // that was asked for
	Input    map[string]any `json:"input"`
	Created  time.Time      `json:"created"`
	Canceled time.Time      `json:"canceled,omitzero"`
	Deadline time.Time      `json:"deadline,omitzero"` // from Cancel-After
	Plan     plan           `json:"plan"`
}

// store is a file with one record in JSON per line; the last line of an ID counts. Other programs
// may append to the same file, so new lines are read before each look-up. Without a path there is
// no file.
type store struct {
	path string

	mu     sync.Mutex
	offset int64 // how much of the file has been read, bytes
	byID   map[string]record
	ids    []string // in the order of creation
}

func openStore(path string) (*store, error) {
	s := &store{path: path, byID: map[string]record{}}
	if path == "" {
		return s, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the demo's folder %s cannot be made: %w", filepath.Dir(path), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.readNew(); err != nil {
		return nil, fmt.Errorf("the demo's records %s cannot be read: %w", path, err)
	}
	return s, nil
}

// find returns the current record.
func (s *store) find(id string) (record, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.readNew() // if the file is unreadable, use the known records
	rec, ok := s.byID[id]
	return rec, ok
}

// newest returns all records, newest first.
func (s *store) newest() []record {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.readNew()
	list := make([]record, 0, len(s.ids))
	for _, id := range s.ids {
		list = append(list, s.byID[id])
	}
	slices.SortStableFunc(list, func(a, b record) int { return a.Created.Compare(b.Created) })
	slices.Reverse(list)
	return list
}

// put stores a record, in the file too if there is one.
func (s *store) put(r record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.path != "" {
		if err := s.write(r); err != nil {
			return fmt.Errorf("the demo's records %s cannot be written: %w", s.path, err)
		}
	}
	s.add(r)
	return nil
}

func (s *store) add(r record) {
	if _, known := s.byID[r.ID]; !known {
		s.ids = append(s.ids, r.ID)
	}
	s.byID[r.ID] = r
}

// write appends a line in one write. It first ends a line that another program left incomplete.
func (s *store) write(r record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	line = append(line, '\n')
	if endsMidLine(f) {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(line)
	return err
}

// endsMidLine reports whether the file's last line is incomplete.
func endsMidLine(f *os.File) bool {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size-1)
	return err == nil && last[0] != '\n'
}

// readNew reads complete lines that were appended since the last call. Lines that are not records
// are skipped.
func (s *store) readNew() error {
	if s.path == "" {
		return nil
	}
	info, err := os.Stat(s.path)
	if os.IsNotExist(err) || err == nil && info.Size() <= s.offset {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer f.Close()
	added, err := io.ReadAll(io.NewSectionReader(f, s.offset, info.Size()-s.offset))
	if err != nil {
		return err
	}
	complete := bytes.LastIndexByte(added, '\n') + 1
	s.offset += int64(complete)
	for line := range bytes.Lines(added[:complete]) {
		var r record
		if json.Unmarshal(line, &r) == nil && r.ID != "" {
			s.add(r)
		}
	}
	return nil
}

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

// record is what is kept of a prediction: all else follows from it and the time.
type record struct {
	ID       string         `json:"id"`
	Model    string         `json:"model"`
	Input    map[string]any `json:"input"`
	Created  time.Time      `json:"created"`
	Canceled time.Time      `json:"canceled,omitzero"`
	Deadline time.Time      `json:"deadline,omitzero"` // of Cancel-After
	Plan     plan           `json:"plan"`
}

// store is a file of JSON lines, one record a line, the last one of an id
// counts. Other programs may append to the same file; what they wrote is read
// before each look. Without a path there is no file.
type store struct {
	path string

	mu     sync.Mutex
	offset int64 // how far the file is read
	byID   map[string]record
	ids    []string // in the order of creation
}

func openStore(path string) (*store, error) {
	all := &store{path: path, byID: map[string]record{}}
	if path == "" {
		return all, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the demo's folder %s cannot be made: %w", filepath.Dir(path), err)
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if err := all.readNew(); err != nil {
		return nil, fmt.Errorf("the demo's records %s cannot be read: %w", path, err)
	}
	return all, nil
}

// find gives a record as it stands now.
func (all *store) find(id string) (record, bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	_ = all.readNew() // an unreadable file leaves what is known
	found, ok := all.byID[id]
	return found, ok
}

// newest lists all records, the newest first.
func (all *store) newest() []record {
	all.mu.Lock()
	defer all.mu.Unlock()
	_ = all.readNew()
	list := make([]record, 0, len(all.ids))
	for _, id := range all.ids {
		list = append(list, all.byID[id])
	}
	slices.SortStableFunc(list, func(a, b record) int { return a.Created.Compare(b.Created) })
	slices.Reverse(list)
	return list
}

// put keeps a record, on disk where there is a file.
func (all *store) put(r record) error {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.path != "" {
		if err := all.write(r); err != nil {
			return fmt.Errorf("the demo's records %s cannot be written: %w", all.path, err)
		}
	}
	all.add(r)
	return nil
}

func (all *store) add(r record) {
	if _, known := all.byID[r.ID]; !known {
		all.ids = append(all.ids, r.ID)
	}
	all.byID[r.ID] = r
}

// write appends one line in one write. A line that another program left torn is
// ended first.
func (all *store) write(r record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(all.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
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

func endsMidLine(f *os.File) bool {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size-1)
	return err == nil && last[0] != '\n'
}

// readNew reads what was appended since, up to the last whole line. Lines that
// are no records are passed over.
func (all *store) readNew() error {
	if all.path == "" {
		return nil
	}
	info, err := os.Stat(all.path)
	if os.IsNotExist(err) || err == nil && info.Size() <= all.offset {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := os.Open(all.path)
	if err != nil {
		return err
	}
	defer f.Close()
	fresh, err := io.ReadAll(io.NewSectionReader(f, all.offset, info.Size()-all.offset))
	if err != nil {
		return err
	}
	whole := bytes.LastIndexByte(fresh, '\n') + 1
	all.offset += int64(whole)
	for line := range bytes.Lines(fresh[:whole]) {
		var r record
		if json.Unmarshal(line, &r) == nil && r.ID != "" {
			all.add(r)
		}
	}
	return nil
}

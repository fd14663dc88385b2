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

// records is a file of JSON lines, one record a line, the last one of an id
// counts. Other programs may append to the same file; what they wrote is read
// before each look. Without a path there is no file.
type records struct {
	path string

	mu   sync.Mutex
	read int64 // how far the file is read
	byID map[string]record
	ids  []string // in the order of creation
}

func openRecords(path string) (*records, error) {
	all := &records{path: path, byID: map[string]record{}}
	if path == "" {
		return all, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the demo's folder %s cannot be made: %w", filepath.Dir(path), err)
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if err := all.catchUp(); err != nil {
		return nil, fmt.Errorf("the demo's records %s cannot be read: %w", path, err)
	}
	return all, nil
}

// find gives a record as it stands now.
func (all *records) find(id string) (record, bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	_ = all.catchUp() // an unreadable file leaves what is known
	found, ok := all.byID[id]
	return found, ok
}

// newest lists all records, the newest first.
func (all *records) newest() []record {
	all.mu.Lock()
	defer all.mu.Unlock()
	_ = all.catchUp()
	list := make([]record, 0, len(all.ids))
	for _, id := range all.ids {
		list = append(list, all.byID[id])
	}
	slices.SortStableFunc(list, func(a, b record) int { return a.Created.Compare(b.Created) })
	slices.Reverse(list)
	return list
}

// put keeps a record, on disk where there is a file.
func (all *records) put(r record) error {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.path != "" {
		if err := all.write(r); err != nil {
			return fmt.Errorf("the demo's records %s cannot be written: %w", all.path, err)
		}
	}
	all.take(r)
	return nil
}

func (all *records) take(r record) {
	if _, known := all.byID[r.ID]; !known {
		all.ids = append(all.ids, r.ID)
	}
	all.byID[r.ID] = r
}

// write appends one line in one write. A line that another program left torn is
// ended first.
func (all *records) write(r record) error {
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
	if torn(f) {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(line)
	return err
}

func torn(f *os.File) bool {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size-1)
	return err == nil && last[0] != '\n'
}

// catchUp reads what was appended since, up to the last whole line. Lines that
// are no records are passed over.
func (all *records) catchUp() error {
	if all.path == "" {
		return nil
	}
	info, err := os.Stat(all.path)
	if os.IsNotExist(err) || err == nil && info.Size() <= all.read {
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
	fresh, err := io.ReadAll(io.NewSectionReader(f, all.read, info.Size()-all.read))
	if err != nil {
		return err
	}
	whole := bytes.LastIndexByte(fresh, '\n') + 1
	all.read += int64(whole)
	for line := range bytes.Lines(fresh[:whole]) {
		var r record
		if json.Unmarshal(line, &r) == nil && r.ID != "" {
			all.take(r)
		}
	}
	return nil
}

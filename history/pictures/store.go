package pictures

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// Dir is the folder of the pictures, in the data folder.
const Dir = "pictures"

// sizeLimit is the largest picture that is saved, in bytes.
const sizeLimit = 64 << 20

// A Store saves the pictures of one data folder. Its methods may be called from several goroutines.
type Store struct {
	dir      string
	disk     disk.FS
	locks    *filelock.Locks
	decoding sync.Mutex // one picture at a time, since each may take decodeLimit
}

// New returns the store of the data folder dir.
func New(dir string, d disk.FS, locks *filelock.Locks) *Store {
	return &Store{dir: dir, disk: d, locks: locks}
}

// A Target is a picture to save: one output of a prediction. Its file name is made from it.
type Target struct {
	Key     string // of the prediction
	Prompt  string
	Created time.Time // when the prediction was submitted, in the time zone of the date in the file name
	Index   int       // which output, from 0
	Count   int       // how many outputs the prediction has
}

// ErrBusy means that another program is downloading the same picture.
var ErrBusy = errors.New("Another program is fetching this picture.")

// Begin starts the download of a picture, or resumes what an earlier attempt left. Only one program at a time can download it;
// the others get ErrBusy. Other errors of the disk are a *disk.Error.
func (s *Store) Begin(t Target) (*PartialFile, error) {
	key := keepPlain(t.Key, keyLimit)
	if t.Index < 0 || t.Index > 999 || key == "" {
		return nil, fmt.Errorf("There is no output %d to save.", t.Index+1)
	}
	p := &PartialFile{store: s, target: t, name: fmt.Sprintf("%s-%d.part", key, t.Index+1)}
	if err := p.open(); err != nil {
		_ = p.Close()
		if errors.Is(err, ErrBusy) {
			return nil, err
		}
		return nil, s.explain(err)
	}
	return p, nil
}

func (s *Store) path(elem ...string) string {
	return filepath.Join(append([]string{s.dir}, elem...)...)
}

// explain returns an error of the disk with a sentence about the folder of the pictures.
func (s *Store) explain(err error) error { return disk.ExplainFolder(s.path(Dir), err) }

// Sum returns the SHA-256 of what r reads.
func Sum(r io.Reader) ([]byte, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return sum.Sum(nil), err
}

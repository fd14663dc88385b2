package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// faultMode is what becomes of a disk.
type faultMode string

const (
	once   faultMode = "once"
	always faultMode = "from then on, until the machine is started anew"
	killed faultMode = "never comes to that, killed" // the program, whose disk is well
)

// faultDisk is the system's disk whose n-th operation on pictures fails. It tells what was done.
type faultDisk struct {
	realDisk
	count, failAt int
	mode          faultMode
	err           error
	noLinks       bool   // as on FAT and some servers
	watch         func() // called before each operation, at which the program may be killed
	done          []string
}

func (d *faultDisk) try(what string, do func() error) error {
	if d.watch != nil {
		d.watch()
	}
	if d.count++; d.failAt > 0 && (d.count == d.failAt || d.mode != once && d.count > d.failAt) {
		return d.err
	}
	if err := do(); err != nil {
		return err
	}
	d.done = append(d.done, what)
	return nil
}

func (d *faultDisk) SyncDir(name string) error {
	return d.try("syncdir "+filepath.Base(name), func() error { return d.realDisk.SyncDir(name) })
}

func (d *faultDisk) Folder(name string) (f folder, err error) {
	err = d.try("folder", func() error { f, err = d.realDisk.Folder(name); return err })
	if err != nil {
		return nil, err
	}
	return &faultFolder{f, d}, nil
}

type faultFolder struct {
	folder
	d *faultDisk
}

func (f *faultFolder) OpenFile(name string, flag int, perm os.FileMode) (file partFile, err error) {
	what := "open"
	if flag&os.O_EXCL != 0 {
		what = "new"
	}
	err = f.d.try(what, func() error { file, err = f.folder.OpenFile(name, flag, perm); return err })
	if err != nil {
		return nil, err
	}
	return &faultFile{file, f.d}, nil
}

func (f *faultFolder) Link(from, to string) error {
	if f.d.noLinks {
		return syscall.EPERM
	}
	return f.d.try("name", func() error { return f.folder.Link(from, to) })
}

func (f *faultFolder) Rename(from, to string) error {
	return f.d.try("name", func() error { return f.folder.Rename(from, to) })
}

func (f *faultFolder) Remove(name string) error {
	return f.d.try("remove", func() error { return f.folder.Remove(name) })
}

func (f *faultFolder) WriteFile(name string, data []byte, perm os.FileMode) error {
	return f.d.try("etag", func() error { return f.folder.WriteFile(name, data, perm) })
}

type faultFile struct {
	partFile
	d *faultDisk
}

func (f *faultFile) Write(b []byte) (n int, err error) {
	err = f.d.try("write", func() error { n, err = f.partFile.Write(b); return err })
	if err != nil && n == 0 {
		n, _ = f.partFile.Write(b[:len(b)/2])
	}
	return n, err
}

func (f *faultFile) Sync() error {
	err := f.d.try("sync", f.partFile.Sync)
	if err != nil && f.d.mode != killed {
		f.d.done = append(f.d.done, "sync failed")
	}
	return err
}

func (f *faultFile) Truncate(size int64) error {
	return f.d.try("truncate", func() error { return f.partFile.Truncate(size) })
}

// savings tells of a picture that is fetched, by programs that fail or are stopped, until it is there.
type savings struct {
	h       *History
	disk    *faultDisk
	entry   Entry
	data    []byte
	stood   string // the name that the picture would have, taken by another one that must stay
	already []byte
	broken  []string // promises, and when
}

func newSavings(t *testing.T, noLinks bool) *savings {
	s := &savings{disk: &faultDisk{noLinks: noLinks}, data: encoded(t, "png", 20, 20), already: []byte("another one's")}
	s.h = newHistory(Options{Dir: t.TempDir()}, s.disk)
	s.entry = prompt("a boat")(Entry{Key: NewKey(noon), Outputs: make([]Output, 1)})
	s.entry.CreatedAt = noon
	s.stood = s.h.Path(pictureDir + "/" + pictureName(noon, "a boat", s.entry.Key, 0, 1, 0, ".png"))
	if err := errors.Join(os.MkdirAll(filepath.Dir(s.stood), 0o700), os.WriteFile(s.stood, s.already, 0o600)); err != nil {
		t.Fatal(err)
	}
	return s
}

// look sees what anyone would who looked into the folder now.
func (s *savings) look() {
	names, _ := os.ReadDir(s.h.Path(pictureDir))
	for _, n := range names {
		path := s.h.Path(pictureDir + "/" + n.Name())
		data, err := os.ReadFile(path)
		switch {
		case err != nil || filepath.Ext(path) == ".part" || filepath.Ext(path) == ".etag":
		case path == s.stood && !bytes.Equal(data, s.already):
			s.broken = append(s.broken, fmt.Sprintf("I10: a picture was overwritten before operation %d", s.disk.count))
		case path != s.stood && !bytes.Equal(data, s.data):
			s.broken = append(s.broken, fmt.Sprintf("I10: half a picture (%d bytes) has its name before operation %d", len(data), s.disk.count))
		}
	}
}

// try is one program's.
func (s *savings) try() (Output, error) {
	p, err := s.h.Download(s.entry, 0)
	if err != nil {
		return Output{}, err
	}
	defer p.Close()
	if placed, _ := filepath.Glob(s.h.Path(pictureDir + "/*.png")); len(placed) > 1 && p.Offset() > 0 {
		s.broken = append(s.broken, "I10: what has a picture's name already is written on")
	}
	p.SetETag(`"v1"`)
	for from := p.Offset(); from < int64(len(s.data)); from = p.Offset() {
		to := min(from+200, int64(len(s.data)))
		if _, err := p.Write(s.data[from:to]); err != nil {
			return Output{}, err
		}
	}
	return p.Commit()
}

// claimed checks what a history may say of the picture once Commit has returned it.
func (s *savings) claimed(out Output) {
	data, err := os.ReadFile(s.h.Path(out.Path))
	sum := sha256.Sum256(s.data)
	if err != nil || !bytes.Equal(data, s.data) || out.SHA256 != hex.EncodeToString(sum[:]) || out.Width != 20 || out.Bytes != int64(len(s.data)) {
		s.broken = append(s.broken, fmt.Sprintf("I09: %+v is claimed, and there are %d bytes (%v)", out, len(data), err))
	}
	if !inOrder(s.disk.done) {
		s.broken = append(s.broken, "I09: the picture is claimed after "+strings.Join(s.disk.done, ", "))
	}
}

// inOrder reports whether no name was given to what was not on the disk, and the folder's note of the name is there, too. After a
// failed fsync the next one tells nothing about what was written before.
func inOrder(done []string) bool {
	dirty, unsure, named, kept := true, false, false, false
	for _, what := range done {
		switch what {
		case "write":
			dirty = true
		case "new":
			dirty, unsure = true, false
		case "sync failed":
			unsure = true
		case "sync":
			dirty = unsure
		case "name":
			if dirty {
				return false
			}
			named, kept = true, false
		case "syncdir pictures":
			kept = true
		}
	}
	return named && kept
}

// eachPictureFault lets each file operation of saving a picture fail in each way, with and without hard links, until no fault
// fires; then the disk is well again, and the picture must come.
func eachPictureFault(t *testing.T, invariant string) {
	for _, noLinks := range []bool{false, true} {
		for _, mode := range []faultMode{once, always, killed} {
			for n, reached := 1, true; reached; n++ {
				what := fmt.Sprintf("operation %d %s (no links: %v)", n, mode, noLinks)
				s := newSavings(t, noLinks)
				s.disk.failAt, s.disk.mode, s.disk.watch = n, mode, s.look
				s.disk.err = []error{syscall.EIO, syscall.ENOSPC}[n%2]
				s.untilSaved(t, what)
				reached = s.disk.count >= n
				for _, broken := range s.broken {
					if strings.HasPrefix(broken, invariant) {
						t.Fatalf("%s: %s", what, broken)
					}
				}
			}
		}
	}
}

func (s *savings) untilSaved(t *testing.T, what string) {
	t.Helper()
	out, err := s.try()
	for tries := 0; err != nil && tries < 3; tries++ {
		switch {
		case s.disk.mode == killed:
			s.disk.failAt = 0
		case s.disk.mode == always && tries == 1:
			s.disk.failAt = 0
			s.h.locks.Me.Host = "after the next start of the machine"
		}
		out, err = s.try()
	}
	if err != nil {
		t.Fatalf("%s: the picture does not come: %v", what, err)
	}
	s.look()
	s.claimed(out)
}

// TestI09PictureBeforeClaim: a picture is told of only when it is whole, its bytes are on the disk, then its name, then the folder's
// note of that; whatever operation fails, and whoever tries again.
func TestI09PictureBeforeClaim(t *testing.T) { eachPictureFault(t, "I09") }

// TestI10NoHalfPicture: at no moment does half a picture stand under a picture's name, and one that is there is never
// overwritten; whatever operation fails, with and without hard links.
func TestI10NoHalfPicture(t *testing.T) { eachPictureFault(t, "I10") }

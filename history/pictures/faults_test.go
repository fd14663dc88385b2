package pictures

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

	"tintype/history/disk"
	"tintype/history/filelock"
)

// faultMode is how a disk fails.
type faultMode string

const (
	once   faultMode = "fails once"
	always faultMode = "and all later ones fail, until the machine is restarted"
	killed faultMode = "is not reached: the program is killed" // and the disk works
)

// faultDisk is the system's disk, whose failAt-th operation on pictures fails. It records the operations that succeeded.
type faultDisk struct {
	disk.System
	count, failAt int
	mode          faultMode
	err           error
	noLinks       bool   // no hard links, as on FAT and some servers
	watch         func() // called before each operation; the program may be killed at any of them
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
	return d.try("syncdir "+filepath.Base(name), func() error { return d.System.SyncDir(name) })
}

func (d *faultDisk) OpenFolder(name string) (f disk.Folder, err error) {
	err = d.try("folder", func() error { f, err = d.System.OpenFolder(name); return err })
	if err != nil {
		return nil, err
	}
	return &faultFolder{f, d}, nil
}

type faultFolder struct {
	disk.Folder
	d *faultDisk
}

func (f *faultFolder) OpenFile(name string, flag int, perm os.FileMode) (file disk.FolderFile, err error) {
	what := "open"
	if flag&os.O_EXCL != 0 {
		what = "new"
	}
	err = f.d.try(what, func() error { file, err = f.Folder.OpenFile(name, flag, perm); return err })
	if err != nil {
		return nil, err
	}
	return &faultFile{file, f.d}, nil
}

func (f *faultFolder) Link(from, to string) error {
	if f.d.noLinks {
		return syscall.EPERM
	}
	return f.d.try("name", func() error { return f.Folder.Link(from, to) })
}

func (f *faultFolder) Rename(from, to string) error {
	return f.d.try("name", func() error { return f.Folder.Rename(from, to) })
}

func (f *faultFolder) Remove(name string) error {
	return f.d.try("remove", func() error { return f.Folder.Remove(name) })
}

func (f *faultFolder) WriteFile(name string, data []byte, perm os.FileMode) error {
	return f.d.try("etag", func() error { return f.Folder.WriteFile(name, data, perm) })
}

type faultFile struct {
	disk.FolderFile
	d *faultDisk
}

func (f *faultFile) Write(b []byte) (n int, err error) {
	err = f.d.try("write", func() error { n, err = f.FolderFile.Write(b); return err })
	if err != nil && n == 0 {
		n, _ = f.FolderFile.Write(b[:len(b)/2])
	}
	return n, err
}

func (f *faultFile) Sync() error {
	err := f.d.try("sync", f.FolderFile.Sync)
	if err != nil && f.d.mode != killed {
		f.d.done = append(f.d.done, "sync failed")
	}
	return err
}

// A scenario downloads one picture with programs that fail or are killed, until it is saved.
type scenario struct {
	dir       string
	store     *Store
	disk      *faultDisk
	target    Target
	data      []byte
	taken     string // path that the picture would get, which another file has that must not change
	takenData []byte
	broken    []string // the promises that were broken, and when
}

func newScenario(t *testing.T, noLinks bool) *scenario {
	s := &scenario{
		dir: t.TempDir(), disk: &faultDisk{noLinks: noLinks}, data: encode(t, "png", 20, 20),
		target: target(1, "a boat"), takenData: []byte("another one's"),
	}
	s.boot("first boot")
	s.taken = filepath.Join(s.dir, Dir, fileName(s.target, 0, ".png"))
	if err := errors.Join(os.MkdirAll(filepath.Dir(s.taken), 0o700), os.WriteFile(s.taken, s.takenData, 0o600)); err != nil {
		t.Fatal(err)
	}
	return s
}

// boot opens the store on a machine that has been restarted.
func (s *scenario) boot(host string) {
	s.store = New(s.dir, s.disk, filelock.New(s.dir, filelock.Options{Host: host}))
}

// look checks what anybody would see who looked into the folder now.
func (s *scenario) look() {
	entries, _ := os.ReadDir(filepath.Join(s.dir, Dir))
	for _, entry := range entries {
		path := filepath.Join(s.dir, Dir, entry.Name())
		data, err := os.ReadFile(path)
		switch {
		case err != nil || filepath.Ext(path) == ".part" || filepath.Ext(path) == ".etag":
		case path == s.taken && !bytes.Equal(data, s.takenData):
			s.broken = append(s.broken, fmt.Sprintf("I10: a picture was overwritten before operation %d", s.disk.count))
		case path != s.taken && !bytes.Equal(data, s.data):
			s.broken = append(s.broken, fmt.Sprintf("I10: an incomplete picture (%d bytes) has a final name before operation %d", len(data), s.disk.count))
		}
	}
}

// attempt is one program's attempt to save the picture.
func (s *scenario) attempt() (Saved, error) {
	p, err := s.store.Begin(s.target)
	if err != nil {
		return Saved{}, err
	}
	defer p.Close()
	if placed, _ := filepath.Glob(filepath.Join(s.dir, Dir, "*.png")); len(placed) > 1 && p.Offset() > 0 {
		s.broken = append(s.broken, "I10: a file that has a final name is written to")
	}
	p.SetETag(`"v1"`)
	for from := p.Offset(); from < int64(len(s.data)); from = p.Offset() {
		to := min(from+200, int64(len(s.data)))
		if _, err := p.Write(s.data[from:to]); err != nil {
			return Saved{}, err
		}
	}
	return p.Commit()
}

// checkClaim checks what Commit said of the picture.
func (s *scenario) checkClaim(out Saved) {
	data, err := os.ReadFile(filepath.Join(s.dir, out.Path))
	sum := sha256.Sum256(s.data)
	if err != nil || !bytes.Equal(data, s.data) || out.SHA256 != hex.EncodeToString(sum[:]) || out.Width != 20 || out.Bytes != int64(len(s.data)) {
		s.broken = append(s.broken, fmt.Sprintf("I09: %+v is claimed, and there are %d bytes (%v)", out, len(data), err))
	}
	if !isDurable(s.disk.done) {
		s.broken = append(s.broken, "I09: the picture is claimed after "+strings.Join(s.disk.done, ", "))
	}
}

// isDurable reports whether the operations synced the file before they named it, and the folder afterwards. After a failed sync
// the next one proves nothing about what was written before.
func isDurable(done []string) bool {
	dirty, unsure, named, synced := true, false, false, false
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
			named, synced = true, false
		case "syncdir pictures":
			synced = true
		}
	}
	return named && synced
}

// eachFault lets each file operation of a download fail in each way, with and without hard links, until no fault is reached.
// Afterwards the disk works again, and the picture must be saved. It fails the test for broken promises of the invariant.
func eachFault(t *testing.T, invariant string) {
	for _, noLinks := range []bool{false, true} {
		for _, mode := range []faultMode{once, always, killed} {
			for n, reached := 1, true; reached; n++ {
				what := fmt.Sprintf("operation %d %s (no links: %v)", n, mode, noLinks)
				s := newScenario(t, noLinks)
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

func (s *scenario) untilSaved(t *testing.T, what string) {
	t.Helper()
	out, err := s.attempt()
	for tries := 0; err != nil && tries < 3; tries++ {
		switch {
		case s.disk.mode == killed:
			s.disk.failAt = 0
		case s.disk.mode == always && tries == 1:
			s.disk.failAt = 0
			s.boot("second boot")
		}
		out, err = s.attempt()
	}
	if err != nil {
		t.Fatalf("%s: the picture is not saved: %v", what, err)
	}
	s.look()
	s.checkClaim(out)
}

// TestI09PictureBeforeClaim: Commit reports a picture only when it is complete and its bytes, its name and its folder are durable,
// whatever operation fails, and however often it is tried again.
func TestI09PictureBeforeClaim(t *testing.T) { t.Parallel(); eachFault(t, "I09") }

// TestI10NoHalfPicture: at no moment does an incomplete picture have a final name, and an existing picture is never overwritten,
// whatever operation fails, with and without hard links.
func TestI10NoHalfPicture(t *testing.T) { t.Parallel(); eachFault(t, "I10") }

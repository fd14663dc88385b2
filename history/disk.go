package history

import (
	"io"
	"os"
)

// A disk is what the journal asks of a file system. Tests put one with faults in its place.
type disk interface {
	Open(name string, flag int) (file, error) // files are made with mode 0600
	Stat(name string) (os.FileInfo, error)
	Same(a, b os.FileInfo) bool // of one and the same file
	MakeDir(name string) error  // 0700, with its parents
	SyncDir(name string) error
	Truncate(name string, size int64) error
	Remove(name string) error
	Rename(from, to string) error
	Folder(name string) (folder, error) // which nothing that is done in it can leave
}

type file interface {
	io.ReaderAt
	io.Writer
	io.Closer
	Sync() error
	Stat() (os.FileInfo, error)
}

// A folder is what pictures ask of theirs.
type folder interface {
	OpenFile(name string, flag int, perm os.FileMode) (partFile, error)
	ReadFile(name string) ([]byte, error)
	WriteFile(name string, data []byte, perm os.FileMode) error
	Lstat(name string) (os.FileInfo, error)
	Link(from, to string) error
	Rename(from, to string) error
	Remove(name string) error
	Close() error
}

type partFile interface {
	io.ReadWriteSeeker
	io.ReaderAt
	io.Closer
	Truncate(size int64) error
	Sync() error
}

// rootFolder is the system's.
type rootFolder struct{ *os.Root }

func (r rootFolder) OpenFile(name string, flag int, perm os.FileMode) (partFile, error) {
	f, err := r.Root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// realDisk is the system's.
type realDisk struct{}

func (realDisk) Open(name string, flag int) (file, error) {
	f, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (realDisk) Stat(name string) (os.FileInfo, error)  { return os.Stat(name) }
func (realDisk) Same(a, b os.FileInfo) bool             { return os.SameFile(a, b) }
func (realDisk) MakeDir(name string) error              { return os.MkdirAll(name, 0o700) }
func (realDisk) SyncDir(name string) error              { return syncDir(name) }
func (realDisk) Truncate(name string, size int64) error { return os.Truncate(name, size) }
func (realDisk) Remove(name string) error               { return os.Remove(name) }
func (realDisk) Rename(from, to string) error           { return os.Rename(from, to) }

func (realDisk) Folder(name string) (folder, error) {
	r, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return rootFolder{r}, nil
}

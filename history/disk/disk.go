package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// FS is a file system. Names are paths of the operating system.
type FS interface {
	Open(name string, flag int) (File, error) // a new file gets the mode 0600
	Stat(name string) (os.FileInfo, error)
	Same(a, b os.FileInfo) bool // whether both describe one file
	MakeDir(name string) error  // with its parents, of mode 0700
	SyncDir(name string) error  // makes the names in a folder durable
	Truncate(name string, size int64) error
	Remove(name string) error
	Rename(from, to string) error
	OpenFolder(name string) (Folder, error)
}

// A File is an open file of the journal.
type File interface {
	io.ReaderAt
	io.Writer
	io.Closer
	Sync() error
	Stat() (os.FileInfo, error)
}

// A Folder gives access to the files in one folder only. Neither ".." nor a symbolic link leads out of it.
type Folder interface {
	OpenFile(name string, flag int, perm os.FileMode) (FolderFile, error)
	ReadFile(name string) ([]byte, error)
	WriteFile(name string, data []byte, perm os.FileMode) error
	Lstat(name string) (os.FileInfo, error)
	Link(from, to string) error
	Rename(from, to string) error
	Remove(name string) error
	Close() error
}

// A FolderFile is an open file in a Folder.
type FolderFile interface {
	io.ReadWriteSeeker
	io.ReaderAt
	io.Closer
	Sync() error
}

// System is the file system of the operating system.
type System struct{}

// Open implements FS.
func (System) Open(name string, flag int) (File, error) {
	f, err := os.OpenFile(name, flag|nonBlocking, 0o600)
	if err != nil {
		return nil, err // not f, which would be a non-nil File
	}
	if err := refusePipe(f); err != nil {
		return nil, err
	}
	return f, nil
}

// errPipe means that a pipe or a socket has the name of a file. Reading it could block forever.
var errPipe = fmt.Errorf("it is a pipe or a socket, not a file (%w)", fs.ErrInvalid)

// errNoFile means that a device, a folder, a pipe or a socket has the name of a file. Reading it could block or go on forever.
var errNoFile = fmt.Errorf("it is not a file (%w)", fs.ErrInvalid)

// OpenToRead opens a regular file for reading. For anything else, it returns an error at once instead of waiting for a pipe's writer.
func OpenToRead(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, err
	}
	return f, refuse(f, ^fs.FileMode(0), errNoFile)
}

// refusePipe closes f and returns errPipe if it is a pipe or a socket.
func refusePipe(f *os.File) error { return refuse(f, os.ModeNamedPipe|os.ModeSocket, errPipe) }

// refuse closes f and returns why if its type is one of types.
func refuse(f *os.File, types fs.FileMode, why error) error {
	info, err := f.Stat()
	if err == nil && info.Mode().Type()&types != 0 {
		err = &os.PathError{Op: "open", Path: f.Name(), Err: why}
	}
	if err != nil {
		_ = f.Close()
	}
	return err
}

// Stat implements FS.
func (System) Stat(name string) (os.FileInfo, error) { return os.Stat(name) }

// Same implements FS.
func (System) Same(a, b os.FileInfo) bool { return os.SameFile(a, b) }

// MakeDir implements FS.
func (System) MakeDir(name string) error { return os.MkdirAll(name, 0o700) }

// SyncDir implements FS.
func (System) SyncDir(name string) error { return syncDir(name) }

// Truncate implements FS.
func (System) Truncate(name string, size int64) error { return os.Truncate(name, size) }

// Remove implements FS.
func (System) Remove(name string) error { return os.Remove(name) }

// Rename implements FS.
func (System) Rename(from, to string) error { return os.Rename(from, to) }

// OpenFolder implements FS.
func (System) OpenFolder(name string) (Folder, error) {
	r, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return rootFolder{r}, nil
}

type rootFolder struct{ *os.Root }

func (r rootFolder) OpenFile(name string, flag int, perm os.FileMode) (FolderFile, error) {
	f, err := r.Root.OpenFile(name, flag|nonBlocking, perm)
	if err != nil {
		return nil, err
	}
	if err := refusePipe(f); err != nil {
		return nil, err
	}
	return f, nil
}

func (r rootFolder) ReadFile(name string) ([]byte, error) {
	f, err := r.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, readFileLimit))
}

// readFileLimit is the most that ReadFile reads, in bytes. Its files have a line or two.
const readFileLimit = 1 << 20

func (r rootFolder) WriteFile(name string, data []byte, perm os.FileMode) error {
	f, err := r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

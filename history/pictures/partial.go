package pictures

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// A PartialFile is a picture that is being downloaded. It becomes a picture by Commit; Close keeps it for a later attempt. A
// PartialFile belongs to one goroutine.
type PartialFile struct {
	store  *Store
	target Target
	name   string
	folder disk.Folder
	file   disk.FolderFile
	lock   *filelock.Lock
	offset int64
	etag   string
}

// Saved describes a picture that was saved.
type Saved struct {
	Path          string // relative to the data folder, with slashes
	SHA256        string // in hexadecimal
	Bytes         int64
	Width, Height int // in pixels; 0 for formats that are not decoded
}

func (p *PartialFile) lockPath() string { return p.store.path("running", p.name+".lock") }

func (p *PartialFile) open() (err error) {
	if err := p.store.disk.MakeDir(p.store.path(Dir)); err != nil {
		return err
	}
	if err := p.store.disk.MakeDir(p.store.path("running")); err != nil {
		return disk.Explain(p.store.dir, err)
	}
	lock, held, err := p.store.locks.Try(p.lockPath())
	if err != nil {
		return disk.ExplainLock(p.store.dir, err)
	}
	if !held {
		return ErrBusy
	}
	p.lock = &lock
	if p.folder, err = p.store.disk.OpenFolder(p.store.path(Dir)); err != nil {
		return err
	}
	if !p.isPlain(p.name) || !p.isPlain(p.name+".etag") {
		return p.Restart()
	}
	if p.etag = p.readETag(); p.etag == "" {
		return p.Restart()
	}
	if p.file, err = p.folder.OpenFile(p.name, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	p.offset, err = p.file.Seek(0, io.SeekEnd)
	return err
}

// isPlain reports whether a name is that of a regular file. Reading a pipe would block, and a link could lead to a saved picture.
func (p *PartialFile) isPlain(name string) bool {
	info, err := p.folder.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

// readETag returns the version of the picture that the partial file holds; "" when that is unknown, and when the machine was
// restarted since: after a power loss the file may contain zero bytes.
func (p *PartialFile) readETag() string {
	line, err := p.folder.ReadFile(p.name + ".etag")
	tag, host, _ := strings.Cut(string(line), "\n")
	if err != nil || len(tag) >= maxETag || host != p.store.locks.Host() {
		return ""
	}
	return tag
}

// maxETag is the longest ETag that is remembered, in bytes.
const maxETag = 1024

// Write appends bytes. Beyond sizeLimit it returns an *InvalidError, on a full disk a *disk.Error after it has emptied the partial
// file: the journal needs the space more.
func (p *PartialFile) Write(b []byte) (int, error) {
	if p.offset+int64(len(b)) > sizeLimit {
		return 0, &InvalidError{fmt.Sprintf("The picture is larger than %d MiB.", sizeLimit>>20)}
	}
	if p.file == nil {
		return 0, os.ErrClosed
	}
	n, err := p.file.Write(b)
	p.offset += int64(n)
	if err == nil {
		return n, nil
	}
	explained := disk.ExplainFolder(p.store.path(Dir), err)
	if explained.Code == disk.Full {
		_ = p.Restart()
	}
	return n, explained
}

// Offset returns how many bytes were written, by earlier attempts too.
func (p *PartialFile) Offset() int64 { return p.offset }

// ETag returns the server's name for the version of the picture that the bytes are from; "" when there is nothing to resume.
func (p *PartialFile) ETag() string { return p.etag }

// SetETag remembers the version for a later attempt. If it cannot be written, a later attempt starts from the beginning.
func (p *PartialFile) SetETag(tag string) {
	if tag == p.etag {
		return
	}
	_ = p.forgetETag()
	p.etag = tag
	if tag != "" && len(tag) < maxETag && !strings.ContainsAny(tag, "\r\n") {
		_ = p.folder.WriteFile(p.name+".etag", []byte(tag+"\n"+p.store.locks.Host()), 0o600)
	}
}

// forgetETag makes a later attempt start from the beginning.
func (p *PartialFile) forgetETag() error {
	p.etag = ""
	if err := p.folder.Remove(p.name + ".etag"); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// Restart discards what was written, for a server that sends the picture from its beginning. It makes a new file, since the old
// one may already have a final name: an earlier attempt may have been killed between its link and its remove.
func (p *PartialFile) Restart() error {
	_ = p.forgetETag()
	p.closeFile()
	_ = p.folder.Remove(p.name)
	f, err := p.folder.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return p.store.explain(err)
	}
	p.file, p.offset = f, 0
	return nil
}

// Commit checks the picture, makes it durable and gives it a name that no file had. An *InvalidError means that it is
// incomplete or no picture; it is then deleted. The PartialFile is closed in any case.
func (p *PartialFile) Commit() (Saved, error) {
	defer p.Close()
	if p.file == nil {
		return Saved{}, os.ErrClosed
	}
	p.store.decoding.Lock()
	ext, w, h, err := inspect(p.file, p.offset)
	p.store.decoding.Unlock()
	var invalid *InvalidError
	if errors.As(err, &invalid) {
		p.remove()
		return Saved{}, err
	}
	if err != nil {
		return Saved{}, p.store.explain(err)
	}
	sum, err := Sum(io.NewSectionReader(p.file, 0, p.offset))
	if err != nil {
		return Saved{}, p.store.explain(err)
	}
	if err := p.file.Sync(); err != nil {
		// The system may now count pages as clean that are not on the disk (Rebello et al., "Can Applications Recover from fsync
		// Failures?", ATC 2020), so the picture must be written again.
		_ = p.Restart()
		return Saved{}, p.store.explain(err)
	}
	name, err := p.giveName(ext, sum)
	if err != nil {
		return Saved{}, p.store.explain(err)
	}
	return Saved{Dir + "/" + name, hex.EncodeToString(sum), p.offset, w, h}, nil
}

// giveName gives the partial file its final name and returns it. A name that the same picture has already, from an attempt whose
// entry was not written, is used again. A name that another file has is left alone. From here on no attempt resumes the file.
func (p *PartialFile) giveName(ext string, sum []byte) (name string, err error) {
	if err := p.forgetETag(); err != nil {
		return "", err
	}
	for attempt := range 100 {
		name = fileName(p.target, attempt, ext)
		err = p.folder.Link(p.name, name)
		if errors.Is(err, os.ErrExist) {
			if !p.isSame(name, sum) {
				continue
			}
			err = nil
		} else if err != nil {
			err = p.rename(name)
		}
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		p.remove()
		return name, p.store.disk.SyncDir(p.store.path(Dir))
	}
	return "", err
}

func (p *PartialFile) isSame(name string, sum []byte) bool {
	f, err := p.folder.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	have, err := Sum(f)
	return err == nil && bytes.Equal(have, sum)
}

// rename gives the final name on file systems without hard links. Between its check and its rename only a foreign program could
// make a file of that name: the key is part of it, and of our programs only this one has the lock.
func (p *PartialFile) rename(name string) error {
	if _, err := p.folder.Lstat(name); err == nil {
		return os.ErrExist
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	p.closeFile() // Windows does not rename an open file
	return p.folder.Rename(p.name, name)
}

// remove deletes the partial file.
func (p *PartialFile) remove() {
	p.closeFile()
	_ = p.folder.Remove(p.name)
	_ = p.folder.Remove(p.name + ".etag")
}

func (p *PartialFile) closeFile() {
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
}

// Close keeps what was written if a later attempt can resume it. It may be called more than once.
func (p *PartialFile) Close() error {
	var err error
	if p.file != nil {
		err = p.file.Close()
		p.file = nil
	}
	if p.folder != nil {
		if p.etag == "" || p.offset == 0 {
			p.remove()
		}
		_ = p.folder.Close()
		p.folder = nil
	}
	if p.lock != nil {
		_ = os.Remove(p.lockPath())
		p.lock.Release()
		p.lock = nil
	}
	return err
}

package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"tintype/history/filelock"
)

// PictureLimit is the largest picture that is saved, in bytes.
const PictureLimit = 64 << 20

// pictureDir is where pictures lie, in the data folder.
const pictureDir = "pictures"

// A Part is a picture on its way to the disk. It is written to a file of its own, which outlives the program so that the
// next one can go on where this one stopped, and becomes a picture only when it is whole (Commit). A Part belongs to one goroutine.
type PartialFile struct {
	h      *History
	entry  Entry
	output int
	dir    folder
	name   string
	file   partFile
	lock   *filelock.Hold
	offset int64
	etag   string
}

// ErrDownloadBusy says that another program is fetching the same picture.
var ErrDownloadBusy = errors.New("Another program is fetching this picture.")

// Download begins to save an output of an entry, or goes on with what an earlier try left. One program at a time can have it.
func (h *History) Download(e Entry, output int) (*PartialFile, error) {
	if output < 0 || output > 999 || plain(e.Key, 26) == "" {
		return nil, fmt.Errorf("There is no output %d to save.", output+1)
	}
	p := &PartialFile{h: h, entry: e, output: output, name: fmt.Sprintf("%s-%d.part", plain(e.Key, 26), output+1)}
	if err := p.open(); err != nil {
		_ = p.Close()
		if errors.Is(err, ErrDownloadBusy) {
			return nil, err
		}
		return nil, troubleOf(h.dir, err)
	}
	return p, nil
}

func (p *PartialFile) lockPath() string { return p.h.Path("running/" + p.name + ".lock") }

func (p *PartialFile) open() (err error) {
	for _, dir := range []string{pictureDir, "running"} {
		if err := p.h.disk.MakeDir(p.h.Path(dir)); err != nil {
			return err
		}
	}
	lock, held, err := p.h.locks.Try(p.lockPath())
	if err != nil {
		return noLock(p.h.dir, err)
	}
	if !held {
		return ErrDownloadBusy
	}
	p.lock = &lock
	if p.dir, err = p.h.disk.Folder(p.h.Path(pictureDir)); err != nil {
		return err
	}
	if p.etag = p.readETag(); p.etag == "" {
		return p.Restart()
	}
	if p.file, err = p.dir.OpenFile(p.name, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	p.offset, err = p.file.Seek(0, io.SeekEnd)
	return err
}

// readETag tells which version of the picture the part is of. Without that, what is there is of no use; nor is it when the
// machine was started anew since, as after a power loss there may be zero bytes in it.
func (p *PartialFile) readETag() string {
	line, err := p.dir.ReadFile(p.name + ".etag")
	tag, start, _ := strings.Cut(string(line), "\n")
	if err != nil || len(tag) >= maxETag || start != p.h.locks.Me.Host {
		return ""
	}
	return tag
}

// maxETag is the longest ETag that is remembered, in bytes.
const maxETag = 1024

// Write adds bytes behind Offset. On a full disk the part is emptied: the journal needs the space more.
func (p *PartialFile) Write(b []byte) (int, error) {
	if p.offset+int64(len(b)) > PictureLimit {
		return 0, &BadPicture{fmt.Sprintf("The picture is larger than %d MiB.", PictureLimit>>20)}
	}
	if p.file == nil {
		return 0, os.ErrClosed
	}
	n, err := p.file.Write(b)
	p.offset += int64(n)
	if err == nil {
		return n, nil
	}
	trouble := troubleOf(p.h.dir, err)
	if trouble.Code == "full" {
		_ = p.Restart()
	}
	return n, trouble
}

// Offset returns how many bytes are there.
func (p *PartialFile) Offset() int64 { return p.offset }

// ETag returns which version of the picture the bytes are of, as the server named it; "" when nothing is there to go on with.
func (p *PartialFile) ETag() string { return p.etag }

// SetETag remembers the version, for a later try. It is written at once; where that fails, a later try begins anew.
func (p *PartialFile) SetETag(tag string) {
	if tag == p.etag {
		return
	}
	_ = p.forget()
	p.etag = tag
	if tag != "" && len(tag) < maxETag && !strings.ContainsAny(tag, "\r\n") {
		_ = p.dir.WriteFile(p.name+".etag", []byte(tag+"\n"+p.h.locks.Me.Host), 0o600)
	}
}

// forget makes a later try begin anew.
func (p *PartialFile) forget() error {
	p.etag = ""
	if err := p.dir.Remove(p.name + ".etag"); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// Restart throws away what is there, because the server sends the picture from its beginning. It begins a new file: the old one
// may have a picture's name by now, of a try that was killed before it could take the other name away.
func (p *PartialFile) Restart() error {
	_ = p.forget()
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
	_ = p.dir.Remove(p.name)
	f, err := p.dir.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return troubleOf(p.h.dir, err)
	}
	p.file, p.offset = f, 0
	return nil
}

// Commit makes the part a picture: it is checked, made durable, and renamed to a name that nothing had. It returns the output
// with path, sha256, bytes, width and height. A *BadPicture says that it is not whole, or none: the part is then gone.
// Whatever it returns, the Part is closed.
func (p *PartialFile) Commit() (Output, error) {
	defer p.Close()
	if p.file == nil {
		return Output{}, os.ErrClosed
	}
	p.h.decoding.Lock() // one at a time: each may take checkedBytes
	ext, w, h, err := measure(p.file, p.offset)
	p.h.decoding.Unlock()
	var bad *BadPicture
	if errors.As(err, &bad) {
		_ = p.Discard()
		return Output{}, err
	}
	if err != nil {
		return Output{}, troubleOf(p.h.dir, err)
	}
	sum, err := sumOf(io.NewSectionReader(p.file, 0, p.offset))
	if err != nil {
		return Output{}, troubleOf(p.h.dir, err)
	}
	if err := p.file.Sync(); err != nil {
		_ = p.Restart() // the system may take for written what is not (ATC '20, Rebello): it must be written anew
		return Output{}, troubleOf(p.h.dir, err)
	}
	name, err := p.place(ext, sum)
	if err != nil {
		return Output{}, troubleOf(p.h.dir, err)
	}
	out := Output{Path: pictureDir + "/" + name, SHA256: hex.EncodeToString(sum), Bytes: p.offset, Width: w, Height: h}
	if p.output < len(p.entry.Outputs) {
		was := p.entry.Outputs[p.output]
		out.URL, out.Star = was.URL, was.Star
	}
	return out, nil
}

func sumOf(r io.Reader) ([]byte, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return sum.Sum(nil), err
}

// place gives the part its name. A name that is taken by the same picture, left by a try whose entry was not written, is used;
// one that is taken by another is left alone. Once the part may have a picture's name nobody goes on with it.
func (p *PartialFile) place(ext string, sum []byte) (name string, err error) {
	if err := p.forget(); err != nil {
		return "", err
	}
	made := p.entry.CreatedTime().In(p.h.now().Location())
	for again := range 100 {
		name = pictureName(made, p.entry.Prompt(), p.entry.Key, p.output, len(p.entry.Outputs), again, ext)
		err = p.dir.Link(p.name, name)
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
		return name, p.h.disk.SyncDir(p.h.Path(pictureDir))
	}
	return "", err
}

func (p *PartialFile) isSame(name string, sum []byte) bool {
	f, err := p.dir.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	have, err := sumOf(f)
	return err == nil && bytes.Equal(have, sum)
}

// rename is for file systems without hard links. Nothing can come between the look and the renaming but a program that is not
// ours: of ours only this one has the lock of the part, whose key is in the name.
func (p *PartialFile) rename(name string) error {
	if _, err := p.dir.Lstat(name); err == nil {
		return os.ErrExist
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	_ = p.file.Close() // Windows renames no open file
	p.file = nil
	return p.dir.Rename(p.name, name)
}

// Discard throws the part away.
func (p *PartialFile) Discard() error {
	p.remove()
	return p.Close()
}

func (p *PartialFile) remove() {
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
	_ = p.dir.Remove(p.name)
	_ = p.dir.Remove(p.name + ".etag")
}

// Close lets the part go; what is there stays for a later try. Closing twice is fine.
func (p *PartialFile) Close() error {
	var err error
	if p.file != nil {
		err = p.file.Close()
		p.file = nil
	}
	if p.dir != nil {
		_ = p.dir.Close()
		p.dir = nil
	}
	if p.lock != nil {
		_ = os.Remove(p.lockPath())
		p.lock.Release()
		p.lock = nil
	}
	return err
}

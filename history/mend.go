package history

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A Mended is the result of Mend.
type Mended struct {
	Path       string   `json:"path"`       // of the journal
	Backup     string   `json:"kept"`       // path of the journal as it was; "" if there was nothing to mend
	Unreadable string   `json:"unreadable"` // path of the file with the lines that cannot be read; "" if there are none
	Bad        int      `json:"bad"`        // how many lines that file has
	Entries    int      `json:"entries"`    // lines of the journal that can be read
	Joined     int      `json:"joined"`     // lines that copies had and the journal did not
	Copies     []string `json:"copies"`     // paths under which the copies are kept
}

// Mend replaces a journal that cannot be read, or only in part, by one that can, and joins copies of it that other programs left in the
// folder. Nothing is lost: the journal is kept as it was, lines that cannot be read are moved to a file of their own, and the copies get
// other names.
func (h *History) Mend(ctx context.Context) (Mended, error) {
	h.write.Lock()
	defer h.write.Unlock()
	lock, err := h.lock()
	if err != nil {
		return Mended{}, h.failLock(err)
	}
	defer lock.Release()
	size, err := h.catchUp()
	if err != nil {
		return Mended{}, h.fail(err)
	}
	m := &mending{h: h, ctx: ctx, size: size, known: map[[sha256.Size]byte]bool{}, result: Mended{Path: h.journalPath(), Copies: []string{}}}
	copies := h.findCopies()
	needed, err := m.isNeeded(copies)
	if err != nil || !needed {
		return m.result, err
	}
	m.result.Backup, err = h.replace(lock.Lost, func(to io.Writer) error { return m.write(to, copies) })
	if err != nil {
		if ctx.Err() != nil {
			return Mended{}, ctx.Err()
		}
		return Mended{}, disk.Explain(h.dir, err)
	}
	for _, name := range copies {
		kept, err := h.freeName(".jsonl.old", func(to string) error { return renameToFree(filepath.Join(h.dir, name), to) })
		if err == nil {
			m.result.Copies = append(m.result.Copies, kept)
		}
	}
	return m.result, nil
}

// renameToFree renames a file unless another one has the new name.
func renameToFree(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return os.ErrExist
	}
	return os.Rename(from, to)
}

// mending is one run of Mend.
type mending struct {
	h      *History
	ctx    context.Context
	size   int64                      // of the journal
	known  map[[sha256.Size]byte]bool // checksums of the lines of the journal and of the copies so far
	result Mended
}

// isNeeded reports whether there is anything to mend, and counts the lines if there is not.
func (m *mending) isNeeded(copies []string) (bool, error) {
	needed, entries := len(copies) > 0 || m.h.unreadable.Load() != nil, 0
	if m.h.file == nil {
		return needed, nil
	}
	err := eachLine(m.h.file, m.size, func(_ int64, line []byte) error {
		if trimmed, _ := jsonscan.TrimLine(line); len(trimmed) > 0 {
			_, err := decode(trimmed)
			needed = needed || err != nil
			entries++
		}
		return m.ctx.Err()
	})
	if !needed {
		m.result.Entries = entries
	}
	return needed, err
}

// write writes first the lines of the copies that the journal lacks, and then those of the journal, so that the journal's line counts if
// both have the same revision.
func (m *mending) write(to io.Writer, copies []string) error {
	out := bufio.NewWriterSize(to, 256<<10)
	put := func(line []byte) error {
		_, err := out.Write(line)
		return errors.Join(err, out.WriteByte('\n'), m.ctx.Err())
	}
	if err := eachEntry(m.h.file, m.size, func(entry []byte, _ Entry, _ []byte) error {
		if entry != nil {
			m.known[sha256.Sum256(entry)] = true
		}
		return m.ctx.Err()
	}); err != nil {
		return err
	}
	for _, name := range copies {
		if err := m.h.eachCopiedEntry(name, func(line []byte, _ Entry) error {
			sum := sha256.Sum256(line)
			if m.known[sum] {
				return nil
			}
			m.known[sum] = true
			m.result.Joined++
			return put(line)
		}); err != nil {
			return err
		}
	}
	aside := &asideFile{h: m.h}
	err := eachEntry(m.h.file, m.size, func(entry []byte, _ Entry, line []byte) error {
		if entry == nil {
			m.result.Bad++
			return aside.put(line)
		}
		m.result.Entries++
		return put(entry)
	})
	m.result.Unreadable = aside.name
	return errors.Join(err, aside.close(), out.Flush())
}

// An asideFile takes the lines that cannot be read. The first one creates it.
type asideFile struct {
	h    *History
	name string
	file *os.File
}

func (a *asideFile) put(line []byte) (err error) {
	if a.file == nil {
		a.name, err = a.h.freeName(setAsideSuffix, func(name string) error {
			a.file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			return err
		})
		if err != nil {
			return err
		}
	}
	_, err = a.file.Write(line)
	if err == nil {
		_, err = a.file.WriteString("\n")
	}
	return err
}

func (a *asideFile) close() error {
	if a.file == nil {
		return nil
	}
	return errors.Join(a.file.Sync(), a.file.Close())
}

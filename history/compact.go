package history

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A Compacted is the result of Compact.
type Compacted struct {
	Path        string `json:"path"` // of the journal
	Backup      string `json:"kept"` // path of the old journal
	LinesBefore int    `json:"lines_before"`
	LinesAfter  int    `json:"lines_after"`
	BytesBefore int64  `json:"bytes_before"`
	BytesAfter  int64  `json:"bytes_after"`
}

// Compact writes a new journal with one line for each entry, puts it in the place of the old one by a rename, and keeps the old
// one beside it. Lines that cannot be read, and lines of a newer version, are copied unchanged. Other programs wait meanwhile
// and continue with the new journal. It also removes stale locks.
func (h *History) Compact(ctx context.Context) (Compacted, error) {
	h.write.Lock()
	defer h.write.Unlock()
	lock, err := h.lock()
	if err != nil {
		return Compacted{}, h.failLock(err)
	}
	defer lock.Release()
	size, err := h.catchUp()
	if err != nil {
		return Compacted{}, h.fail(err)
	}
	c := &compaction{newest: map[string]candidateLine{}, result: Compacted{Path: h.journalPath(), BytesBefore: size}}
	if h.isEncoded() {
		return Compacted{}, h.Unreadable()
	}
	if err := c.read(ctx, h.file, size); err != nil {
		return Compacted{}, err
	}
	c.result.Backup, err = h.replace(lock.Lost, func(to io.Writer) error { return c.write(ctx, h.file, to) })
	if err != nil {
		if ctx.Err() != nil {
			return Compacted{}, ctx.Err()
		}
		return Compacted{}, disk.Explain(h.dir, err)
	}
	h.locks.RemoveStale(h.now())
	h.removeDeadReserves()
	return c.result, nil
}

type compaction struct {
	newest   map[string]candidateLine
	verbatim []span // lines that are copied unchanged
	result   Compacted
}

type span struct {
	off  int64
	size int
}

type candidateLine struct {
	span
	rev   int
	state State
}

// read finds the newest line of each key, and all lines that must not be rewritten.
func (c *compaction) read(ctx context.Context, f io.ReaderAt, size int64) error {
	return eachLine(f, size, func(off int64, line []byte) error {
		if len(bytes.TrimSpace(line)) == 0 {
			return nil
		}
		if c.result.LinesBefore++; c.result.LinesBefore%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(line) > LineLimit {
			return errors.New("The history has a line longer than 1 MiB, so it is not compacted. tintype doctor names the line.")
		}
		if e, err := decode(line); err == nil && e.V <= Version {
			entry, skipped := jsonscan.TrimLine(line)
			c.choose(e, span{off + int64(skipped), len(entry)})
		} else {
			c.verbatim = append(c.verbatim, span{off, len(line)})
		}
		return nil
	})
}

func (c *compaction) choose(e Entry, here span) {
	if old := c.newest[e.Key]; !outranks(old.rev, old.state, e.Rev, e.State) {
		c.newest[e.Key] = candidateLine{here, e.Rev, e.State}
	}
}

// replace calls write for a new journal, puts it in the place of the old one, and returns the path under which the old one is kept.
// lockLost reports whether another program has taken over the lock. The caller holds it.
func (h *History) replace(lockLost func() bool, write func(to io.Writer) error) (backup string, err error) {
	temp := h.Path("history.jsonl.new")
	f, err := h.disk.Open(temp, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return "", err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		_ = h.disk.Remove(temp)
		return "", err
	}
	backup, err = h.linkBackup()
	if err != nil {
		_ = h.disk.Remove(temp)
		return "", err
	}
	if lockLost() {
		return backup, errors.Join(disk.ErrLostLock(), h.disk.Remove(temp))
	}
	if runtime.GOOS == "windows" {
		h.mu.Lock()
		_ = h.closeFiles() // Windows does not replace an open file; reopen follows
		h.mu.Unlock()
	}
	if err := h.disk.Rename(temp, h.journalPath()); err != nil {
		return backup, errors.Join(err, h.reopen())
	}
	return backup, errors.Join(h.reopen(), h.syncName())
}

// write writes the unchanged lines first, then one line for each entry, oldest first.
func (c *compaction) write(ctx context.Context, from io.ReaderAt, to io.Writer) error {
	out := bufio.NewWriterSize(to, 256<<10)
	put := func(s span, folded bool) error {
		line := make([]byte, s.size, s.size+32)
		if _, err := from.ReadAt(line, s.off); err != nil && err != io.EOF {
			return err
		}
		if folded {
			line = markFolded(line)
		}
		n, err := out.Write(append(line, '\n'))
		c.result.BytesAfter += int64(n)
		c.result.LinesAfter++
		return err
	}
	for _, s := range c.verbatim {
		if err := put(s, false); err != nil {
			return err
		}
	}
	for _, key := range sortedKeys(c.newest) {
		if err := errors.Join(ctx.Err(), put(c.newest[key].span, true)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// markFolded adds the field folded to a line; every other byte stays.
func markFolded(line []byte) []byte {
	line = bytes.TrimRight(line, " \t\r\n")
	if bytes.HasSuffix(line, []byte(`,"folded":true}`)) {
		return line
	}
	return append(bytes.TrimSuffix(line, []byte{'}'}), `,"folded":true}`...)
}

// linkBackup gives the old journal a second name, so that there is a journal at every moment.
func (h *History) linkBackup() (string, error) {
	kept, err := h.freeName(".jsonl.old", func(name string) error {
		err := os.Link(h.journalPath(), name)
		if err != nil && !errors.Is(err, os.ErrExist) {
			err = copyFile(h.journalPath(), name)
		}
		return err
	})
	return kept, err
}

// freeName tries today's names, history-2026-11-20 and so on, until take does not report that one exists.
func (h *History) freeName(suffix string, take func(name string) error) (string, error) {
	day := "history-" + h.now().Format("2006-01-02")
	for n := range 1000 {
		name := day
		if n > 0 {
			name = fmt.Sprintf("%s-%d", day, n+1)
		}
		name = filepath.Join(h.dir, name+suffix)
		if err := take(name); !errors.Is(err, os.ErrExist) {
			return name, err
		}
	}
	return "", os.ErrExist
}

// copyFile replaces the hard link on file systems that have none.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	busy := &Error{Code: Busy, Sentence: "Another program is writing."}
	for _, c := range []struct {
		err        error
		code, lock string // of Explain and of ExplainLock
	}{
		{syscall.ENOSPC, Full, Full},
		{errQuota, Full, NoLock},
		{&fs.PathError{Op: "open", Path: "/h", Err: syscall.EACCES}, ReadOnly, ReadOnly},
		{syscall.EROFS, ReadOnly, ReadOnly},
		{&fs.PathError{Op: "write", Path: "/h", Err: syscall.EIO}, Faulty, NoLock},
		{syscall.ENOLCK, Faulty, NoLock},
		{fmt.Errorf("lock: %w", busy), Busy, Busy},
	} {
		explained, lock := Explain("/h", c.err), ExplainLock("/h", c.err)
		if explained.Code != c.code || lock.Code != c.lock {
			t.Errorf("%v is %s and %s, want %s and %s", c.err, explained.Code, lock.Code, c.code, c.lock)
		}
		for _, e := range []*Error{explained, lock} {
			if e.Code != Busy && (!strings.Contains(e.Sentence, "nothing is bought") || !errors.Is(e, c.err)) {
				t.Errorf("%v: %q, cause %v", c.err, e.Sentence, e.Cause)
			}
		}
	}
	failed := &fs.PathError{Op: "write", Path: "/h/x", Err: syscall.EIO}
	if s := Explain("/h", errors.Join(fmt.Errorf("line: %w", failed), syscall.EBADF)).Sentence; !strings.Contains(s, "("+syscall.EIO.Error()+")") {
		t.Errorf("the sentence has more than the system's own words: %s", s)
	}
}

// TestFolder: a Folder opens nothing outside of it.
func TestFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inside := filepath.Join(dir, "inside")
	if err := (System{}).MakeDir(inside); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "outside"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := System{}.OpenFolder(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names := []string{"../outside", filepath.Join(dir, "outside")}
	if os.Symlink("../outside", filepath.Join(inside, "link")) == nil {
		names = append(names, "link")
	}
	for _, name := range names {
		if file, err := f.OpenFile(name, os.O_RDONLY, 0); err == nil || file != nil {
			t.Errorf("%s is opened", name)
		}
	}
}

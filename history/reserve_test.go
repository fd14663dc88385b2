package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// smallDisk is a disk on which the files of one folder have room for some bytes in all.
type smallDisk struct {
	disk.System
	dir   string
	bytes int64
	err   error // what a write gets beyond that
}

func (d *smallDisk) Open(name string, flag int) (disk.File, error) {
	f, err := d.System.Open(name, flag)
	if err != nil {
		return nil, err
	}
	return &smallDiskFile{f, d}, nil
}

type smallDiskFile struct {
	disk.File
	disk *smallDisk
}

func (f *smallDiskFile) Write(b []byte) (int, error) {
	room := f.disk.bytes - f.disk.used()
	if int64(len(b)) <= room {
		return f.File.Write(b)
	}
	n, err := f.File.Write(b[:max(room, 0)])
	return n, errors.Join(err, f.disk.err)
}

func (d *smallDisk) used() (sum int64) {
	_ = filepath.WalkDir(d.dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			if info, err := entry.Info(); err == nil {
				sum += info.Size()
			}
		}
		return nil
	})
	return sum
}

func openOnSmallDisk(t *testing.T, bytes int64, full error) (*History, *smallDisk) {
	t.Helper()
	d := &smallDisk{dir: t.TempDir(), bytes: bytes, err: full}
	h := newHistory(Options{Dir: d.dir}, d, filelock.Options{})
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h, d
}

// intent, bought and ended are the lines of a purchase.
func intent(e Entry) Entry {
	e = withPrompt("a boat")(e)
	e.Attempts = append(e.Attempts, Attempt{Sent: "maybe"})
	return e
}

func bought(e Entry) Entry {
	e.State, e.ID, e.Attempts[0].Sent = Waiting, "abcdefgh", "yes"
	return e
}

func ended(e Entry) Entry {
	e.State, e.Logs = Done, strings.Repeat("l", LogLimit)
	return e
}

// TestReserveKeepsRoomForWhatIsPaid: when the disk or a quota becomes full after an intent, the lines of that purchase use the reserved
// room. No other line does: not a star, and not the intent of a second purchase.
func TestReserveKeepsRoomForWhatIsPaid(t *testing.T) {
	t.Parallel()
	for _, full := range []error{syscall.ENOSPC, &fs.PathError{Op: "write", Err: syscall.ENOSPC}} {
		h, d := openOnSmallDisk(t, 1<<20, full)
		old := mustAppend(t, h, NewKey(noon), withPrompt("an old one"))
		mustAppend(t, h, old.Key, withState(Done))
		if err := h.Reserve(50 << 10); err != nil {
			t.Fatal(err)
		}
		key := NewKey(noon)
		mustAppend(t, h, key, intent)
		d.bytes = d.used() // somebody fills the disk
		for name, change := range map[string]func() error{
			"a star":         func() error { _, err := h.Append(old.Key, func(e Entry) Entry { e.Star = true; return e }); return err },
			"an intent":      func() error { _, err := h.Append(NewKey(noon), intent); return err },
			"another intent": func() error { _, err := h.Append(key, intent); return err },
			"more room":      func() error { return h.Reserve(10 << 20) },
		} {
			var full *WriteError
			if err := change(); !errors.As(err, &full) || full.Code != disk.Full {
				t.Errorf("%s on a full disk: %v", name, err)
			}
		}
		for _, change := range []func(Entry) Entry{bought, withState(Saving), ended} {
			if e, err := h.Append(key, change); err != nil {
				t.Fatalf("the line %d after a purchase: %v", e.Rev, err)
			}
		}
		if err := h.WriteError(); err != nil {
			t.Errorf("after a line that was written: %v", err)
		}
		e, err := openHistory(t, h.dir).Get(key)
		if err != nil || e.ID != "abcdefgh" || e.State != Done {
			t.Errorf("the next start finds %s, id %q, %v", e.State, e.ID, err)
		}
		if err := h.Reserve(reserveStep); err == nil {
			t.Error("the reserve that was given up counts as there")
		}
	}
}

// TestReserveWhereThereIsNoRoom: a reserve that does not fit is refused, leaves nothing behind, and is made once there is room.
func TestReserveWhereThereIsNoRoom(t *testing.T) {
	t.Parallel()
	h, d := openOnSmallDisk(t, reserveStep/2, syscall.ENOSPC)
	var full *WriteError
	if err := h.Reserve(1); !errors.As(err, &full) || full.Code != disk.Full || h.WriteError() == nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(h.Path("running/*.reserve")); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
	d.bytes = 10 << 20
	if err := h.Reserve(reserveStep + 1); err != nil || h.reserved != 2*reserveStep {
		t.Errorf("with room: %d bytes, %v", h.reserved, err)
	}
	if info, err := os.Stat(h.reservePath(h.driverName)); err != nil || info.Size() != 2*reserveStep {
		t.Errorf("%v, %v", info, err)
	}
}

// TestReserveIsRemoved: a reserve ends with its program; that of a program that was killed is removed by the next one, and that of a
// program that runs stays.
func TestReserveIsRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	dead := filepath.Join(dir, "running", NewKey(noon)+reserveSuffix)
	if one.Reserve(1) != nil || os.WriteFile(dead, make([]byte, 100), 0o600) != nil || two.Reserve(1) != nil {
		t.Fatal("no reserve is made")
	}
	if left, _ := filepath.Glob(one.Path("running/*.reserve")); len(left) != 2 {
		t.Errorf("there are %q", left)
	}
	_, _ = one.Close(), two.Close()
	if left, _ := filepath.Glob(one.Path("running/*")); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}

// TestCheckRoomNamesTheFolder: a folder in which no picture can be saved is found before a purchase, and the error says what to do. Once it
// is mended, WriteError returns nil without a new attempt.
func TestCheckRoomNamesTheFolder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(dir string) error
		says  string
	}{
		"a dangling link": {func(dir string) error { return os.Symlink("/nowhere/pictures", dir) }, "is a link to /nowhere/pictures, which is not there"},
		"a file":          {func(dir string) error { return os.WriteFile(dir, nil, 0o600) }, "is not a folder"},
		"a link to a file": {func(dir string) error {
			return errors.Join(os.WriteFile(dir+".file", nil, 0o600), os.Symlink(dir+".file", dir))
		}, "is not a folder"},
		"closed": {func(dir string) error { return os.Mkdir(dir, 0o500) }, "chmod u+rwx"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "data")
			h := openHistory(t, dir)
			folder := h.Path("pictures")
			if err := c.spoil(folder); err != nil {
				t.Skip("not here: ", err)
			}
			if f, err := os.Create(filepath.Join(folder, "x")); err == nil {
				_ = f.Close()
				t.Skip("permissions do not stop this user")
			}
			e := Entry{Key: NewKey(noon)}
			var folderError *WriteError
			err := h.CheckRoom(e, 1000)
			if !errors.As(err, &folderError) || folderError.Code != disk.NoFolder || !strings.Contains(err.Error(), folder) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("%v", err)
			}
			if strings.Contains(err.Error(), "bought") || h.WriteError() == nil {
				t.Errorf("%v; the history says %v", err, h.WriteError())
			}
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Refresh(t.Context()); err != nil || h.WriteError() != nil {
				t.Errorf("after it was mended: %v, %v", err, h.WriteError())
			}
			if err := h.CheckRoom(e, 1000); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(folder); len(left) > 0 {
				t.Errorf("the check leaves %v", left)
			}
		})
	}
}

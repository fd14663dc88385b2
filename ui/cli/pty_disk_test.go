//go:build linux

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// disk is a file system of its own in memory, which only root may make.
type disk struct {
	t   *testing.T
	dir string
}

// newDisk mounts one, as large as size says ("200k"). Who may not skips the test.
func newDisk(t *testing.T, size string) disk {
	t.Helper()
	d := disk{t, t.TempDir()}
	if err := unix.Mount("tintype", d.dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size="+size); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(d.dir, unix.MNT_DETACH) })
	return d
}

// remount gives the disk another size, or closes it for writing.
func (d disk) remount(flags uintptr, options string) {
	d.t.Helper()
	if err := unix.Mount("tintype", d.dir, "tmpfs", unix.MS_REMOUNT|unix.MS_NOSUID|unix.MS_NODEV|flags, options); err != nil {
		d.t.Fatal(err)
	}
}

// fill writes until not one byte more goes onto the disk.
func (d disk) fill() {
	d.t.Helper()
	f, err := os.Create(filepath.Join(d.dir, "filler"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for piece := make([]byte, 4096); err == nil; {
		_, err = f.Write(piece)
	}
	if !errors.Is(err, unix.ENOSPC) {
		d.t.Fatal(err)
	}
}

// TestFaultDiskFull: where not one line can be written, nothing is bought, and each enter is told why; a picture that finds no
// room leaves no part of itself behind, stands as paid and not saved, and is saved when there is room. Row “disk full”.
func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	t.Run("a journal that takes not one byte", func(t *testing.T) {
		h := newHome(t)
		dir := filepath.Join(h.dir, "full")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		fillHistory(t, dir)
		server := newServer(t, quick)
		options := server.options()
		options.args = append(options.args, "--data-dir", dir)
		x := h.open(t, options)
		x.waitFor("Nothing made yet.")
		x.checkBuysNothing()
		x.waitFor("disk full: nothing is bought") // until there is room again
		if n := server.Counts().Posts; n != 0 {
			t.Errorf("%d purchases were sent", n)
		}
	})
	t.Run("a disk that fills up", fillsUp)
}

// fillsUp buys on a disk that has room for the journal and not for the picture, then for neither, then for both.
func fillsUp(t *testing.T) {
	d, h, server := newDisk(t, "100k"), newHome(t), newServer(t, quick)
	options := server.options()
	options.args = append(options.args, "--data-dir", d.dir)
	x := h.open(t, options)
	x.waitFor("Nothing made yet.", "enter develop")
	x.develop("A fox in the snow.")
	x.waitFor("Paid, not saved yet.")
	d.remount(0, "size=32m")
	x.waitFor("✓ A fox in the snow.")
	if left, err := filepath.Glob(filepath.Join(d.dir, "pictures", "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the picture there are %q (%v)", left, err)
	}
	d.fill()
	long := strings.Repeat("A boat. ", 1000) // more than what is left of the journal's last page
	x.send("\x05\x15\x1b[200~" + long + "\x1b[201~")
	x.waitForDraft("A boat. A boat.")
	time.Sleep(400 * time.Millisecond) // an enter right behind a paste belongs to it
	x.checkRefused()
	x.waitFor("disk full: nothing is bought")
	d.remount(0, "size=64m")
	x.waitForNo("nothing is bought") // it looks by itself whether there is room again
	x.send(enter)
	x.waitFor("✓ A boat. A boat.")
	if n := server.Counts().Accepted; n != 2 {
		t.Errorf("%d were accepted", n)
	}
}

// TestFaultReadOnlyHome starts over folders that it may not write to: it says so, shows what is there with its pictures, and
// buys nothing. Row “read-only home, EACCES, EROFS”.
func TestFaultReadOnlyHome(t *testing.T) {
	t.Parallel()
	t.Run("by its modes", func(t *testing.T) {
		h := newHome(t)
		dir := filepath.Join(h.dir, "closed")
		past := writePast(t, dir)
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
		if f, err := os.Create(filepath.Join(dir, "may we?")); err == nil {
			_ = f.Close()
			t.Skip("modes do not stop this user")
		}
		checkViewOnly(t, h, dir, past)
	})
	t.Run("by its file system", func(t *testing.T) {
		d := newDisk(t, "1m")
		past := writePast(t, d.dir)
		d.remount(unix.MS_RDONLY, "size=1m")
		checkViewOnly(t, newHome(t), d.dir, past)
	})
}

// writePast writes a prediction of the past with its picture into a folder, and gives the journal's bytes.
func writePast(t *testing.T, dir string) []byte {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o700); err != nil {
		t.Fatal(err)
	}
	picture, err := os.ReadFile(orangePicture(t))
	if err != nil {
		t.Fatal(err)
	}
	past := `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qe","rev":1,"time":"2025-01-06T08:30:58Z","state":"done","provider":"demo",` +
		`"model":"black-forest-labs/flux-schnell","input":{"prompt":"A fox of old."},"outputs":[{"path":"pictures/old.png"}]}` + "\n"
	for name, content := range map[string][]byte{"history.jsonl": []byte(past), "pictures/old.png": picture} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return []byte(past)
}

// checkViewOnly opens the program over a folder that cannot be written: everything is shown, nothing is bought or changed.
func checkViewOnly(t *testing.T, h *home, dir string, past []byte) {
	t.Helper()
	server := newServer(t, quick)
	options := server.options()
	options.args = append(options.args, "--data-dir", dir)
	x := h.open(t, options)
	x.waitFor("A fox of old.", "history is read-only: nothing is bought")
	x.waitForColour(200, 120, 40) // its picture
	x.checkBuysNothing()
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
	if left, err := os.ReadFile(filepath.Join(dir, "history.jsonl")); err != nil || !bytes.Equal(left, past) {
		t.Errorf("the history is now %q, %v", left, err)
	}
	if n := server.Counts().Posts; n != 0 {
		t.Errorf("%d purchases were sent", n)
	}
}

// checkBuysNothing writes a prompt, presses enter, and is told why nothing is bought.
func (x *terminal) checkBuysNothing() {
	x.t.Helper()
	x.send("\x05\x15A boat.")
	x.waitForDraft("A boat.")
	x.checkRefused()
}

// checkRefused presses enter, and is told why nothing is bought.
func (x *terminal) checkRefused() {
	x.t.Helper()
	x.send(enter)
	x.waitFor("Not sent: tintype buys nothing that it cannot write down.")
	x.waitForNo("1 running")
}

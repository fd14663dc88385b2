//go:build linux

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// disk is a file system in memory.
type disk struct {
	t   *testing.T
	dir string
}

// newDisk mounts a disk of a size such as "200k". It skips the test if the user may not mount.
func newDisk(t *testing.T, size string) disk {
	t.Helper()
	d := disk{t, t.TempDir()}
	if err := unix.Mount("tintype", d.dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size="+size); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(d.dir, unix.MNT_DETACH) })
	return d
}

// remount changes the size of the disk or makes it read-only.
func (d disk) remount(flags uintptr, options string) {
	d.t.Helper()
	if err := unix.Mount("tintype", d.dir, "tmpfs", unix.MS_REMOUNT|unix.MS_NOSUID|unix.MS_NODEV|flags, options); err != nil {
		d.t.Fatal(err)
	}
}

// fill writes until the disk is full.
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

// TestFaultDiskFull: if no line can be written to the history, nothing is bought, and each enter says why. A picture that does not fit
// leaves no partial file, is shown as paid and not saved, and is saved once there is space.
func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	inParallel(t, "a history on a full disk", func(t *testing.T) {
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
		x.waitFor("No pictures yet.")
		x.checkBuysNothing()
		x.waitFor("disk full: nothing is bought") // until there is space again
		if n := server.Counts().Posts; n != 0 {
			t.Errorf("%d purchases were sent", n)
		}
	})
	inParallel(t, "a disk that fills up", fillUp)
}

// fillUp asks for a picture on a disk without room for one, which is refused; then on a disk that fills up while the prediction runs;
// then on one without room for a line.
func fillUp(t *testing.T) {
	d, h, server := newDisk(t, "100k"), newHome(t), newServer(t, slow)
	options := server.options()
	options.args = append(options.args, "--data-dir", d.dir)
	x := h.open(t, options)
	x.waitFor("No pictures yet.", "ctrl+c quit")
	x.develop("A fox in the snow.")
	x.waitFor(refusal, "disk full: nothing is bought")
	if n := server.Counts().Posts; n != 0 {
		t.Errorf("%d purchases were sent", n)
	}
	d.remount(0, "size=8m")
	x.waitForNo("nothing is bought")
	x.send(enter)
	x.waitUntil("the purchase", func() bool { return server.Counts().Accepted == 1 })
	d.fill()
	server.finish()
	x.waitFor("Paid, not saved yet.")
	d.remount(0, "size=32m")
	x.waitFor("✓ A fox in the snow.")
	if left, err := filepath.Glob(filepath.Join(d.dir, "pictures", "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the picture there are %q (%v)", left, err)
	}
	d.fill()
	long := strings.Repeat("A boat. ", 1000) // more than what is left of the history's last page
	x.send("\x05\x15\x1b[200~" + long + "\x1b[201~")
	x.waitForDraft("A boat. A boat.")
	x.sendUntil(enter, refusal) // an enter right after a paste is taken for a part of it
	x.waitFor("disk full: nothing is bought")
	d.remount(0, "size=64m")
	x.waitForNo("nothing is bought") // it finds out that there is space
	x.pressEnter()
	x.waitUntil("the purchase", func() bool { return server.Counts().Accepted == 2 })
	server.finish()
	x.waitFor("✓ A boat. A boat.")
	if n := server.Counts().Accepted; n != 2 {
		t.Errorf("%d were accepted", n)
	}
}

// TestFaultReadOnlyHome: with a data folder that cannot be written, the program says so, shows the history with its pictures, and buys
// nothing.
func TestFaultReadOnlyHome(t *testing.T) {
	t.Parallel()
	inParallel(t, "by its permissions", func(t *testing.T) {
		h := newHome(t)
		dir := filepath.Join(h.dir, "closed")
		past := writePast(t, dir)
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
		if f, err := os.Create(filepath.Join(dir, "may we?")); err == nil {
			_ = f.Close()
			t.Skip("permissions do not stop this user")
		}
		checkViewOnly(t, h, dir, past)
	})
	inParallel(t, "by its file system", func(t *testing.T) {
		d := newDisk(t, "1m")
		past := writePast(t, d.dir)
		d.remount(unix.MS_RDONLY, "size=1m")
		checkViewOnly(t, newHome(t), d.dir, past)
	})
}

// writePast writes a history of one prediction with its picture into a folder, and returns the bytes of history.jsonl.
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

// checkViewOnly opens the program over a folder that cannot be written, and checks that it shows all and buys and changes nothing.
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

// checkBuysNothing types a prompt, presses enter, and checks that the program says why it buys nothing.
func (x *terminal) checkBuysNothing() {
	x.t.Helper()
	x.send("\x05\x15A boat.")
	x.waitForDraft("A boat.")
	x.checkRefused()
}

// refusal is what the program says if the history cannot be written.
const refusal = "Not sent: tintype buys nothing that it cannot write down."

// checkRefused presses enter and checks that the program says why it buys nothing.
func (x *terminal) checkRefused() {
	x.t.Helper()
	x.pressEnter()
	x.waitFor(refusal)
	x.waitForNo("1 running")
}

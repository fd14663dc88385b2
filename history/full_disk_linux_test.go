package history

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDiskDir makes this test binary a program whose data folder is on a small or a read-only disk.
const smallDiskDir, smallDiskKind = "TINTYPE_TEST_HURDLE", "TINTYPE_TEST_HURDLE_KIND"

// runOnDisk is that program. It panics if something is wrong.
func runOnDisk(dir, kind string) {
	err := map[string]func(string) error{"small": fillSmallDisk, "read-only": useReadOnlyDisk}[kind](dir)
	if err != nil {
		panic(err)
	}
	os.Exit(0)
}

// runMounted runs runOnDisk in its own mount namespace, in which the commands have prepared the folder ($0).
func runMounted(t *testing.T, kind, dir, commands string) {
	t.Helper()
	if out, err := exec.Command("unshare", "-rm", "sh", "-c", commands, dir).CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here: %v %s", err, out)
	}
	cmd := exec.Command("unshare", "-rm", "sh", "-c", commands+` && exec "$1" '-test.run=^$'`, dir, os.Args[0])
	cmd.Env = append(os.Environ(), smallDiskDir+"="+dir, smallDiskKind+"="+kind)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestFaultDiskFull: when the disk becomes full in the middle of a line or a picture, nothing is damaged or lost, the refusal
// says so, and everything works when there is space again.
func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	runMounted(t, "small", t.TempDir(), `mount -t tmpfs -o size=128k tintype "$0"`)
}

func fillSmallDisk(dir string) error {
	ballast := filepath.Join(dir, "ballast")
	h, err := Open(Options{Dir: dir})
	if err = errors.Join(err, os.WriteFile(ballast, make([]byte, 40<<10), 0o600)); err != nil {
		return err
	}
	if err := pictureOnFullDisk(h); err != nil {
		return err
	}
	var acked []string
	for i := range 10000 {
		key := NewKey(noon)
		if _, err = h.Append(key, withPrompt(fmt.Sprintf("%d %s", i, strings.Repeat("boat ", i%50)))); err != nil {
			break
		}
		acked = append(acked, key)
	}
	var writeErr *WriteError
	if !errors.As(err, &writeErr) || writeErr.Code != "full" || h.WriteError() == nil || len(acked) < 50 {
		return fmt.Errorf("after %d lines: %w, write error %w", len(acked), err, h.WriteError())
	}
	data, _ := os.ReadFile(h.journalPath())
	if n := bytes.Count(data, []byte("\n")); n != len(acked) || countInvalid(data) > 0 {
		return fmt.Errorf("%d lines, %d incomplete, of %d acknowledged", n, countInvalid(data), len(acked))
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if _, err := h.Append(acked[0], withState(Done)); err != nil || h.WriteError() != nil {
		return fmt.Errorf("there is space again: %w, write error %w", err, h.WriteError())
	}
	again, err := Open(Options{Dir: dir})
	if err != nil || again.BuildIndex(background) != nil || again.Len() != len(acked) {
		return fmt.Errorf("%d entries of %d, %w", again.Len(), len(acked), err)
	}
	return nil
}

// pictureOnFullDisk tries to save a picture that does not fit.
func pictureOnFullDisk(h *History) error {
	p, err := h.Download(Entry{Key: NewKey(noon), Outputs: make([]Output, 1)}, 0)
	if err == nil {
		_, err = p.Write(make([]byte, 100<<10))
		_ = p.Close()
	}
	var writeErr *WriteError
	if !errors.As(err, &writeErr) || writeErr.Code != "full" {
		return fmt.Errorf("the picture: %w", err)
	}
	names, _ := filepath.Glob(h.Path("pictures/*"))
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || info.Size() > 0 {
			return fmt.Errorf("%s holds space that the journal needs", name)
		}
	}
	return nil
}

// TestFaultDiskFullAlways: the same on a disk that accepts no byte at all.
func TestFaultDiskFullAlways(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(dir, "history.jsonl")); err != nil {
		t.Fatal(err)
	}
	h := openHistory(t, dir)
	_, err := h.Append(NewKey(noon), withPrompt("a"))
	var writeErr *WriteError
	if !errors.As(err, &writeErr) || writeErr.Code != "full" || h.WriteError() == nil || !strings.Contains(writeErr.Sentence, "nothing is bought") {
		t.Errorf("%v, write error %v", err, h.WriteError())
	}
}

// TestFaultReadOnlyHome: on a read-only disk the history opens, its entries and pictures can be read, and nothing can be
// recorded, with a sentence that says why.
func TestFaultReadOnlyHome(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := openHistory(t, dir)
	e := appendPrediction(t, h, "a boat")
	out, err := savePicture(t, h, e, 0, encodePNG(t, 5, 5))
	if err != nil {
		t.Fatal(err)
	}
	mustAppend(t, h, e.Key, func(e Entry) Entry { e.State, e.Outputs = Done, []Output{out}; return e })
	_ = h.Close()
	runMounted(t, "read-only", dir, `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"`)
}

func useReadOnlyDisk(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); !errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("the disk can be written: %w", err)
	}
	h, err := Open(Options{Dir: dir})
	if err != nil {
		return err
	}
	var writeErr *WriteError
	if !errors.As(h.WriteError(), &writeErr) || writeErr.Code != "read_only" || !strings.Contains(writeErr.Sentence, dir) {
		return fmt.Errorf("write error %w", h.WriteError())
	}
	newest, err := h.Latest(5)
	if err != nil || len(newest) != 1 || newest[0].State != Done || h.BuildIndex(background) != nil || h.Len() != 1 {
		return fmt.Errorf("%+v, %w", newest, err)
	}
	if data, err := os.ReadFile(h.Path(newest[0].Outputs[0].Path)); err != nil || len(data) == 0 {
		return fmt.Errorf("the picture: %w", err)
	}
	report, err := h.Check(background, true, func(Finding) {})
	if err != nil || report.Verified != 1 || report.Counts[NotWritable] != 1 {
		return fmt.Errorf("doctor: %+v, %w", report, err)
	}
	if _, err := h.Append(newest[0].Key, func(e Entry) Entry { e.Star = true; return e }); !errors.As(err, &writeErr) {
		return fmt.Errorf("a star is recorded: %w", err)
	}
	if _, err := h.Append(NewKey(noon), withPrompt("b")); !errors.As(err, &writeErr) || h.AcquireDriver() != "" {
		return fmt.Errorf("a purchase is recorded: %w", err)
	}
	if _, err := h.Download(newest[0], 1); !errors.As(err, &writeErr) {
		return fmt.Errorf("a download is started: %w", err)
	}
	return nil
}

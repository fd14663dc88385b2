package pictures

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leftovers lists the partial files, the files about them, and their locks.
func leftovers(dir string) (names []string) {
	for _, pattern := range []string{"pictures/*.part*", "running/*.part*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range files {
			names = append(names, filepath.Base(file))
		}
	}
	slices.Sort(names)
	return names
}

// TestCloseKeepsWhatCanBeResumed: a download that brought nothing, or whose server names no version, leaves no file.
func TestCloseKeepsWhatCanBeResumed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tag  string
		data string
		kept int
	}{"nothing": {"", "", 0}, "a tag alone": {`"v1"`, "", 0}, "bytes alone": {"", "abc", 0}, "both": {`"v1"`, "abc", 2}} {
		dir := t.TempDir()
		p, err := newStore(dir).Begin(target(1, "x"))
		if err != nil {
			t.Fatal(err)
		}
		p.SetETag(c.tag)
		_, _ = p.Write([]byte(c.data))
		if err := p.Close(); err != nil || len(leftovers(dir)) != c.kept {
			t.Errorf("%s: %v, %v", name, err, leftovers(dir))
		}
	}
}

// TestSweep: the remains of ended predictions are deleted, with their locks, unless a program is downloading them. Other files stay.
func TestSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newStore(dir)
	busy, err := s.Begin(target(1, "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	busy.SetETag(`"v1"`)
	_, _ = busy.Write([]byte("abc"))
	key := func(n int) string { return target(n, "").Key }
	for _, name := range []string{
		"pictures/" + key(2) + "-1.part", "pictures/" + key(2) + "-12.part", "pictures/" + key(2) + "-12.part.etag", "running/" + key(2) + "-1.part.lock",
		"running/" + key(3) + "-1.part.lock", "pictures/" + key(4) + "-1.part", "pictures/" + key(4) + "-1.part.etag",
		"pictures/mine.part", "pictures/" + key(2) + "-1.part.bak", "pictures/" + key(2) + "-1.png", "running/other.lock",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	newStore(dir).Sweep(func(swept string) bool { return swept != key(4) })
	want := []string{key(1) + "-1.part", key(1) + "-1.part.etag", key(1) + "-1.part.lock", key(2) + "-1.part.bak", key(4) + "-1.part", key(4) + "-1.part.etag", "mine.part"}
	if got := leftovers(dir); !slices.Equal(got, want) {
		t.Errorf("left are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, name := range []string{"pictures/" + key(2) + "-1.png", "running/other.lock"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestUnsupportedJPEGIsKept: a picture that the decoder does not know is not damaged.
func TestUnsupportedJPEGIsKept(t *testing.T) {
	t.Parallel()
	data := encode(t, "jpg", 8, 8)
	at := strings.Index(string(data), "\xff\xc0")
	data[at+1] = 0xc9 // arithmetic coding
	p, err := newStore(t.TempDir()).Begin(target(1, "x"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.Write(data)
	if saved, err := p.Commit(); err != nil || !strings.HasSuffix(saved.Path, ".jpg") {
		t.Errorf("%+v, %v", saved, err)
	}
}

package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
	"tintype/history/pictures"
)

// nfsClient is one machine's view of a shared disk. Files have the size that they had when this machine last opened them
// ("close-to-open", nfs(5)), and an append writes where this machine believes the end to be (open(2), O_APPEND).
type nfsClient struct {
	*memDisk
	mu   sync.Mutex
	size map[string]int64
}

func (c *nfsClient) Open(name string, flag int) (disk.File, error) {
	f, err := c.memDisk.Open(name, flag)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size[name] = info.Size()
	return &nfsFile{f.(*openFile), c, name}, nil
}

type nfsFile struct {
	*openFile
	c    *nfsClient
	name string
}

func (f *nfsFile) Stat() (os.FileInfo, error) {
	f.c.mu.Lock()
	defer f.c.mu.Unlock()
	return memInfo{f.f, int(f.c.size[f.name])}, nil
}

func (f *nfsFile) ReadAt(b []byte, off int64) (int, error) {
	f.c.mu.Lock()
	known := f.c.size[f.name]
	f.c.mu.Unlock()
	n, err := f.openFile.ReadAt(b, off)
	if off+int64(n) > known {
		return int(max(known-off, 0)), io.EOF
	}
	return n, err
}

func (f *nfsFile) Write(b []byte) (int, error) {
	f.c.mu.Lock()
	defer f.c.mu.Unlock()
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	at := int(f.c.size[f.name])
	if gap := at + len(b) - len(f.f.data); gap > 0 {
		f.f.data = append(f.f.data, make([]byte, gap)...)
	}
	copy(f.f.data[at:], b)
	f.c.size[f.name] = int64(at + len(b))
	return len(b), nil
}

// openFromTwoHosts opens one history from two machines.
func openFromTwoHosts(t *testing.T) (one, two *History, server *memDisk) {
	locks := t.TempDir()
	server = &memDisk{files: map[string]*memFile{}}
	var opened []*History
	for _, host := range []string{"one", "two"} {
		client := &nfsClient{memDisk: server, size: map[string]int64{}}
		h := newHistory(Options{Dir: "/h", App: host, Now: func() time.Time { return noon }}, client, filelock.Options{})
		h.locks = filelock.New(locks, filelock.Options{FileLock: noFlock, Host: host, NetworkKind: func(string) string { return "NFS" }})
		h.lock = func() (filelock.Lock, error) {
			for {
				lock, held, err := h.locks.Try(filepath.Join(locks, "history.lock"))
				if held || err != nil {
					return lock, err
				}
				time.Sleep(time.Millisecond / 10)
			}
		}
		if err := h.open(); err != nil {
			t.Fatal(err)
		}
		h.locks.Detect()
		opened = append(opened, h)
	}
	return opened[0], opened[1], server
}

// TestFaultNFSHomeTwoHosts: two machines that append to one file, each with its own cached size of it, lose no line and no change,
// and see each other's.
func TestFaultNFSHomeTwoHosts(t *testing.T) {
	t.Parallel()
	one, two, server := openFromTwoHosts(t)
	const times = 30
	var acked sync.Map
	var wg sync.WaitGroup
	for _, h := range []*History{one, two} {
		wg.Go(func() {
			for i := range times {
				key := NewKey(noon)
				_, err := h.Append(key, withPrompt(fmt.Sprint(h.app, i)))
				_, err2 := h.Append(sharedKey, func(e Entry) Entry {
					e.State, e.Tags = Waiting, append(e.Tags, fmt.Sprint(h.app, i))
					return e
				})
				if err != nil || err2 != nil {
					t.Error(err, err2)
					return
				}
				acked.Store(key, true)
			}
		})
	}
	wg.Wait()
	data := server.contents("history.jsonl")
	if n := bytes.Count(data, []byte("\n")); n != 4*times || countInvalid(data) > 0 {
		t.Errorf("%d lines of %d, %d of them incomplete", n, 4*times, countInvalid(data))
	}
	for _, h := range []*History{one, two} {
		if _, err := h.Refresh(t.Context()); err != nil || h.BuildIndex(t.Context()) != nil || h.Len() != 2*times+1 {
			t.Errorf("%s sees %d entries, %v", h.app, h.Len(), err)
		}
		acked.Range(func(key, _ any) bool {
			if _, err := h.Get(key.(string)); err != nil {
				t.Errorf("%s does not see %s: %v", h.app, key, err)
			}
			return true
		})
		if e, err := h.Get(sharedKey); err != nil || e.Rev != 2*times || len(e.Tags) != 2*times {
			t.Errorf("%s sees %d changes, %d tags: %v", h.app, e.Rev, len(e.Tags), err)
		}
	}
}

// TestFaultNFSHomeOneDriver: a driver counts as alive on all machines as long as its program gives heartbeats, and as dead as soon as
// it has left.
func TestFaultNFSHomeOneDriver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two, next := openShared(t, dir, "one"), openShared(t, dir, "two"), openShared(t, dir, "")
	a, b := one.AcquireDriver(), next.AcquireDriver()
	if a == "" || b == "" || a == b {
		t.Fatalf("drivers %q and %q, write error %v", a, b, one.WriteError())
	}
	for _, h := range []*History{one, two, next} {
		if !h.DriverAlive(a) || !h.DriverAlive(b) || h.DriverAlive(NewKey(noon)) {
			t.Errorf("from %s: %v %v %v", h.locks.Host(), h.DriverAlive(a), h.DriverAlive(b), h.DriverAlive(NewKey(noon)))
		}
	}
	silent := time.Now().Add(-75 * time.Second)
	if err := os.Chtimes(one.lockPath(a)+".held", silent, silent); err != nil {
		t.Fatal(err)
	}
	if two.DriverAlive(a) || !one.DriverAlive(a) {
		t.Error("a driver that was silent for more than a minute counts as alive, or as dead to itself")
	}
	_ = next.Close()
	if two.DriverAlive(b) {
		t.Error("a driver that left counts as alive")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "running", b+"*")); len(left) > 0 {
		t.Error("files left behind:", left)
	}
}

// TestFaultNFSHomeOneDownload: a picture is downloaded by one program at a time on shared storage too.
func TestFaultNFSHomeOneDownload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openShared(t, dir, "one"), openShared(t, dir, "two")
	e := appendPrediction(t, one, "boat")
	p, err := one.Download(e, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.Download(e, 0); !errors.Is(err, pictures.ErrBusy) {
		t.Errorf("two machines download the same picture: %v", err)
	}
	_ = p.Close()
	if _, err := savePicture(t, two, e, 0, encodePNG(t, 5, 5)); err != nil {
		t.Error(err)
	}
}

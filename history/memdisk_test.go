package history

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"tintype/history/disk"
)

// memDisk is a disk in memory whose n-th operation fails, once or from then on. A failing write stores half of its bytes.
type memDisk struct {
	mu       sync.Mutex
	files    map[string]*memFile
	durable  map[string]*memFile // what the names are after a power loss
	count    int
	failAt   int // 0 for never
	always   bool
	err      error
	readOnly bool
	watch    func(d *memDisk) // called before each operation; the program may be killed at any of them
}

type memFile struct {
	data    []byte
	durable int      // how many bytes survive a power loss,
	lost    [][2]int // except these ranges, which the system believed to be written after a failed fsync (Rebello et al., ATC 2020)
}

type openFile struct {
	d *memDisk
	f *memFile
}

func (d *memDisk) nextError() error {
	d.count++
	if d.watch != nil {
		d.watch(d)
	}
	if d.failAt > 0 && (d.count == d.failAt || d.always && d.count > d.failAt) {
		return d.err
	}
	return nil
}

func (d *memDisk) Open(name string, flag int) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.nextError(); err != nil {
		return nil, err
	}
	if d.readOnly && flag&(os.O_RDWR|os.O_WRONLY|os.O_CREATE) != 0 {
		return nil, syscall.EROFS
	}
	f := d.files[name]
	if f == nil && flag&os.O_CREATE == 0 {
		return nil, fs.ErrNotExist
	}
	if f == nil {
		f = &memFile{}
		d.files[name] = f
	}
	return &openFile{d, f}, nil
}

func (d *memDisk) Stat(name string) (os.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.nextError(); err != nil {
		return nil, err
	}
	if f := d.files[name]; f != nil {
		return memInfo{f, len(f.data)}, nil
	}
	return nil, fs.ErrNotExist
}

func (d *memDisk) OpenFolder(string) (disk.Folder, error) { return nil, fs.ErrInvalid }

func (d *memDisk) MakeDir(string) error { return d.do(func() {}) }
func (d *memDisk) SyncDir(string) error { return d.do(func() { d.durable = maps.Clone(d.files) }) }
func (d *memDisk) Remove(name string) error {
	return d.do(func() { delete(d.files, name) })
}

func (d *memDisk) Rename(from, to string) error {
	return d.do(func() { d.files[to] = d.files[from]; delete(d.files, from) })
}

func (d *memDisk) Truncate(name string, size int64) error {
	return d.do(func() {
		f := d.files[name]
		f.data, f.durable = f.data[:size:size], min(f.durable, int(size))
		f.lost = slices.DeleteFunc(f.lost, func(l [2]int) bool { return l[0] >= int(size) })
	})
}

func (d *memDisk) do(do func()) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.nextError(); err != nil {
		return err
	}
	do()
	return nil
}

func (d *memDisk) reset(name string, data []byte) {
	d.files[filepath.Join("/h", name)] = &memFile{data: bytes.Clone(data), durable: len(data)}
	d.durable = maps.Clone(d.files)
}

// losePower keeps what was synced. The rest is lost, or returns as zero bytes.
func (d *memDisk) losePower(zeros bool) {
	d.files = maps.Clone(d.durable)
	for name, f := range d.files {
		data := bytes.Clone(f.data[:f.durable])
		for _, l := range f.lost {
			clear(data[l[0]:min(l[1], len(data))])
		}
		if zeros {
			data = append(data, make([]byte, len(f.data)-f.durable)...)
		}
		d.files[name] = &memFile{data: data, durable: len(data)}
	}
	d.durable = maps.Clone(d.files)
}

func (d *memDisk) contents(name string) []byte {
	if f := d.files[filepath.Join("/h", name)]; f != nil {
		return bytes.Clone(f.data)
	}
	return nil
}

func (o *openFile) ReadAt(b []byte, off int64) (n int, err error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if err := o.d.nextError(); err != nil {
		return 0, err
	}
	return bytes.NewReader(o.f.data).ReadAt(b, off)
}

func (o *openFile) Write(b []byte) (int, error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if err := o.d.nextError(); err != nil {
		o.f.data = append(o.f.data, b[:len(b)/2]...)
		return len(b) / 2, err
	}
	o.f.data = append(o.f.data, b...)
	return len(b), nil
}

func (o *openFile) Sync() error {
	from := o.f.durable
	err := o.d.do(func() { o.f.durable = len(o.f.data) })
	if err != nil {
		o.f.lost = append(o.f.lost, [2]int{from, len(o.f.data)})
		o.f.durable = len(o.f.data)
	}
	return err
}
func (o *openFile) Close() error { return nil }
func (o *openFile) Stat() (info os.FileInfo, err error) {
	err = o.d.do(func() { info = memInfo{o.f, len(o.f.data)} })
	return info, err
}

type memInfo struct {
	f    *memFile
	size int
}

func (d *memDisk) Same(a, b os.FileInfo) bool { return a.(memInfo).f == b.(memInfo).f }

func (i memInfo) Size() int64      { return int64(i.size) }
func (memInfo) Name() string       { return "" }
func (memInfo) Mode() os.FileMode  { return 0o600 }
func (memInfo) ModTime() time.Time { return noon }
func (memInfo) IsDir() bool        { return false }
func (memInfo) Sys() any           { return nil }

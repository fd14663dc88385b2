package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"tintype/history/disk"
)

// reserveStep is by how much the reserve grows at a time, in bytes, so that not every purchase syncs it.
const reserveStep = 256 << 10

// reserveSuffix ends a reserve's name, which begins with its driver's name.
const reserveSuffix = ".reserve"

// Reserve makes sure that the disk has room for size more bytes of lines. A file occupies that room until Close, and Append gives it up bit
// by bit when the disk is full. It is called before a purchase, for the lines that follow once the money is spent. The error is a
// *WriteError.
func (h *History) Reserve(size int64) error {
	h.write.Lock()
	defer h.write.Unlock()
	if size <= h.reserved {
		return nil
	}
	lock, err := h.lock() // without the lock, no line could be written either
	if err != nil {
		return h.failLock(err)
	}
	defer lock.Release()
	err = h.growReserve((size + reserveStep - 1) / reserveStep * reserveStep)
	if err != nil {
		h.lacking = size
		return h.fail(err)
	}
	h.lacking = 0
	return nil
}

// growReserve makes the reserve size bytes long. If that fails it stays as it was. The caller holds write.
func (h *History) growReserve(size int64) error {
	driver := h.AcquireDriver()
	if driver == "" {
		return h.noDriver()
	}
	name := h.reservePath(driver)
	flag := os.O_RDWR | os.O_CREATE | os.O_APPEND
	if h.reserved == 0 {
		h.removeDeadReserves()
		_ = h.disk.Remove(name) // what an earlier try left
	}
	f, err := h.disk.Open(name, flag)
	if err != nil {
		return err
	}
	err = disk.Allocate(f, h.reserved, size-h.reserved)
	if err == nil {
		err = f.Sync() // some network storage reports only now that it is full
	}
	err = errors.Join(err, f.Close())
	switch {
	case err == nil:
		h.reserved = size
	case h.reserved > 0:
		err = errors.Join(err, h.disk.Truncate(name, h.reserved))
	default:
		err = errors.Join(err, h.disk.Remove(name))
	}
	return err
}

// noDriver returns why there is no driver.
func (h *History) noDriver() error {
	if err := h.WriteError(); err != nil {
		return err
	}
	return errors.New("No lock could be taken in " + h.Path("running"))
}

// shrinkReserve gives up room for at least n bytes, and reports whether there was any. The caller holds write.
func (h *History) shrinkReserve(n int64) bool {
	if h.reserved == 0 {
		return false
	}
	h.driverMu.Lock()
	name := h.reservePath(h.driverName)
	h.driverMu.Unlock()
	h.reserved = max(h.reserved-max(2*n, reserveStep/4), 0)
	if h.reserved == 0 || h.disk.Truncate(name, h.reserved) != nil {
		h.reserved = 0
		return h.disk.Remove(name) == nil
	}
	return true
}

func (h *History) reservePath(driver string) string {
	return h.Path("running/" + driver + reserveSuffix)
}

// removeDeadReserves removes the reserves of programs that were killed.
func (h *History) removeDeadReserves() {
	names, _ := filepath.Glob(filepath.Join(h.Path("running"), "*"+reserveSuffix))
	for _, name := range names {
		if driver := strings.TrimSuffix(filepath.Base(name), reserveSuffix); !h.DriverAlive(driver) {
			_ = h.disk.Remove(name)
		}
	}
}

// CheckRoom checks that the pictures of an entry can be saved, before it is bought: that their folder is there, that a file can be made in
// it, and that its disk has room for size bytes. The error is a *WriteError that names the folder and what to do; WriteError returns it
// until the check succeeds.
func (h *History) CheckRoom(e Entry, size int64) error {
	err := h.pictures.CheckRoom(h.target(e, 0), size)
	h.write.Lock()
	defer h.write.Unlock()
	if err != nil {
		h.failedRoom = func() error { return h.pictures.CheckRoom(h.target(e, 0), size) }
		return h.fail(err)
	}
	h.failedRoom = nil
	return nil
}

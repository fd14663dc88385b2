package watchfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"tintype/ui/format"
)

// A Save is what happened to a file, with what is in it now.
type Save struct {
	Change Change
	Data   []byte // what is in the file; nil if Err is set or it is gone
	Err    error  // why it cannot be read, in a sentence; reported once
}

// look is how often a file is looked at beside its events: some file systems have none, and a folder may be replaced.
const look = 2 * time.Second

// Read reads a file of a prompt. The error is fs.ErrNotExist if it is not there, else a sentence.
func Read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fs.ErrNotExist
	case err == nil && !info.Mode().IsRegular(): // reading a pipe might never end
		return nil, fmt.Errorf("this is not a file: %s", path)
	case err == nil && info.Size() > maxSize:
		return nil, fmt.Errorf("this is larger than %s, and no prompt: %s", format.Bytes(maxSize), path)
	case err != nil:
		return nil, fmt.Errorf("this cannot be read: %s: %w", path, format.Cause(err))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("this cannot be read: %s: %w", path, format.Cause(err))
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// Watch calls each for every save of a file, first for the one that is there, until ctx is done. each is called by one goroutine, and Watch
// waits for it.
func Watch(ctx context.Context, path string, each func(Save)) {
	touched := make(chan struct{}, 1)
	go listen(ctx, path, touched)
	follow(ctx, touched, func() ([]byte, error) { return Read(path) }, each)
}

// follow looks at a file when it was touched and has rested.
func follow(ctx context.Context, touched <-chan struct{}, read func() ([]byte, error), each func(Save)) {
	var state State
	var problem string
	lookNow := func() {
		data, err := read()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			state.due = time.Time{}
			if problem != err.Error() {
				problem = err.Error()
				each(Save{Err: err})
			}
			return
		}
		problem = ""
		if change := state.Look(data, err == nil); change != Nothing {
			each(Save{Change: change, Data: data})
		}
	}
	lookNow()
	for {
		var rested <-chan time.Time
		if at, ok := state.Due(); ok {
			rested = time.After(time.Until(at))
		}
		select {
		case <-ctx.Done():
			return
		case <-touched:
			state.Touch(time.Now())
		case <-rested:
			lookNow()
		}
	}
}

// listen sends on touched whenever something happens to a file, until ctx is done.
func listen(ctx context.Context, path string, touched chan<- struct{}) {
	places := placesOf(path)
	watcher, err := fsnotify.NewBufferedWatcher(64)
	var events <-chan fsnotify.Event
	var failed <-chan error
	if err == nil {
		defer watcher.Close()
		events, failed = watcher.Events, watcher.Errors
		for _, place := range places {
			_ = watcher.Add(filepath.Dir(place)) // the ticker looks where there are no events
		}
	}
	touch := func() {
		select {
		case touched <- struct{}{}:
		default: // it is told already
		}
	}
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	last := stamp(path)
	touch() // it may have changed before the folder was watched
	for {
		select {
		case <-ctx.Done():
			return
		case event, ok := <-events:
			if !ok {
				events = nil
			} else if concerns(event, places) {
				touch()
			}
		case err := <-failed:
			if err != nil { // events were lost, perhaps
				touch()
			}
		case <-ticker.C:
			if now := stamp(path); now != last {
				last = now
				touch()
			}
		}
	}
}

// placesOf returns the file, and what it is a link to.
func placesOf(path string) []string {
	places := []string{filepath.Clean(path)}
	if real, err := filepath.EvalSymlinks(path); err == nil && real != places[0] {
		places = append(places, real)
	}
	return places
}

// concerns reports whether an event may have changed the text of a file. Reading it, and a change of its rights, does not.
func concerns(event fsnotify.Event, places []string) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	for _, place := range places {
		if filepath.Clean(event.Name) == place {
			return true
		}
	}
	return false
}

// stamp tells the versions of a file apart.
func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}

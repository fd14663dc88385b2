package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tintype/ui/format"
	"tintype/ui/picture"
)

// standardInput is the argument that makes preview read standard input.
const standardInput = "-"

// pictureFile is a picture to be printed.
type pictureFile struct {
	path   string
	name   string // as the user knows it
	remove bool   // it is a copy, to be deleted afterwards
}

// isStream reports whether a name is read as a stream: standard input, or a pipe.
func isStream(name string) bool {
	if name == standardInput {
		return true
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode()&fs.ModeNamedPipe != 0
}

// checkFile returns an error for a device or a socket, which may have no end, or wait for a key.
func checkFile(name string, info fs.FileInfo) error {
	if info.Mode()&(fs.ModeDevice|fs.ModeSocket) != 0 {
		return usageError("%s is a device, not a file; - reads a picture from standard input", name)
	}
	if info.IsDir() {
		return usageError("%s is a folder. To print its pictures: tintype preview %s", name, shellQuote(strings.TrimSuffix(name, "/"))+"/*")
	}
	return nil
}

// copyStream copies a picture from a stream into a temporary file, since a picture is read more than once. It tells the user if it waits
// for a while, and ends when ctx does. With an error it may also return a file, which the caller must remove.
func (p *program) copyStream(ctx context.Context, name string) (pictureFile, error) {
	in, said, err := p.openStream(name)
	if err != nil {
		return pictureFile{}, err
	}
	defer p.sayWaiting("a picture on " + said)()
	f, err := os.CreateTemp("", "tintype-")
	if err != nil {
		return pictureFile{}, errorWithCode(exitFailed, "there is no room for a temporary file: %s", format.Cause(err))
	}
	file := pictureFile{f.Name(), said, true}
	done := make(chan error, 1)
	go func() { done <- copyPicture(f, in) }()
	select {
	case <-ctx.Done():
		return file, ctx.Err()
	case err := <-done:
		if err != nil {
			return file, errorWithCode(exitFailed, "no picture came from %s: %w", said, format.Cause(err))
		}
		return file, nil
	}
}

// streamPatience is how long a command waits for a stream before it says so.
const streamPatience = 2 * time.Second

// sayWaiting tells the user that a command waits, unless stop is called soon.
func (p *program) sayWaiting(what string) (stop func() bool) {
	return time.AfterFunc(streamPatience, func() { p.printProgress("Waiting for " + what + "; ctrl+c ends.") }).Stop
}

// openStream opens standard input or a pipe. A pipe without a writer is empty; openStream does not wait for one. Reading a named pipe ends
// with an error once nothing has come for pipeIdle. Standard input and the pipes of a shell may bring something after minutes.
func (p *program) openStream(name string) (in io.Reader, said string, err error) {
	if name != standardInput {
		f, err := openPipe(name)
		if err != nil {
			return nil, "", usageError("%s cannot be opened: %s", name, format.Cause(err))
		}
		if isNamedPipe(name) {
			return idlePipe{f, pipeIdle}, name, nil
		}
		return f, name, nil
	}
	if f, ok := p.in.(*os.File); ok && isTerminal(f) {
		return nil, "", usageError("preview - reads a picture from standard input, which is a terminal: put it in a pipe, or name a file")
	}
	return p.in, "standard input", nil
}

// pipeIdle is how long preview waits for more from a named pipe.
const pipeIdle = 5 * time.Second

// isNamedPipe reports whether a pipe is in a folder. /dev/stdin and <(command) are not.
func isNamedPipe(name string) bool {
	path, err := filepath.EvalSymlinks(name) // which fails for a pipe without a name
	return err == nil && !strings.HasPrefix(path, "/dev/") && !strings.HasPrefix(path, "/proc/")
}

// idlePipe is a pipe whose Read returns an error if nothing comes within the limit.
type idlePipe struct {
	*os.File
	limit time.Duration
}

func (p idlePipe) Read(b []byte) (int, error) {
	_ = p.SetReadDeadline(time.Now().Add(p.limit)) // without deadlines, Read waits
	n, err := p.File.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("nothing more came for %d seconds. Start what writes to it, and try again", int(p.limit.Seconds()))
	}
	return n, err
}

// errEmptyStream is the error of a stream without a byte.
var errEmptyStream = errors.New("it is empty")

// hasPipedInput reports whether standard input is a pipe or a file, which may bring a picture.
func hasPipedInput(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && (info.Mode()&fs.ModeNamedPipe != 0 || info.Mode().IsRegular())
}

// copyPicture copies a stream into a file and closes the file. It stops one byte after the largest size of a picture.
func copyPicture(f *os.File, in io.Reader) error {
	n, err := io.Copy(f, io.LimitReader(in, picture.DefaultLimits.Bytes+1))
	if err == nil && n == 0 {
		err = errEmptyStream
	}
	return cmp.Or(err, f.Close())
}

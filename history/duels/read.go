package duels

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A Report is what Read found.
type Report struct {
	Duels  []Duel    // in the order of the file, without those that were undone
	Bad    []BadLine // the first lines that cannot be read, at most MaxBad
	Unread int       // how many lines cannot be read
	Newer  int       // lines of a newer version; those whose duel can be read are among Duels
	Lines  int       // without empty ones
}

// MaxBad is how many bad lines are described.
const MaxBad = 1000

// A BadLine is a line that cannot be read. It is kept and ignored.
type BadLine struct {
	Number int    // counted from 1
	Reason string // a sentence
}

// Read reads all duels. A file that is not there has none. The error is a sentence.
func (l *Log) Read() (Report, error) {
	f, err := l.openToRead()
	if err != nil {
		return Report{}, l.notRead(err)
	}
	if f == nil {
		return Report{}, nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Report{}, l.notRead(err)
	}
	if !info.Mode().IsRegular() { // /dev/null keeps nothing, and is no list without duels
		return Report{}, l.notRead(fs.ErrInvalid)
	}
	r := reader{undone: map[id]bool{}, seen: map[id]bool{}}
	if err := r.read(io.NewSectionReader(f, 0, info.Size())); err != nil {
		return Report{}, l.notRead(err)
	}
	return r.finish(), nil
}

// notRead says why the duels cannot be read, and what to do.
func (l *Log) notRead(err error) error {
	what, cure := disk.Describe(l.path, err)
	return &disk.Error{Code: disk.Unreadable, Sentence: "The duels cannot be read: " + what + ". " + cure, Cause: err}
}

// A reader collects the duels of a file.
type reader struct {
	report       Report
	undone, seen map[id]bool
}

// read reads lines. Of a line that is far too long, only the beginning is kept.
func (r *reader) read(from io.Reader) error {
	in := bufio.NewReaderSize(from, lineLimit)
	for number := 1; ; number++ {
		b, err := in.ReadSlice('\n')
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
		switch {
		case tooLong:
			r.addBad(number, fmt.Sprintf("Line %d is longer than a line may be.", number))
		case !jsonscan.IsBlank(b):
			r.add(number, b)
		}
		if err == io.EOF {
			return nil
		}
	}
}

// add reads a line.
func (r *reader) add(number int, b []byte) {
	trimmed, _ := jsonscan.TrimLine(b)
	d, undone, version, err := decode(trimmed)
	if version > Version {
		r.report.Newer++
	}
	switch {
	case err == nil && undone:
		r.undone[d.id()] = true
	case err == nil:
		if !r.seen[d.id()] { // two files were joined
			r.seen[d.id()] = true
			r.report.Duels = append(r.report.Duels, d)
		}
	case version <= Version:
		r.addBad(number, reason(number, trimmed))
		return
	}
	r.report.Lines++
}

// addBad counts a line that cannot be read.
func (r *reader) addBad(number int, reason string) {
	r.report.Lines++
	r.report.Unread++
	if len(r.report.Bad) < MaxBad {
		r.report.Bad = append(r.report.Bad, BadLine{number, reason})
	}
}

// reason says why a line cannot be read.
func reason(number int, trimmed []byte) string {
	switch {
	case len(trimmed) == 0:
		return fmt.Sprintf("Line %d is empty bytes, as a power loss leaves them.", number)
	case trimmed[0] == '{' && trimmed[len(trimmed)-1] != '}':
		return fmt.Sprintf("Line %d was not written to its end, as a crash leaves it.", number)
	}
	return fmt.Sprintf("Line %d is no duel.", number)
}

// finish leaves out what was undone. The line that undoes a duel may be before it, in files that were joined.
func (r *reader) finish() Report {
	kept := r.report.Duels[:0]
	for _, d := range r.report.Duels {
		if !r.undone[d.id()] {
			kept = append(kept, d)
		}
	}
	r.report.Duels = kept
	return r.report
}

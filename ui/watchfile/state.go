package watchfile

import (
	"strings"
	"time"

	"tintype/ui/template"
)

// restTime is how long a file must rest before what is in it counts as saved. Editors write a file in several steps.
const restTime = 300 * time.Millisecond

// A Change is what happened to a watched file.
type Change int

// The changes.
const (
	Nothing Change = iota // nothing that counts
	Saved                 // its text is another one
	Gone                  // it is not there; reported once
	Back                  // it is there again, with the text that was known
)

// State decides what is a save of a file. It does no I/O: it is told of events and of what is in the file, and says when to look. The zero
// State knows no text.
type State struct {
	due   time.Time // when to look; zero if nothing has happened
	known bool      // a text was seen
	text  string    // the canonical form of that text
	gone  bool
}

// Touch records that something happened to the file.
func (s *State) Touch(now time.Time) { s.due = now.Add(restTime) }

// Due returns when to look at the file; ok is false if there is nothing to wait for.
func (s *State) Due() (at time.Time, ok bool) { return s.due, !s.due.IsZero() }

// Look takes what is in the file now, and returns what that is. exists is false if it is not there.
func (s *State) Look(data []byte, exists bool) Change {
	s.due = time.Time{}
	if !exists {
		if s.gone {
			return Nothing
		}
		s.gone = true
		return Gone
	}
	wasGone := s.gone
	s.gone = false
	if text := canonical(data); !s.known || text != s.text {
		s.known, s.text = true, text
		return Saved
	}
	if wasGone {
		return Back
	}
	return Nothing
}

// canonical returns a text without what blanks change: blanks count as one, empty lines do not count, and in the prompt a break of a line is
// a blank, unless a remark ends there.
func canonical(data []byte) string {
	var b strings.Builder
	fences := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		end := " "
		if line == fence && (b.Len() == 0 || fences == 1) {
			fences++
			end = "\n"
		}
		if fences == 1 {
			end = "\n"
		}
		if template.BeginsRemark(line) {
			line, end = "\n"+line, "\n"
		}
		b.WriteString(line + end)
	}
	return b.String()
}

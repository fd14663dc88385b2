package dialog

import "time"

// noteDuration is how long a note is shown, unless two keys come first.
const noteDuration = 4 * time.Second

// maxNotes is how many notes the help can show again.
const maxNotes = 100

// Note is a passing sentence in the bottom row.
type Note struct {
	Text string
	At   time.Time
	keys int // pressed since
}

// Notify shows a note and keeps it for the help. An empty text shows nothing.
func (s *Stack) Notify(text string, now time.Time) {
	if text == "" {
		return
	}
	s.note = Note{Text: text, At: now}
	s.notes = append(s.notes, s.note)
	if extra := len(s.notes) - maxNotes; extra > 0 {
		s.notes = s.notes[extra:]
	}
}

// Notes returns the notes of this session, the newest last, at most 100.
func (s *Stack) Notes() []Note { return s.notes }

// CountKey counts a key against the note: the second one takes it away.
func (s *Stack) CountKey() {
	if s.note.Text == "" {
		return
	}
	if s.note.keys++; s.note.keys >= 2 {
		s.note = Note{}
	}
}

// NoteLeft returns how long the note is still shown; ok is false when there is none.
func (s *Stack) NoteLeft(now time.Time) (left time.Duration, ok bool) {
	return noteDuration - now.Sub(s.note.At), s.note.Text != ""
}

// Expire takes the note away when its time is over.
func (s *Stack) Expire(now time.Time) {
	if left, ok := s.NoteLeft(now); ok && left <= 0 {
		s.note = Note{}
	}
}

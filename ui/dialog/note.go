package dialog

import "time"

// noteDuration is how long a note is shown if no second key is pressed before.
const noteDuration = 4 * time.Second

// maxNotes is how many notes are kept for the help.
const maxNotes = 100

// Note is a sentence that is shown in the bottom row for a while.
type Note struct {
	Text string
	At   time.Time
	keys int // pressed since it is shown
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

// CountKey counts a key that was pressed. The second one removes the note.
func (s *Stack) CountKey() {
	if s.note.Text == "" {
		return
	}
	if s.note.keys++; s.note.keys >= 2 {
		s.note = Note{}
	}
}

// NoteLeft returns how long the note is still shown; ok is false if there is none.
func (s *Stack) NoteLeft(now time.Time) (left time.Duration, ok bool) {
	return noteDuration - now.Sub(s.note.At), s.note.Text != ""
}

// Expire removes the note when its time is over.
func (s *Stack) Expire(now time.Time) {
	if left, ok := s.NoteLeft(now); ok && left <= 0 {
		s.note = Note{}
	}
}

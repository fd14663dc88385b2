package cli

import (
	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// idNotOnDisk is the error code of a purchase whose id could not be written to the history.
const idNotOnDisk = "id_not_on_disk"

// printWithoutID prints the ids that are not on the disk, since they are nowhere else.
func (p *program) printWithoutID(rows []runner.Row) {
	w := wording.Writer{Now: p.now(), FollowCommand: p.followHintFor}
	for _, row := range rows {
		p.printProgress(row.Key + "  " + w.WithoutID(row.Entry))
	}
}

// keepRows keeps rows of a session of the full screen until the terminal is restored: purchases whose ids are not on the disk, and jobs that
// go on.
func (p *program) keepRows(withoutID, left []runner.Row) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.withoutID = append(p.withoutID, withoutID...)
	p.left = append(p.left, left...)
}

// keptRows returns what keepRows kept.
func (p *program) keptRows() (withoutID, left []runner.Row) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.withoutID, p.left
}

// lackingID returns the entry of a purchase whose id is not on the disk, with an error that says so. ok is false for any other purchase.
func (s *session) lackingID(key string) (history.Entry, bool) {
	for _, row := range s.withoutID {
		if row.Key == key {
			e := row.Entry
			e.Error = &history.EntryError{Code: idNotOnDisk, Sentence: wording.Writer{}.WithoutID(e)}
			return e, true
		}
	}
	return history.Entry{}, false
}

// isWithoutID reports whether an entry is one of lackingID.
func isWithoutID(e history.Entry) bool { return e.Error != nil && e.Error.Code == idNotOnDisk }

package history

import "bytes"

// recoverEntry finds the newest readable line of a key when the line that the index names cannot be decoded: it looked like an
// object to the scan and is not one, or the file was changed. It corrects the index.
func (h *History) recoverEntry(at location, key string) (best Entry, err error) {
	info, err := at.file.Stat()
	if err != nil {
		return Entry{}, err
	}
	found := new(segment)
	err = eachLine(at.file, info.Size(), func(off int64, line []byte) error {
		if !bytes.Contains(line, []byte(key)) {
			return nil
		}
		if e, err := decode(line); err == nil && e.Key == key && !best.supersedes(e) {
			best = e
			found.reset()
			found.addLine(line, off)
		}
		return nil
	})
	if err == nil && best.Key == "" {
		err = ErrNotFound
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.generation == at.generation && h.index != nil {
		h.index.correct(key, found)
		h.publishKeys()
	}
	return best, err
}

// supersedes reports whether e remains the newest line of its key although later comes after it in the file.
func (e Entry) supersedes(later Entry) bool { return outranks(e.Rev, e.State, later.Rev, later.State) }

// outranks reports whether the line with rev and state remains the newest of its key although another comes after it in the file:
// the greater revision wins, and of equal ones the later line, unless it would revert a final state.
func outranks[R int | uint32](rev R, state State, laterRev R, laterState State) bool {
	return rev > laterRev || rev == laterRev && state.final() && !laterState.final()
}

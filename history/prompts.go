package history

import "time"

// A Prompt is a text that was used for predictions.
type Prompt struct {
	Text     string    // as it was sent last
	Template string    // what it was made from last; "" if it was sent as it was written
	Picture  string    // the key of its newest entry that is done, or else of its newest entry
	Used     int       // how often
	Done     int       // how often successfully
	Failed   int       // how often it failed or its pictures were lost
	Last     time.Time // when it was used last
}

// Prompts returns earlier prompts that contain match, ignoring case: the most recent first, each once, at most limit (0 for
// all). It omits trashed entries, and covers what is indexed so far.
func (h *History) Prompts(match string, limit int) []Prompt {
	h.mu.RLock()
	prompts, keys := h.index.promptsWith(fold(nil, []byte(match)), limit)
	h.mu.RUnlock()
	byKey, _ := h.EntriesByKey(keys)
	found := prompts[:0]
	for i, p := range prompts {
		if e, ok := byKey[keys[i]]; ok {
			p.Text, p.Template = e.Prompt(), e.Template
			found = append(found, p)
		}
	}
	return found
}

// count counts an older entry in a state.
func (p *Prompt) count(key func() string, s State) {
	p.Used++
	switch s {
	case Done:
		if p.Done++; p.Done == 1 {
			p.Picture = key()
		}
	case Failed, Lost:
		p.Failed++
	}
}

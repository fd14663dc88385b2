package history

import (
	"bytes"
	"time"
)

// A Prompt is a text that was used for predictions.
type Prompt struct {
	Text   string    // as it was written last
	Used   int       // how often
	Done   int       // how often successfully
	Failed int       // how often it failed or its pictures were lost
	Last   time.Time // when it was used last
}

// Prompts returns earlier prompts that contain match, ignoring case: the most recent first, each once, at most limit (0 for
// all). It omits trashed entries, and covers what is indexed so far.
func (h *History) Prompts(match string, limit int) []Prompt {
	prompts, keys := h.promptKeys(string(fold(nil, []byte(match))), limit)
	entries, _ := h.Entries(keys)
	byKey := make(map[string]Entry, len(entries))
	for _, e := range entries {
		byKey[e.Key] = e
	}
	found := prompts[:0]
	for i, p := range prompts {
		if e, ok := byKey[keys[i]]; ok {
			p.Text = e.Prompt()
			found = append(found, p)
		}
	}
	return found
}

// promptKeys returns the prompts without their text, and for each the key of its newest entry.
func (h *History) promptKeys(match string, limit int) (prompts []Prompt, keys []string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	x := h.index
	if x == nil {
		return nil, nil
	}
	place := make([]int32, len(x.texts.ends)) // a text's index in prompts + 1; -1 when it does not match or is beyond the limit
	for i := len(x.rows) - 1; i >= 0; i-- {
		r := &x.rows[i]
		if r.flags&trashed != 0 {
			continue
		}
		prompt := x.prompts[i]
		at := place[prompt]
		if at == 0 {
			full := limit > 0 && len(prompts) == limit
			text := x.texts.at(prompt)
			if full || len(text) == 0 || !bytes.Contains(text, []byte(match)) {
				place[prompt] = -1
				continue
			}
			prompts, keys = append(prompts, Prompt{Last: time.Unix(x.createdAt(i), 0)}), append(keys, x.key(i))
			at = int32(len(prompts))
			place[prompt] = at
		}
		if at > 0 {
			prompts[at-1].count(r.stateOf())
		}
	}
	return prompts, keys
}

func (p *Prompt) count(s State) {
	p.Used++
	switch s {
	case Done:
		p.Done++
	case Failed, Lost:
		p.Failed++
	}
}

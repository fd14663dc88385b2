package history

import (
	"hash/maphash"
	"strings"
)

// A PromptMatch is an entry whose prompt is one of those that were asked for, apart from upper and lower case.
type PromptMatch struct {
	Key   string
	Rev   int
	State State
}

// MatchPrompts returns the entries whose prompt may be one of some texts, newest first, trashed ones too. It ignores case and blanks around, and
// reads no entries, so the caller compares the prompts of those that it needs. It may be called in the change of an Append.
func (h *History) MatchPrompts(prompts []string) ([]PromptMatch, error) {
	if err := h.BuildIndex(background); err != nil {
		return nil, err
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.index.matchPrompts(prompts), nil
}

// WithPrompts returns the entries that have one of some prompts, newest first, trashed ones too, by their prompt without the blanks around it,
// which do not count. It may be called in the change of an Append.
func (h *History) WithPrompts(prompts []string) (map[string][]Entry, error) {
	matches, err := h.MatchPrompts(prompts)
	if err != nil || len(matches) == 0 {
		return nil, err
	}
	keys := make([]string, len(matches))
	for i, m := range matches {
		keys[i] = m.Key
	}
	entries, err := h.Entries(keys)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(prompts))
	for _, p := range prompts {
		wanted[strings.TrimSpace(validText(p))] = true
	}
	found := make(map[string][]Entry, len(prompts))
	for _, e := range entries {
		if p := strings.TrimSpace(e.Prompt()); wanted[p] {
			found[p] = append(found[p], e)
		}
	}
	return found, nil
}

// validText returns a text as a line of the journal has it: each byte that is not UTF-8 is U+FFFD there.
func validText(s string) string { return string([]rune(s)) }

// matchPrompts returns the rows whose folded prompts are those of some texts.
func (x *index) matchPrompts(prompts []string) (found []PromptMatch) {
	if x == nil {
		return nil
	}
	wanted := make([]bool, len(x.texts.ends))
	any := false
	var folded []byte
	for _, p := range prompts {
		folded = fold(folded[:0], []byte(strings.TrimSpace(p)))
		if i, ok := x.texts.find(folded, maphash.Bytes(hashSeed, folded)); ok {
			wanted[i], any = true, true
		}
	}
	for i := len(x.rows) - 1; any && i >= 0; i-- {
		if wanted[x.prompts[i]] {
			r := &x.rows[i]
			found = append(found, PromptMatch{x.key(i), int(r.rev), r.stateOf()})
		}
	}
	return found
}

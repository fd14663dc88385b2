package template

import (
	"fmt"
	"math/big"
)

// Lists finds the values of a wildcard. Package template/wildcards reads them from folders.
type Lists interface {
	// Values returns the values of all lists that a path matches, in order; path may have "*" and "**".
	// An error is a sentence that names the lists there are. While a list does not change, Values should return the same slice, whose
	// values are then parsed once.
	Values(path string) ([]Value, error)
	// Names returns the paths of all lists, sorted.
	Names() []string
}

// A Value is one line of a list.
type Value struct {
	Text   string  // a template
	Weight float64 // how often it is drawn, relative to the others; 1 if the list does not say
	Place  string  // where it was read, as FILE:LINE, for errors
}

// A Template is a parsed prompt.
type Template struct {
	text     string
	root     *node
	once     []*onceVariable
	steps    uint64 // how many turns the groups in step take; 1 if there are none
	combined *big.Int
	draws    bool // a part is drawn (~), so the prompts depend on the lab seed
}

// Parse parses a prompt. lists may be nil. The error is an *Error.
func Parse(text string, lists Lists) (Template, error) {
	parts, _, mistake := parse(text)
	if mistake != nil {
		return Template{text: text}, mistake
	}
	c := &compiler{text: text, lists: lists, steps: 1, known: map[string]*node{}}
	root := c.sequence(parts, nil)
	if c.err != nil {
		return Template{text: text}, c.err
	}
	t := Template{text: text, root: root, once: c.chosenOnce(), steps: c.steps, draws: root.draws}
	if len(t.once) > maxOnce {
		return Template{text: text}, newError(text, 0, len(text), "more than %d variables are chosen once.", maxOnce)
	}
	t.combined = new(big.Int).Mul(root.count, new(big.Int).SetUint64(t.steps))
	for _, v := range t.once {
		t.combined.Mul(t.combined, v.value.count)
		t.draws = t.draws || v.value.draws
		if t.combined.BitLen() > maxBits {
			return Template{text: text}, newError(text, 0, len(text), "this makes more combinations than can be counted. Take groups away.")
		}
	}
	return t, nil
}

// Varies reports whether the language changes the text: false if the template expands to exactly its own text.
func (t Template) Varies() bool {
	return t.root != nil && (t.root.kind != textNode || t.root.text != t.text)
}

// renderer returns a renderer for a lab seed.
func (t *Template) renderer(labSeed uint64) *renderer {
	return &renderer{seed: labSeed}
}

// Expand returns its different prompts in order, at most limit (0: all). Draws (~) come from labSeed. The error says that there are too
// many.
func (t Template) Expand(labSeed uint64, limit int) ([]string, error) {
	if t.root == nil {
		return []string{t.text}, nil
	}
	total := clamp(t.combined)
	if limit <= 0 && total > maxListing {
		return nil, fmt.Errorf("this makes %s prompts; at most %s are written at once. Take a number of them at random.", Thousands(t.combined), thousands(maxListing))
	}
	prompts, ok := t.different(labSeed, limit, min(total, maxListing))
	if !ok && limit <= 0 {
		return nil, fmt.Errorf("this makes more than %d MB of prompts. Take a number of them at random.", maxWritten>>20)
	}
	return prompts, nil
}

// different returns the different prompts among the first ones of total, at most limit (0: all). ok is false if it
// stopped since that is too much text.
func (t *Template) different(labSeed uint64, limit int, total uint64) (prompts []string, ok bool) {
	r := t.renderer(labSeed)
	seen := map[string]struct{}{}
	written := 0
	for i := uint64(0); i < total && (limit <= 0 || len(prompts) < limit); i++ {
		prompt := r.prompt(t, i)
		if written += len(prompt) + minWork; written > maxWritten {
			return prompts, false
		}
		if _, known := seen[prompt]; !known {
			seen[prompt] = struct{}{}
			prompts = append(prompts, prompt)
		}
	}
	return prompts, true
}

// minWork is what a prompt costs at least, in bytes of maxWritten.
const minWork = 128

// Random returns n different prompts drawn by weight from labSeed, fewer if there are no more. The error says that n is
// too large.
func (t Template) Random(n int, labSeed uint64) ([]string, error) {
	if t.root == nil {
		return []string{t.text}, nil
	}
	if n > maxListing {
		return nil, fmt.Errorf("at most %s prompts are drawn at once. Take a smaller number.", thousands(maxListing))
	}
	r := t.renderer(labSeed)
	r.random = true
	none := make([]uint64, len(t.once))
	var prompts []string
	seen := map[string]bool{}
	add := func(prompt string) {
		if !seen[prompt] && len(prompts) < n {
			seen[prompt] = true
			prompts = append(prompts, prompt)
		}
	}
	for i := 0; i < 4*n+100 && len(prompts) < n; i++ {
		r.number, r.step = uint64(i), uint64(i)%t.steps
		add(r.combine(&t, none, 0))
	}
	if total := clamp(t.combined); len(prompts) < n && !t.draws && total <= max(Exact, min(8*uint64(n), maxListing)) { // the rare ones that no draw has found
		all, _ := t.different(labSeed, 0, clamp(t.combined))
		for _, prompt := range all {
			add(prompt)
		}
	}
	return prompts, nil
}

// thousands writes a whole number with commas between groups of three digits: 3,600.
func thousands(n int64) string { return Thousands(big.NewInt(n)) }

// Thousands writes a number with commas between groups of three digits, or as a power of ten: 3,600 and 4·10^12.
func Thousands(n *big.Int) string {
	s := n.String()
	if len(s) > 15 {
		return fmt.Sprintf("about %s·10^%d", s[:1], len(s)-1)
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

package preview

import "time"

// visit is a look at another prediction, and what the preview showed before it.
type visit struct {
	key      string // "": there is none
	shown    Scene
	shownAt  time.Time
	previous Subject
}

// Visit shows a prediction until it is called with another one, or with "": then the preview returns to what it showed before the first.
func (p *Preview) Visit(key string) {
	switch v := &p.visit; {
	case key != "" && v.key == "":
		*v = visit{key, p.shown, p.shownAt, p.previous}
	case key == "" && v.key != "":
		p.shown, p.shownAt, p.previous = v.shown, v.shownAt, v.previous
		*v = visit{}
	default:
		v.key = key
	}
}

// Visited returns the prediction that Visit shows; "" for none.
func (p *Preview) Visited() string { return p.visit.key }

package studio

import "tintype/history"

// change is what a line does to its entry.
type change = func(latest history.Entry) history.Entry

// Journal puts something between a studio and its journal.
func (s *Studio) Journal(by func(write func(key string, c change) (history.Entry, error), key string, c change) (history.Entry, error)) {
	write := s.append
	s.append = func(key string, c change) (history.Entry, error) { return by(write, key, c) }
}

package cli

import (
	"errors"
	"strings"

	"tintype/history"
	"tintype/ui/format"
)

// find looks a prediction up by key, by the beginning or the end of one, or by the provider's id.
func (s *session) find(name string) (history.Entry, error) { return findIn(s.history, name) }

// findIn is find in a history. If a name is ambiguous, the error lists what it may mean.
func findIn(h *history.History, name string) (history.Entry, error) {
	e, err := h.Get(name)
	var named *history.NameError
	if errors.Is(err, history.ErrAmbiguous) && errors.As(err, &named) {
		return e, usageError("%w", candidates(h, named))
	}
	if err != nil {
		return e, usageError("%w", err)
	}
	return e, nil
}

// shortKey returns the short key of a prediction, as list prints it; its key if the history cannot be read.
func (s *session) shortKey(e history.Entry) string {
	short, _ := s.history.ShortKeys() // the zero value keeps the key
	return short.Of(e.Key)
}

// mostCandidates is how many predictions the error of an ambiguous name lists.
const mostCandidates = 5

// candidates is the error of an ambiguous name: a sentence, and a line for each prediction that it may mean.
func candidates(h *history.History, named *history.NameError) error {
	keys := named.Keys
	lines := []string{strings.TrimSuffix(named.Error(), ".") + ":"}
	short, err := h.ShortKeys()
	if err != nil {
		return named
	}
	entries, err := h.Entries(keys[:min(len(keys), mostCandidates)])
	if err != nil {
		return named
	}
	for _, e := range entries {
		lines = append(lines, "  "+short.Of(e.Key)+"  "+promptLine(e))
	}
	if len(keys) > mostCandidates {
		lines = append(lines, "  … and others; tintype list shows them all.")
	}
	return errors.New(strings.Join(lines, "\n"))
}

// promptLimit is how many characters of a prompt a message quotes.
const promptLimit = 60

// promptLine is the beginning of a prompt for a message.
func promptLine(e history.Entry) string { return shortLine(e.Prompt()) }

// shortLine is the beginning of a text on one line.
func shortLine(s string) string {
	line := []rune(strings.Join(strings.Fields(format.Clean(s)), " "))
	if len(line) > promptLimit {
		return string(line[:promptLimit-1]) + "…"
	}
	return string(line)
}

// newest returns the newest prediction.
func (s *session) newest() (history.Entry, error) {
	entries, err := s.history.Latest(1)
	if err != nil {
		return history.Entry{}, err
	}
	if len(entries) == 0 {
		return history.Entry{}, usageError("there is no prediction yet. To make a picture: tintype run PROMPT")
	}
	return entries[0], nil
}

// newestWithPicture returns the newest prediction that has a picture on this disk, and the newest of all.
func newestWithPicture(h *history.History) (found, newest history.Entry, err error) {
	for n := 16; ; n *= 8 {
		entries, err := h.Latest(n)
		if err != nil {
			return found, newest, err
		}
		for _, e := range entries {
			if len(localPictures(h, e)) > 0 {
				return e, entries[0], nil
			}
		}
		if len(entries) < n {
			return found, newest, noneYet(h, exitFailed, "there is no picture yet. To make one: tintype run PROMPT")
		}
	}
}

// noneYet is the error that a history has nothing yet, or that this cannot be known, since it is unreadable.
func noneYet(h *history.History, code int, sentence string) error {
	if err := h.Unreadable(); err != nil {
		return err
	}
	return errorWithCode(code, "%s", sentence)
}

// newestRunning returns the newest prediction that is running, whoever follows it. ok is false if none is.
func newestRunning(entries []history.Entry) (newest history.Entry, ok bool) {
	for _, e := range entries {
		if isRunning(e) && e.Key > newest.Key {
			newest, ok = e, true
		}
	}
	return newest, ok
}

// localPictures returns the paths of a prediction's pictures on disk.
func localPictures(h *history.History, e history.Entry) (paths []string) {
	for _, output := range e.Outputs {
		if path := output.LocalPath(); path != "" {
			paths = append(paths, h.Path(path))
		}
	}
	return paths
}

package ui

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

// longEntries is the number of predictions in the history that Update is measured on.
const longEntries = 100_000

// writeLongHistory writes a folder of longEntries predictions, without pictures.
func writeLongHistory(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	f, err := os.OpenFile(dir+"/history.jsonl", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	begin := time.Now().Add(-longEntries * time.Minute)
	for i := range longEntries {
		if _, err := f.Write(benchLine(b, i, begin.Add(time.Duration(i)*time.Minute))); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// updateTimer sends messages to the program and records how long Update takes for each kind of message: the shortest time of all.
type updateTimer struct {
	benchProgram
	fastest map[string]time.Duration
}

func (w *updateTimer) send(msg tea.Msg) {
	name := fmt.Sprintf("%T", msg)
	if key, ok := msg.(tea.KeyPressMsg); ok {
		name = "key " + key.String()
	}
	begin := time.Now()
	w.benchProgram.send(msg)
	w.record(name, time.Since(begin))
}

func (w *updateTimer) record(name string, took time.Duration) {
	if least, known := w.fastest[name]; !known || took < least {
		w.fastest[name] = took
	}
}

// runPending runs the pending commands and sends the messages that come back.
func (w *updateTimer) runPending() {
	for len(w.pending) > 0 {
		cmd := w.pending[0]
		w.pending = w.pending[1:]
		if cmd == nil {
			continue
		}
		got := make(chan tea.Msg, 1)
		go func() { got <- cmd() }()
		select {
		case msg := <-got:
			w.send(msg)
		case <-time.After(400 * time.Millisecond): // a tick, or the watch over the journal
		}
	}
}

// BenchmarkUpdate measures how long Update blocks the event loop, for each kind of message and key, with 100,000 predictions. -v lists all
// kinds. It fails if one takes more than 4 ms each time.
func BenchmarkUpdate(b *testing.B) {
	m, first := newViewer(b, writeLongHistory(b), "cells")
	w := &updateTimer{benchProgram: benchProgram{m: m}, fastest: map[string]time.Duration{}}
	for _, msg := range first {
		w.send(msg)
	}
	w.runPending()
	if m.list.Total() != longEntries {
		b.Fatalf("%d predictions", m.list.Total())
	}
	for b.Loop() {
		w.runUsualSession()
	}
	w.report(b, 4*time.Millisecond)
}

// report lists the times, the longest first, and fails the benchmark if that is more than most.
func (w *updateTimer) report(b *testing.B, most time.Duration) {
	b.Helper()
	names := slices.SortedFunc(maps.Keys(w.fastest), func(x, y string) int { return cmp.Compare(w.fastest[y], w.fastest[x]) })
	for _, name := range names {
		b.Logf("%-24s %8.3f ms", name, float64(w.fastest[name].Microseconds())/1000)
	}
	worst := names[0]
	b.ReportMetric(float64(w.fastest[worst].Microseconds())/1000, "ms-worst")
	if w.fastest[worst] > most {
		b.Errorf("%s blocks the event loop for %v", worst, w.fastest[worst])
	}
}

// runUsualSession does what a user does, and what other programs cause meanwhile.
func (w *updateTimer) runUsualSession() {
	m := w.m
	for _, name := range []string{"esc", "G", "g", "pgdown", "down", "*", "space", "/"} {
		w.send(uitest.Key(name))
		w.runPending()
	}
	for _, letter := range "paper 77" {
		w.send(tea.KeyPressMsg{Code: letter, Text: string(letter)})
		w.runPending()
	}
	for _, name := range []string{"enter", "down", "G", "esc", "4", "1", "ctrl+g", "pgdown", "esc", "tab"} {
		w.send(uitest.Key(name))
		w.runPending()
	}
	e, err := m.session.History.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
		e.State, e.Input = history.Done, map[string]any{"prompt": "from elsewhere"}
		return e
	})
	if err != nil {
		panic(err)
	}
	w.send(refreshedMsg{changed: []history.Entry{e}})
	w.send(indexedMsg{})
	w.runPending()
	live := make([]string, 50) // jobs that the history does not have yet
	for i := range live {
		live[i] = history.NewKey(time.Now())
	}
	begin := time.Now()
	m.list.SetKeys(m.session.History.Keys().With(live...))
	w.record("50 live jobs", time.Since(begin))
}

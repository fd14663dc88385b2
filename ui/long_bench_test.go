package ui

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
)

// longEntries is how many predictions stand in the history that Update is measured on.
const longEntries = 100_000

// longFolder writes a folder of longEntries predictions, without pictures.
func longFolder(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	f, err := os.OpenFile(dir+"/history.jsonl", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	begin := time.Now().Add(-longEntries * time.Minute)
	for i := range longEntries {
		if _, err := f.Write(galleryLine(b, i, begin.Add(time.Duration(i)*time.Minute))); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// stopwatch takes messages to the program, and keeps how long Update took for each kind, least of all times.
type stopwatch struct {
	desk
	took map[string]time.Duration
}

func (w *stopwatch) send(msg tea.Msg) {
	name := fmt.Sprintf("%T", msg)
	if key, ok := msg.(tea.KeyPressMsg); ok {
		name = "key " + key.String()
	}
	begin := time.Now()
	w.desk.send(msg)
	w.keep(name, time.Since(begin))
}

func (w *stopwatch) keep(name string, took time.Duration) {
	if least, known := w.took[name]; !known || took < least {
		w.took[name] = took
	}
}

// answer carries out what was asked for, and times what comes back.
func (w *stopwatch) answer() {
	for len(w.todo) > 0 {
		cmd := w.todo[0]
		w.todo = w.todo[1:]
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

// BenchmarkUpdate measures how long Update keeps the event loop, for each kind of message and key, with 100,000
// predictions; -v shows all kinds. It fails where one takes above 4 ms each time.
func BenchmarkUpdate(b *testing.B) {
	dir := longFolder(b)
	provider, _ := api.FindProvider(api.Replicate)
	env := map[string]string{"LANG": "C.UTF-8", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
	m := New(context.Background(), Options{
		Open: func(context.Context) (Session, error) {
			h, err := history.Open(history.Options{Dir: dir, App: "bench"})
			return Session{Provider: provider, History: h, Close: func() { _ = h.Close() }}, err
		},
		Provider: provider, Model: "black-forest-labs/flux-schnell", Env: func(name string) string { return env[name] },
		Look: Look{Colours: 1 << 24, Graphics: "cells", Motion: "none"},
	})
	w := &stopwatch{desk: desk{m: m}, took: map[string]time.Duration{}}
	b.Cleanup(m.closeSession)
	w.send(openOnly(m))
	w.send(tea.WindowSizeMsg{Width: 160, Height: 50})
	w.answer()
	if m.list.all.Len() != longEntries {
		b.Fatalf("%d predictions", m.list.all.Len())
	}
	for b.Loop() {
		w.sitThrough()
	}
	names := make([]string, 0, len(w.took))
	for name := range w.took {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int { return int(w.took[y] - w.took[x]) })
	for _, name := range names {
		b.Logf("%-24s %8.3f ms", name, float64(w.took[name].Microseconds())/1000)
	}
	b.ReportMetric(float64(w.took[names[0]].Microseconds())/1000, "ms-worst")
	if w.took[names[0]] > 4*time.Millisecond {
		b.Errorf("%s keeps the event loop for %v", names[0], w.took[names[0]])
	}
}

// sitThrough does what a person does, and what comes from elsewhere meanwhile.
func (w *stopwatch) sitThrough() {
	m := w.m
	for _, name := range []string{"esc", "G", "g", "pgdown", "down", "*", "space", "/"} {
		w.send(keyNamed(name))
		w.answer()
	}
	for _, letter := range "paper 77" {
		w.send(tea.KeyPressMsg{Code: letter, Text: string(letter)})
		w.answer()
	}
	for _, name := range []string{"enter", "down", "G", "esc", "4", "1", "ctrl+g", "pgdown", "esc", "tab"} {
		w.send(keyNamed(name))
		w.answer()
	}
	e, err := m.session.History.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
		e.State, e.Input = history.Done, map[string]any{"prompt": "from elsewhere"}
		return e
	})
	if err != nil {
		panic(err)
	}
	w.send(refreshedMsg{changed: []history.Entry{e}})
	w.send(builtMsg{})
	w.answer()
	live := make([]string, 50) // jobs that the history does not know yet
	for i := range live {
		live[i] = history.NewKey(time.Now())
	}
	begin := time.Now()
	m.list.setAll(m.session.History.Keys().With(live...))
	w.keep("50 live jobs", time.Since(begin))
}

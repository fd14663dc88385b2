package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
	"tintype/ui/internal/uitest"
)

// slowestUpdate is how long one Update may block the event loop, whatever it is given: one frame at 60 Hz.
const slowestUpdate = 16 * time.Millisecond

// hostileRows is the number of predictions in the history, all with texts as long as they can be.
const hostileRows = 1000

// writeHostileHistory writes a history of predictions with prompts of 64 KiB, logs of 8 KiB, and names as long as they can be.
func writeHostileHistory(tb testing.TB, rows int) string {
	tb.Helper()
	dir := tb.TempDir()
	f, err := os.OpenFile(dir+"/history.jsonl", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	begin := time.Now().Add(-time.Duration(rows) * time.Minute)
	states := []history.State{history.Done, history.Failed, history.Unconfirmed, history.Stopped, history.Lost}
	for i := range rows {
		at := begin.Add(time.Duration(i) * time.Minute)
		long := strings.Repeat("漢字 \u202e\x1b[31m👩‍👩‍👧 é", 2<<10)
		e := history.Entry{
			V: 1, Key: history.NewKey(at), Rev: 1, Time: at, State: states[i%len(states)], Provider: api.Replicate, BaseURL: origin,
			Model: "owner-" + strings.Repeat("m", 100) + "/" + strings.Repeat("n", 100), ID: strings.Repeat("i", 64), Status: long[:2000],
			Input: map[string]any{"prompt": fmt.Sprint(i, " ", long), "seed": 1}, Logs: strings.Repeat("100%|██████| \x1b[A\r", 8<<10/30),
			Error:   &history.EntryError{Code: "failed", Sentence: long[:4000], Detail: long},
			Outputs: []history.Output{{URL: "https://x/" + strings.Repeat("u", 4000), Path: "pictures/" + strings.Repeat("p", 200) + ".png", Width: 1, Height: 1}},
		}
		line, err := e.MarshalLine()
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write(line); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// newHostileModel returns the program over such a history. Its commands are run by the caller.
func newHostileModel(tb testing.TB, rows int) *Model {
	tb.Helper()
	m, first := newViewer(tb, writeHostileHistory(tb, rows), "cells")
	for _, msg := range first {
		m.Update(msg)
	}
	m.Update(buildIndex(m.ctx, m.session.History)())
	if m.list.Total() != rows {
		tb.Fatalf("%d predictions", m.list.Total())
	}
	return m
}

// BenchmarkUpdateHostile measures how long Update blocks the event loop for the largest inputs: pastes of 4 MiB, rows with the longest
// prompts, logs, errors and names, and a terminal of 1000×1000 cells. -v lists all kinds. It fails if one takes more than 16 ms each time.
func BenchmarkUpdateHostile(b *testing.B) {
	m := newHostileModel(b, hostileRows)
	w := &updateTimer{benchProgram: benchProgram{m: m}, fastest: map[string]time.Duration{}}
	for b.Loop() {
		w.runHostileSession()
	}
	w.report(b, slowestUpdate)
}

// runHostileSession goes through the rows, their details and logs, and pastes and edits texts that are too long.
func (w *updateTimer) runHostileSession() {
	for _, name := range []string{"esc", "g", "i", "i", "down", "enter", "down", "i", "r", "esc", "pgdown", "enter", "esc", "y", "esc", "c", "esc", "/"} {
		w.send(uitest.Key(name))
		w.runPending()
	}
	for _, letter := range "漢字 77" {
		w.send(tea.KeyPressMsg{Code: letter, Text: string(letter)})
		w.runPending()
	}
	for _, name := range []string{"esc", "esc", "ctrl+g", "pgdown", "esc", "esc"} {
		w.send(uitest.Key(name))
		w.runPending()
	}
	for shape, piece := range map[string]string{
		"a paste of 4 MiB": "word ", "a paste of lines": "a\n", "a paste of one word": "x", "a paste of controls": "\x1b[31m\u202e", "a paste of a heap": "\u0301",
	} {
		m := w.m
		m.screens.home.setFocus(focusPrompt)
		begin := time.Now()
		w.benchProgram.send(tea.PasteMsg{Content: strings.Repeat(piece, 4<<20/len(piece))})
		w.record(shape, time.Since(begin))
		for _, name := range []string{"a", "left", "up", "ctrl+w", "ctrl+_", "ctrl+a", "ctrl+k"} {
			begin := time.Now()
			w.benchProgram.send(uitest.Key(name))
			w.record("key "+name+" in "+shape, time.Since(begin))
		}
		w.pending = nil
		m.prompt.SetValue("")
	}
	for _, size := range [][2]int{{1000, 1000}, {1, 1}, {160, 50}} {
		begin := time.Now()
		w.benchProgram.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		w.record(fmt.Sprintf("%d×%d", size[0], size[1]), time.Since(begin))
	}
	w.runPending()
}

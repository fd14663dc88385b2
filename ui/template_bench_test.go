package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkTypeTemplate measures how long Update blocks the event loop for each letter of a template, with 100,000 predictions. It fails if
// one takes more than 4 ms each time.
func BenchmarkTypeTemplate(b *testing.B) {
	m, first := newViewer(b, writeLongHistory(b), "cells")
	w := &updateTimer{benchProgram: benchProgram{m: m}, fastest: map[string]time.Duration{}}
	for _, msg := range first {
		w.send(msg)
	}
	w.runPending()
	m.screens.home.setFocus(focusPrompt)
	for b.Loop() {
		m.prompt.SetValue("")
		for _, letter := range "A {red|blue|{light|dark} green} fox, {2$$ink|oil|chalk} study {~by night|by day} of ${what=!{owls|larks}} at __places__" {
			w.send(tea.KeyPressMsg{Code: letter, Text: string(letter)})
		}
		w.runPending()
		w.send(estimateDueMsg{m.estimates.generation})
		w.runPending()
	}
	w.report(b, 4*time.Millisecond)
}

package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/text"
)

// clip is something that can be copied of predictions and outputs.
type clip struct {
	one, more string // its name in a sentence: "Copied the image URL.", "Copied 2 URLs."
	values    func(m *Model, e history.Entry, output int) []string
}

// clips has what each action copies. An output of 0 means all of them.
var clips = map[keymap.Action]clip{
	keymap.ActCopyPrompt: {"prompt", "prompts", func(_ *Model, e history.Entry, _ int) []string { return []string{e.Prompt()} }},
	keymap.ActCopyID:     {"id", "ids", func(_ *Model, e history.Entry, _ int) []string { return []string{e.ID} }},
	keymap.ActCopyURL: {"image URL", "URLs", func(_ *Model, e history.Entry, output int) []string {
		return allOf(e, output, func(o history.Output) string { return o.URL })
	}},
	keymap.ActCopyFile: {"picture's path", "paths", func(m *Model, e history.Entry, output int) (paths []string) {
		for _, path := range allOf(e, output, history.Output.LocalPath) {
			paths = append(paths, m.session.path(path))
		}
		return paths
	}},
	keymap.ActCopyCurl: {"request as curl", "requests as curl", func(_ *Model, e history.Entry, _ int) []string { return []string{curl(e, keyVariable(e))} }},
	keymap.ActCopyJSON: {"JSON", "predictions as JSON", func(m *Model, e history.Entry, _ int) []string {
		return []string{string(m.options.MarshalEntry(e))}
	}},
	keymap.ActCopySeed: {"seed", "seeds", func(_ *Model, e history.Entry, _ int) []string {
		if e.Seed == nil {
			return nil
		}
		return []string{fmt.Sprint(*e.Seed)}
	}},
}

// copy copies a value of what is marked or selected, each on a line of its own, by OSC 52, which also works over SSH.
func (m *Model) copy(what keymap.Action) tea.Cmd {
	subjects := m.screens.Top().Subjects()
	if len(subjects) == 0 {
		refuse(m, "There is no picture here to copy from.")
		return nil
	}
	clip, local := clips[what], false
	var values []string
	for _, s := range subjects {
		row, _ := m.list.Row(s.Key)
		for _, value := range clip.values(m, row.Entry, s.Output) {
			if safe := string(text.Clean(value)); safe != "" && !slices.Contains(values, safe) { // two outputs share a prompt
				values = append(values, safe)
			}
		}
		local = local || what == keymap.ActCopyCurl && sendsLocalFiles(row.Entry)
	}
	if len(values) == 0 { // an empty text would clear the clipboard
		refuse(m, "There is no "+clip.one+" to copy.")
		return nil
	}
	m.notify(copiedNote(clip, len(values), len(subjects), m.screens.outOfSight(subjects), m.terminal.ClipboardDoubt(), local))
	return tea.SetClipboard(strings.Join(values, "\n"))
}

// copiedNote says how many values of how many subjects were copied, how many of these are out of sight, what makes the terminal's
// clipboard doubtful, and whether a request names files of this machine.
func copiedNote(c clip, n, subjects, hidden int, doubt string, local bool) string {
	name := "the " + c.one
	if n > 1 {
		name = format.Count(n) + " " + c.more
	}
	said := "Copied " + name + "."
	if doubt != "" { // no terminal answers
		were := " was"
		if n > 1 {
			were = " were"
		}
		said = format.UpperFirst(name) + were + " sent to the clipboard; " + doubt
	}
	switch {
	case hidden == 1 && subjects > 1:
		said += " 1 of the marked is out of sight."
	case hidden > 1:
		said += fmt.Sprintf(" %s of the marked are out of sight.", format.Count(hidden))
	}
	if local {
		said = strings.TrimSuffix(said, ".") + ". Put a URL in place of the image's path."
	}
	return said
}

// allOf returns the texts that an output, counted from 1, or for 0 all outputs have of their own.
func allOf(e history.Entry, output int, of func(history.Output) string) (texts []string) {
	for i, o := range e.Outputs {
		if s := of(o); s != "" && (output == 0 || output == i+1) {
			texts = append(texts, s)
		}
	}
	return texts
}

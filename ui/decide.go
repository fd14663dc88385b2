package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/plan"
	"tintype/ui/runner"
	"tintype/ui/template"
	"tintype/ui/wording"
)

// submit buys a prediction of the present prompt, or shows the plan of a form that varies. The text and the focus stay as they are.
func (m *Model) submit() tea.Cmd {
	now, prompt := m.now(), strings.TrimSpace(m.prompt.Value())
	if m.guard.InPaste(now) {
		m.notify("That enter came with the paste; " + wording.Key(keymap.ActDevelop) + " develops.")
		return nil
	}
	if !m.session.isOpen {
		m.guard.HoldEnter() // the session is opened within milliseconds
		return nil
	}
	if m.session.Runner == nil {
		return enterKey(m)
	}
	spec := m.spec(prompt)
	if len(spec.Axes) > 0 {
		return openPlan(m, spec)
	}
	of := m.settings.Model()
	draft := runner.Draft{Model: of.ID, Version: of.Version, Input: m.settings.Input(prompt), Parent: spec.Parent}
	if !needsLists(spec) {
		return onTextsKnown(m, textsOf(spec, nil), submission{spec: spec, draft: draft, pressed: now})
	}
	return m.enters.ask(m.ctx, m.session.lab(), submission{spec: spec, draft: draft, pressed: now})
}

// A submission is an enter of which nobody knows yet how many prompts it is for.
type submission struct {
	spec    plan.Spec
	draft   runner.Draft // with the prompt as it is written
	pressed time.Time
	again   time.Time // of the last enter that came meanwhile; zero for none
}

// decisions are the submissions whose lists of values are being read. The zero value is ready to use.
type decisions struct {
	waits      *submission
	generation int
}

// decidedMsg: the lists that a submission needs were read.
type decidedMsg struct {
	generation int
	texts      texts
}

// texts is what a prompt expands to.
type texts struct {
	sent    string // the text to send, if it is one
	several bool
	err     error // its mistake
}

// ask reads the lists of a prompt. Further enters with the same prompt count as repeats of the first one.
func (d *decisions) ask(ctx context.Context, with *lab.Lab, s submission) tea.Cmd {
	if d.waits != nil && draftKey(d.waits.draft) == draftKey(s.draft) {
		d.waits.again = s.pressed
		return nil
	}
	d.generation++
	d.waits = &s
	generation, spec := d.generation, s.spec
	return ask(func() decidedMsg {
		if ctx.Err() != nil {
			return decidedMsg{}
		}
		return decidedMsg{generation, textsOf(spec, with.Lists)}
	})
}

// onDecided goes on with an enter whose lists were read, unless something else has the keys by now.
func onDecided(m *Model, msg decidedMsg) tea.Cmd {
	s := m.enters.waits
	if s == nil || msg.generation != m.enters.generation {
		return nil
	}
	m.enters.waits = nil
	if m.session.Runner == nil || m.dialogs.TakesKeys() {
		return nil
	}
	return onTextsKnown(m, msg.texts, *s)
}

// onTextsKnown buys a prompt that is one text, and shows the plan of several.
func onTextsKnown(m *Model, found texts, s submission) tea.Cmd {
	switch {
	case found.err != nil:
		m.showPlanError(found.err)
		return nil
	case found.several:
		return openPlan(m, s.spec)
	}
	if err := m.settings.Check(found.sent); err != nil {
		m.notifyError(err)
		return nil
	}
	if found.sent != s.spec.Prompt {
		s.draft.Input[params.Prompt], s.draft.Template = found.sent, s.spec.Prompt
	}
	return submitOnce(m, s)
}

// textsOf returns what the prompt of a spec expands to. It reads lists.
func textsOf(spec plan.Spec, lists template.Lists) texts {
	if spec.AsWritten {
		return texts{sent: spec.Prompt}
	}
	t, err := template.Parse(spec.Prompt, lists)
	if err != nil {
		return texts{err: err}
	}
	if !t.Varies() {
		return texts{sent: spec.Prompt}
	}
	found, err := t.Expand(1, 2)
	if err != nil || len(found) != 1 {
		return texts{several: err == nil, err: err}
	}
	return texts{sent: found[0]}
}

// needsLists reports whether the prompt of a spec has lists of values, which are read from the disk.
func needsLists(spec plan.Spec) bool { return !spec.AsWritten && strings.Contains(spec.Prompt, "__") }

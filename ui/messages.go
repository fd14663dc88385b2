package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
)

// The facts that commands bring back, in the past tense. Each carries its subject, and a generation where a newer
// question may have been asked in the meantime, so that a late answer is dropped.
type (
	openedMsg struct { // the session is there: history, studio, the form as it was left
		session     Session
		newest      []history.Entry
		form        form.State
		formProblem string // what was wrong with the form's file, a sentence
		err         error
	}
	jobsResumedMsg struct { // the jobs that an earlier program left behind were taken up
		rows   []runner.Row
		tasks  []runner.Task
		others runner.Skipped
	}
	performedMsg struct { // a job's task has been carried out
		changes  []runner.Change // what came of those before it, while nothing was heard
		result   runner.Result   // of the last one
		finished bool            // by the studio already: the last of missed is what came of it, and nothing follows
	}
	indexedMsg struct{ err error } // the whole history has been read
	rowsMsg    struct {            // entries for the rows on the screen
		entries []history.Entry
		err     error
	}
	foundMsg struct { // a filter's answer
		found list.Found
		rest  tea.Cmd // finds all, where these are only the first; nil where these are all
	}
	refreshedMsg struct { // what other programs appended
		changed []history.Entry
		slept   bool // the machine did
		ended   bool // nobody watches any more
	}
	recordedMsg struct { // a star, a mark: an entry changed by hand
		entry history.Entry
		err   error
	}
	promptsMsg struct { // earlier prompts, newest first
		prompts []history.Prompt
		search  bool // they were asked for to be searched
	}
	imageCheckedMsg struct { // input images were looked into
		request imageRequest
		images  []string // as they stand in an input; none: what was pasted names no file
		err     error
	}
	spentMsg struct { // what today's predictions cost, and how long each model usually takes
		today   format.Spending
		typical map[string]time.Duration
	}
	placedMsg    struct{}                 // the frame that makes room for pictures is surely out
	viewedMsg    struct{ err error }      // the system's viewer was asked
	formSavedMsg struct{ err error }      // form.json is on disk
	tickMsg      struct{ generation int } // time to draw what time changes
	formDueMsg   struct{}                 // time to write the form
	hungUpMsg    struct{}                 // the terminal is gone, or a signal asks to leave
)

// message is the union of what commands may return: a command that returns a command, or a bare error, does not compile.
type message interface {
	openedMsg | jobsResumedMsg | performedMsg | indexedMsg | rowsMsg | foundMsg | refreshedMsg | recordedMsg | preview.Rendered |
		promptsMsg | imageCheckedMsg | viewedMsg | placedMsg | formSavedMsg | tickMsg | formDueMsg | spentMsg | hungUpMsg
}

// ask makes a command of a function that brings back one of our messages.
func ask[M message](f func() M) tea.Cmd {
	return func() tea.Msg { return f() }
}

// after brings back a message when d has passed.
func after[M message](d time.Duration, m M) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return m })
}

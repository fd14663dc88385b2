package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/picker"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/runner/inputimage"
)

// Messages are the results of commands, named in the past tense. One that a newer request may have overtaken carries a generation, so
// that a late answer is ignored.
type (
	openedMsg struct { // a session was opened, or not
		session     Session
		newest      []history.Entry
		form        form.State
		formProblem string // a sentence about the form's file; "" if it was read
		err         error
	}
	jobsResumedMsg struct { // the jobs that an earlier program left behind were resumed
		rows   []runner.Row
		tasks  []runner.Task
		others runner.Skipped
	}
	keyTriedMsg struct { // a provider was asked whether it takes a key
		entry *keyEntry
		err   error
	}
	performedMsg struct { // a job's tasks were performed
		by       *runner.Runner
		changes  []runner.Change // results that the runner has applied already, while an editor had the terminal
		result   runner.Result   // of the last task
		finished bool            // the runner has applied the last result too, and no task follows
	}
	indexedMsg struct{ err error } // the entire history was read
	rowsMsg    struct {            // entries for the rows on the screen
		entries []history.Entry
		err     error
	}
	foundMsg struct { // a search was answered
		found list.Found
		rest  tea.Cmd // finds all hits if these are only the first; otherwise nil
	}
	refreshedMsg struct { // the journal was checked for lines of other programs
		changed []history.Entry
		slept   bool // the machine slept in the meantime
		ended   bool // the watch was ended
	}
	recordedMsg struct { // an entry that the user changed was written
		entry history.Entry
		err   error
	}
	promptsMsg struct { // earlier prompts were read, newest first
		prompts []history.Prompt
		search  bool // they are to be shown in a list
	}
	imageCheckedMsg struct { // input images were checked
		request imageRequest
		images  []string // for the model's input; empty if the pasted text names no file
		err     error
	}
	imagesDescribedMsg struct { // what will be sent of the input images is known
		key  string
		sent map[string]inputimage.Sent
		err  error
	}
	pathCompletedMsg struct { // a typed path was completed
		list        *picker.Picker
		typed, line string
		files       []picker.Choice
	}
	spentMsg struct { // today's cost and each model's typical duration were computed
		today   format.Spending
		typical map[string]time.Duration
		limits  runner.Limits
		near    bool              // the day's limit is near
		left    runner.BudgetLeft // of all limits
	}
	placedMsg    struct{}                 // the frame that makes room for pictures has been written
	viewedMsg    struct{ err error }      // the system's viewer has opened a file, or could not
	formSavedMsg struct{ err error }      // form.json was written, or not
	tickMsg      struct{ generation int } // it is time to draw what changes with time
	formDueMsg   struct{}                 // it is time to write the form
	enterDueMsg  struct{ generation int } // an enter that may have been held was not followed by another
	hungUpMsg    struct{}                 // the terminal is gone, or a signal asks the program to end
)

// message is the union of what commands may return, so that a command that returns a command or an error does not compile.
type message interface {
	openedMsg | jobsResumedMsg | performedMsg | indexedMsg | rowsMsg | foundMsg | refreshedMsg | recordedMsg | preview.Rendered |
		promptsMsg | imageCheckedMsg | imagesDescribedMsg | pathCompletedMsg | keyTriedMsg | viewedMsg | placedMsg | formSavedMsg | tickMsg | formDueMsg | spentMsg | enterDueMsg | hungUpMsg |
		planMadeMsg | planMatchedMsg | planSavedMsg | waysMadeMsg | decidedMsg | presetsReadMsg | presetSavedMsg | finalsReadMsg | impactPlannedMsg | impactMeasuredMsg | bisectBegunMsg | bisectPlannedMsg | contestReadMsg | estimateDueMsg | estimatedMsg | mistakeDueMsg | listNamesMsg | treeReadMsg | fileChosenMsg | fileSavedMsg
}

// ask makes a command of a function that returns one of our messages.
func ask[M message](f func() M) tea.Cmd {
	return func() tea.Msg { return f() }
}

// after returns a message when d has passed.
func after[M message](d time.Duration, m M) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return m })
}

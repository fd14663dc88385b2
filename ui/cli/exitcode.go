package cli

import (
	"fmt"
	"slices"

	"tintype/api"
	"tintype/history"
	"tintype/ui/runner"
)

// Exit codes. exitHelp lists them for users.
const (
	exitOK          = 0   // succeeded; with --no-wait: the id is on disk
	exitFailed      = 1   // the prediction failed, was refused, or a picture of it is lost or did not come
	exitUsage       = 2   // wrong use: a value out of range, an unknown key
	exitKey         = 3   // key missing or refused
	exitCredit      = 4   // refused for credit or rate
	exitUnreachable = 5   // unreachable; unconfirmed; or bought, but its id is not on disk
	exitStopped     = 6   // cancelled or aborted
	exitTimeout     = 7   // --timeout reached; what was sent keeps running
	exitBudget      = 8   // your own budget
	exitInterrupted = 130 // interrupted; the jobs keep running
)

const exitHelp = `Exit codes:
  0    succeeded; with --no-wait: the id is on disk
  1    the prediction failed, was refused, or a picture of it is lost or did not come
  2    wrong use: a value out of range, an unknown key
  3    key missing or refused
  4    refused for credit or rate
  5    unreachable; unconfirmed: it may have been bought; or bought, but its id is not on disk
  6    cancelled or aborted
  7    --timeout reached; what was sent keeps running
  8    stopped by your own budget
  130  interrupted; what was bought keeps running
Of several jobs, the worst.`

// severity orders the exit codes from good to bad: a job that may have cost money unnoticed is worse than one that certainly failed,
// and an active job is better than one that ended badly.
var severity = []int{
	exitOK, exitTimeout, exitStopped, exitBudget, exitFailed, exitUsage, exitCredit, exitKey, exitUnreachable, exitInterrupted,
}

// mostSevere returns the worse of two exit codes.
func mostSevere(a, b int) int {
	if slices.Index(severity, a) >= slices.Index(severity, b) {
		return a
	}
	return b
}

// exitError is an error with an exit code of its own.
type exitError struct {
	error
	code int
}

// Unwrap returns the error without its code.
func (f *exitError) Unwrap() error { return f.error }

// usageError is an error in the command line or in the settings.
func usageError(format string, args ...any) error { return errorWithCode(exitUsage, format, args...) }

// errorWithCode is an error that ends the command with the given exit code.
func errorWithCode(code int, format string, args ...any) error {
	return &exitError{fmt.Errorf(format, args...), code}
}

// entryCode is the exit code for a job in the state of its entry.
func entryCode(e history.Entry) int {
	switch e.State {
	case history.Done:
		if e.Error != nil { // fewer pictures came than were ordered
			return exitFailed
		}
		return exitOK
	case history.Failed:
		return entryErrorCode(e.Error)
	case history.Unconfirmed:
		return exitUnreachable
	case history.Stopped:
		return exitStopped
	case history.Lost:
		return exitFailed
	}
	return exitTimeout
}

// entryErrorCode is the exit code for a failed job.
func entryErrorCode(problem *history.EntryError) int {
	if problem == nil {
		return exitFailed
	}
	return errorCode(api.Code(problem.Code))
}

// errorCode is the exit code for an error of the API client.
func errorCode(code api.Code) int {
	switch code {
	case api.Code(runner.OverBudget), api.Code(runner.UnknownPrice):
		return exitBudget
	case api.CodeUnauthorized:
		return exitKey
	case api.CodeCredit, api.CodeRate:
		return exitCredit
	case api.CodeUnreachable, api.CodeOffline, api.CodeTLS:
		return exitUnreachable
	}
	return exitFailed
}

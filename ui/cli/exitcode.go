package cli

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/api"
	"tintype/history"
)

// Exit codes. The help of the root command lists them for people.
const (
	exitDone        = 0   // succeeded; with --no-wait: the id is on disk
	exitFailed      = 1   // the prediction failed, was refused, or its picture is lost
	exitWrong       = 2   // wrong use: a value out of range, an unknown key
	exitKey         = 3   // key missing or refused
	exitCredit      = 4   // refused for credit or rate
	exitUnreached   = 5   // unreachable, or unconfirmed
	exitStopped     = 6   // canceled or aborted
	exitTime        = 7   // --timeout reached; the job goes on
	exitInterrupted = 130 // interrupted; the jobs go on
)

const exitHelp = `Exit codes:
  0    succeeded; with --no-wait: the id is on disk
  1    the prediction failed, was refused, or its picture is lost
  2    wrong use: a value out of range, an unknown key
  3    key missing or refused
  4    refused for credit or rate
  5    unreachable, or unconfirmed: it may have been bought
  6    canceled or aborted
  7    --timeout reached; the job goes on
  130  interrupted; what was bought goes on
Of several jobs, the worst.`

// badness orders the codes from good to bad: what may have cost money unseen is worse than what certainly failed, and
// what goes on is better than what ended badly.
var badness = []int{
	exitDone, exitTime, exitStopped, exitFailed, exitWrong, exitCredit, exitKey, exitUnreached, exitInterrupted,
}

// worst of two exit codes.
func worst(a, b int) int {
	if slices.Index(badness, a) >= slices.Index(badness, b) {
		return a
	}
	return b
}

// failure is an error with an exit code of its own.
type failure struct {
	error
	code int
}

// Unwrap gives the error itself to errors.Is and errors.As.
func (f *failure) Unwrap() error { return f.error }

// wrong says that something on the command line or in the settings cannot be used.
func wrong(format string, args ...any) error { return fails(exitWrong, format, args...) }

// fails is an error that ends a command with a certain exit code.
func fails(code int, format string, args ...any) error {
	return &failure{fmt.Errorf(format, args...), code}
}

// entryCode is the exit code of one job by what the history says of it. A job that has not ended goes on.
func entryCode(e history.Entry) int {
	switch e.State {
	case history.Done:
		return exitDone
	case history.Failed:
		return problemCode(e.Error)
	case history.Unconfirmed:
		return exitUnreached
	case history.Stopped:
		return exitStopped
	case history.Lost:
		return exitFailed
	}
	return exitTime
}

// problemCode tells a missing key, missing credit and a dead line from every other failure.
func problemCode(problem *history.EntryError) int {
	if problem == nil {
		return exitFailed
	}
	return errorCode(api.Code(problem.Code))
}

// errorCode is the exit code of an answer, or of none.
func errorCode(code api.Code) int {
	switch code {
	case api.CodeUnauthorized:
		return exitKey
	case api.CodeCredit, api.CodeRate:
		return exitCredit
	case api.CodeUnreachable, api.CodeOffline, api.CodeTLS:
		return exitUnreached
	}
	return exitFailed
}

// sentence gives an error of Go's manner (lower case, no full stop) the manner of a sentence.
func sentence(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, line := range lines {
		if !isName(line) {
			line = capital(line)
		}
		if line != "" && !strings.ContainsAny(line[len(line)-1:], ".?!:") {
			line += "."
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// capital begins a text with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// isName tells whether a line begins with the name of a parameter or setting, whose spelling counts.
func isName(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	return strings.ContainsAny(word, "_-/.0123456789")
}

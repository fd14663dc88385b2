package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"tintype/api"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/runner"
)

// hostile has what a terminal would interpret: CSI, OSC 52, C1, a bidirectional override, DEL, a line break, NUL.
const hostile = "\x1b[2J\x1b]52;c;QUJD\x07\u009b2J\u202e\x7f\r\n\x00"

var now = time.Date(2026, 8, 12, 16, 0, 0, 0, time.UTC)

// newWriters returns a writer for each face.
func newWriters() map[string]Writer {
	screen := Writer{Provider: "Replicate", Now: now}
	commandLine := screen
	commandLine.FollowCommand = func(e history.Entry) string { return "tintype follow " + e.Key }
	return map[string]Writer{"full screen": screen, "command line": commandLine}
}

// noticeKinds reads all kinds of notices from the source of the runner.
func noticeKinds(t *testing.T) []runner.NoticeKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../runner/notice.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []runner.NoticeKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "NoticeKind" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		if value != "" {
			kinds = append(kinds, runner.NoticeKind(value))
		}
		return true
	})
	return kinds
}

// TestEveryNoticeHasASentence: each kind has a sentence in both faces, which is well formed, says nothing twice, and has no control
// characters from outside.
func TestEveryNoticeHasASentence(t *testing.T) {
	t.Parallel()
	kinds := noticeKinds(t)
	if len(kinds) < 30 || len(kinds) != len(notices) {
		t.Errorf("the table has %d rows, the runner %d kinds", len(notices), len(kinds))
	}
	for _, kind := range kinds {
		for face, w := range newWriters() {
			for name, c := range changes(kind) {
				checkSentence(t, face+", "+string(kind)+", "+name, Plain(w.Notice(c)), kind == runner.Finished)
				if caption := notices[kind].caption; caption != nil {
					checkSentence(t, face+", caption of "+string(kind)+", "+name, Plain(caption(w, c.Row.Entry)), false)
				}
			}
		}
	}
}

// changes returns changes with a notice of a kind: with all details, with hostile ones, and with none.
func changes(kind runner.NoticeKind) map[string]runner.Change {
	const refused = "Replicate refused the input: no. Nothing is billed."
	full := runner.Change{
		Row: runner.Row{
			Entry: history.Entry{
				Key: "k", Provider: "replicate", Model: "black-forest-labs/flux-dev", State: history.Failed,
				Error:       &history.EntryError{Code: string(kind), Sentence: refused, Detail: "a reason"},
				CompletedAt: now.Add(-2 * time.Hour),
			},
			Live: &runner.Live{Trouble: &api.Error{Code: api.CodeServer, Detail: "a reason"}, Until: now.Add(5 * time.Second)},
		},
		Notice: runner.Notice{
			Kind: kind, Provider: "Replicate", Detail: "a reason", For: 3 * time.Second, Until: now.Add(5 * time.Second), At: now.Add(-time.Hour),
		},
	}
	raw := full
	raw.Notice.Provider, raw.Notice.Detail = "someone"+hostile, "a"+hostile+"z"
	raw.Row.Error = &history.EntryError{Code: string(kind), Sentence: "It" + hostile + "z.", Detail: hostile + "y"}
	raw.Row.Live = &runner.Live{Trouble: &api.Error{Code: api.CodeOther, Detail: "a" + hostile + "z"}}
	inPrediction := full
	inPrediction.Row.ID = "id"
	unbilled := full
	unbilled.Row.Error = &history.EntryError{Code: string(kind), Sentence: "No way to Replicate. Nothing was sent, nothing is billed."}
	bare := runner.Change{Row: runner.Row{Entry: history.Entry{Key: "k"}}, Notice: runner.Notice{Kind: kind}}
	return map[string]runner.Change{"full": full, "hostile": raw, "with an id": inPrediction, "unbilled": unbilled, "bare": bare}
}

// checkSentence checks the form of a sentence. A status is a sentence's words without its capital letter and full stop.
func checkSentence(t *testing.T, name, s string, isStatus bool) {
	t.Helper()
	if s == "" {
		t.Errorf("%s has no sentence", name)
		return
	}
	if i := strings.IndexFunc(s, unicode.IsControl); i >= 0 || strings.ContainsRune(s, '\u202e') {
		t.Errorf("%s has raw control characters: %q", name, s)
	}
	if strings.Count(strings.ToLower(s), "nothing is billed") > 1 || strings.Count(s, "a reason") > 1 ||
		strings.Contains(s, "..") || strings.Contains(s, "  ") {
		t.Errorf("%s says something twice: %q", name, s)
	}
	if isStatus {
		return
	}
	if first := []rune(s)[0]; unicode.IsLower(first) {
		t.Errorf("%s begins in lower case: %q", name, s)
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "with: tintype follow k") {
		t.Errorf("%s does not end with a full stop: %q", name, s)
	}
}

// TestNoticeSentences checks sentences of both faces word for word: they differ in what a person can do, and in the cause.
func TestNoticeSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind            runner.NoticeKind
		screen, command string
	}{
		{
			runner.TimedOut,
			"It never reported that it ended. No longer followed; it may still run and be billed. [follow] follows it again.",
			"It never reported that it ended. No longer followed; it may still run and be billed. Follow it again with: tintype follow k",
		},
		{
			runner.CannotUndo,
			"Already sent; it can't be undone. [reuse] reuses it.",
			"Already sent; it can't be undone.",
		},
		{
			runner.Uncertain,
			"The connection broke after the request was sent. It may have been bought (about $0.025). [open]: decide what to do.",
			"The connection broke after the request was sent. It may have been bought (about $0.025). It is kept as unconfirmed; tintype never sends it again by itself.",
		},
		{
			runner.NeedsDecision,
			"It may have been bought already. [open]: decide what to do.",
			"It may have been bought already (about $0.025). It needs your decision: open tintype and press enter on it.",
		},
		{
			runner.Refused,
			"Replicate refused the input: no. Nothing is billed. [reuse] reuses it.",
			"Replicate refused the input: no. Nothing is billed.",
		},
		{
			runner.CancelFailed,
			"The cancel did not get through; it is still running. [cancel] tries again.",
			"The cancel did not get through: a reason. It is still running.",
		},
		{
			runner.WaitsAsked,
			"Replicate asks to wait: sent in 5 s. Nothing is billed yet; [cancel] cancels it.",
			"Replicate asks to wait: sent in 5 s. Nothing is billed yet.",
		},
		{
			runner.Expired,
			"The provider keeps pictures for an hour, and this one was not saved here by 15:00. Prompt and seed are kept: [reuse] reuses them.",
			"The provider keeps pictures for an hour, and this one was not saved here by 15:00. Prompt and seed are kept.",
		},
		{runner.AlreadyEnded, "Already failed.", "Already failed."},
		{runner.JournalFailed, "That could not be written down: a reason.", "That could not be written down: a reason."},
		{runner.Cancelled, "Cancelled after 3 s. Replicate may bill the time it ran.", "Cancelled after 3 s. Replicate may bill the time it ran."},
	} {
		for face, w := range newWriters() {
			want := c.screen
			if w.isCommandLine() {
				want = c.command
			}
			if got := uitest.Bracketed(w.Notice(changes(c.kind)["full"])); got != want {
				t.Errorf("%s, %s:\n%q, want\n%q", face, c.kind, got, want)
			}
		}
	}
}

// TestBadPicture: the command line adds the cause to the journal's sentence. Neither face tells to fetch it again: the time is over.
func TestBadPicture(t *testing.T) {
	t.Parallel()
	c := changes(runner.BadPicture)["full"]
	c.Row.Error = &history.EntryError{Code: "bad_picture", Sentence: "It was no picture.", Detail: "it is a page."}
	for face, want := range map[string]string{
		"full screen":  "It was no picture.",
		"command line": "It was no picture: it is a page.",
	} {
		if got := uitest.Bracketed(newWriters()[face].Notice(c)); got != want {
			t.Errorf("%s: %q, want %q", face, got, want)
		}
	}
}

func TestFinished(t *testing.T) {
	t.Parallel()
	cost := 0.003
	c := runner.Change{Notice: runner.Notice{Kind: runner.Finished, For: 9 * time.Second}}
	c.Row.Cost, c.Row.Metrics = &cost, map[string]float64{"predict_time": 1.24}
	guessed := c
	guessed.Row.Price = &history.Price{Guess: true}
	if got := newWriters()["command line"].Notice(guessed); got != "done in 1.2 s, guess $0.003" {
		t.Errorf("with a guess: %q", got)
	}
	if got := newWriters()["command line"].Notice(c); got != "done in 1.2 s, ~$0.003" {
		t.Errorf("got %q", got)
	}
}

package runner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// TestReasonTableIsComplete reads the reasons from the source of api/job: each has a notice, and each that ends in an error has
// a sentence, unless the API's own error is the sentence.
func TestReasonTableIsComplete(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../../api/job/job.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Reason" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		if value == "" {
			return true
		}
		found++
		if reasons[job.Reason(value)].notice == NoNotice {
			t.Errorf("%s has no notice", spec.Names[0].Name)
		}
		return true
	})
	if found != len(reasons) {
		t.Errorf("the table has %d rows, api/job %d reasons", len(reasons), found)
	}
	p := api.Provider{Title: "someone"}
	for reason, want := range map[job.Reason]string{
		job.UnknownToProvider: "Someone does not know this prediction any more.", job.FailedAtProvider: "Failed at someone.", job.Canceled: "",
	} {
		if got := reasonSentence(reason, p); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
}

// TestEndNotice: an entry says by its reason why it ended. The codes of the API's errors, some of which are spelt alike, are no reasons.
func TestEndNotice(t *testing.T) {
	t.Parallel()
	stopped := func(reason job.Reason) history.Entry {
		return history.Entry{State: history.Stopped, CancelReason: string(reason)}
	}
	withCode := func(state history.State, code string) history.Entry {
		return history.Entry{State: state, Error: &history.EntryError{Code: code}}
	}
	for _, c := range []struct {
		name string
		e    history.Entry
		want NoticeKind
	}{
		{"dismissed", stopped(job.Dismissed), Dismissed},
		{"left", stopped(job.Abandoned), CannotCancel},
		{"of an older program", stopped("canceled by the user"), NoNotice},
		{"no picture", withCode(history.Lost, string(job.BadPicture)), BadPicture},
		{"failed", withCode(history.Failed, string(job.FailedAtProvider)), FailedAtProvider},
		{"no answer before the program ended", withCode(history.Failed, string(api.CodeCanceled)), NoNotice},
		{"refused", withCode(history.Failed, string(api.CodeCredit)), NoNotice},
		{"done", history.Entry{State: history.Done}, NoNotice},
		{"under way", withCode(history.Waiting, string(job.FailedAtProvider)), NoNotice},
	} {
		if got := EndNotice(c.e); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

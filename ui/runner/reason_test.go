package runner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"tintype/api"
	"tintype/api/job"
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

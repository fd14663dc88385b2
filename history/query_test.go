package history

import (
	"errors"
	"slices"
	"testing"
)

// TestBadTermsAreReported: each part of a query without meaning is reported as it was typed, with the signs before it, and with
// its offset.
func TestBadTermsAreReported(t *testing.T) {
	t.Parallel()
	query := `~cast:x boat -"a red" -mood:calm ~-"quay`
	_, err := ParseQuery(query, noon)
	var bad *QueryError
	if !errors.As(err, &bad) {
		t.Fatal(err)
	}
	var terms []string
	for _, p := range bad.Terms {
		terms = append(terms, p.Text)
		if query[p.At:p.At+len(p.Text)] != p.Text {
			t.Errorf("%q is not at %d", p.Text, p.At)
		}
	}
	if want := []string{"~cast:x", "-mood:calm", `~-"quay`}; !slices.Equal(terms, want) {
		t.Errorf("bad terms %q, want %q", terms, want)
	}
	if _, err := ParseQuery("cost> model>dev", noon); err == nil ||
		err.Error() != "\"cost>\", at 1: cost asks for an amount in USD, like 0.01.\n\"model>dev\", at 7: model cannot be compared; write model:dev." {
		t.Errorf("it says %v", err)
	}
}

package wording

import (
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// TestShorten: what the provider said is shortened first, then what happened; what to do is never cut.
func TestShorten(t *testing.T) {
	t.Parallel()
	w := newWriters()["full screen"]
	failed := func(sentence, detail string) string {
		return w.caption(history.Entry{State: history.Failed, Error: &history.EntryError{Code: "credit", Sentence: sentence, Detail: detail}}, nil)
	}
	const credit = "CometAPI wants more credit: You have insufficient credit to run this model. Nothing is billed."
	for _, c := range []struct {
		name, sentence string
		width          int
		want           string
	}{
		{"room for all", failed(credit, "You have insufficient credit to run this model."), 200, credit + " [reuse] reuses it."},
		{"some of the provider's words", failed(credit, "You have insufficient credit to run this model."), 90, "CometAPI wants more credit: You have insufficient c… Nothing is billed. [reuse] reuses it."},
		{"other words than in the sentence", failed(credit, "- You have\n"), 90, "CometAPI wants more credit: You have insufficient c… Nothing is billed. [reuse] reuses it."},
		{"none of them", failed(credit, "You have insufficient credit to run this model."), 66, "CometAPI wants more credit. Nothing is billed. [reuse] reuses it."},
		{"only what to do, and the beginning", failed(credit, "You have insufficient credit to run this model."), 40, "CometAPI wants more… [reuse] reuses it."},
		{"without what to do", credit, 20, credit},
	} {
		got := uitest.Bracketed(Shorten(c.sentence, func(s string) bool { return text.Width(text.Safe(uitest.Bracketed(s))) <= c.width }))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := WithoutTodo(w.caption(history.Entry{State: history.Stopped, ID: "id", CancelReason: "not_followed"}, nil)); got != "No longer followed; it may still run and be billed." {
		t.Errorf("without what to do: %q", got)
	}
	if got, _ := w.Status(runner.Row{Entry: history.Entry{State: history.Failed, ID: "id", Error: &history.EntryError{Detail: "no GPU"}}}, 0); uitest.Bracketed(Plain(got)) != "Failed at the provider: no GPU. [reuse] reuses it." {
		t.Errorf("without marks: %q", got)
	}
}

// TestShortenOfManyWords: words of 64 KiB are tried a few times only, and as many of them are kept as fit.
func TestShortenOfManyWords(t *testing.T) {
	t.Parallel()
	sentence := "The input was refused: " + string(detailStart) + strings.Repeat("w", 64<<10) + string(detailEnd) + ". " + string(todoStart) + "Try another."
	for _, width := range []int{20, 60, 80, 1000, 60_000} {
		tried := 0
		got := Shorten(sentence, func(s string) bool { tried++; return text.Width(text.Safe(s)) <= width })
		if tried > 40 || !strings.HasSuffix(got, "Try another.") || width >= 60 && text.Width(text.Safe(got)) != width {
			t.Errorf("%d columns: %d tries, %d columns: %.80s", width, tried, text.Width(text.Safe(got)), got)
		}
	}
}

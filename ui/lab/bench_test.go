package lab_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/template"
)

// BenchmarkMake5000 plans 5,000 cells against a journal of 100,000 predictions: keys, prices, and what is had. The prompts of the table
// are in the journal. First opens the journal and reads it each time, as a command does; Next plans again, as the full screen does.
func BenchmarkMake5000(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "history")
	if out, err := exec.Command("go", "run", "../internal/tools/makehistory", "-n", "100000", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	open := func() *history.History {
		h, err := history.Open(history.Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		return h
	}
	h := open()
	defer h.Close()
	spec := table5000(b, h)
	b.Run("First", func(b *testing.B) {
		for b.Loop() {
			h := open()
			make5000(b, h, spec)
			_ = h.Close()
		}
	})
	b.Run("Next", func(b *testing.B) {
		for b.Loop() {
			make5000(b, h, spec)
		}
	})
}

// table5000 returns a table of 25 prompts of a history, with 200 settings each.
func table5000(b *testing.B, h *history.History) plan.Spec {
	b.Helper()
	if err := h.BuildIndex(context.Background()); err != nil {
		b.Fatal(err)
	}
	var texts []string
	for _, p := range h.Prompts("", 25) {
		texts = append(texts, template.Escape(p.Text))
	}
	spec := plan.Spec{Prompt: "{" + strings.Join(texts, "|") + "}", Model: "black-forest-labs/flux-dev"}
	for _, typed := range []string{"guidance=1..8/10", "seed=1..20"} {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			b.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	return spec
}

func make5000(b *testing.B, h *history.History, spec plan.Spec) {
	b.Helper()
	l := &lab.Lab{Provider: "replicate", History: h}
	if p, err := l.Make(context.Background(), spec); err != nil || len(p.Cells) != 5_000 {
		b.Fatal(p, err)
	}
}

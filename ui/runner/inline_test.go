package runner

import (
	"fmt"
	"strings"
	"testing"

	"tintype/history"
)

// TestLimitInline: pictures in data: URIs are kept up to a limit for all jobs together; those beyond it are let go, since the provider
// can be asked again. URLs, and pictures of a prediction without an id, are always kept.
func TestLimitInline(t *testing.T) {
	t.Parallel()
	picture := "data:image/png;base64," + strings.Repeat("A", inlineLimit/4)
	r := &Runner{jobs: map[string]*trackedJob{}}
	add := func(id, url string) *trackedJob {
		job := &trackedJob{key: fmt.Sprint(len(r.jobs)), entry: history.Entry{ID: id}, urls: []string{url}}
		r.jobs[job.key] = job
		r.limitInline(job)
		return job
	}
	for i := range 6 {
		if kept := add("id", picture).urls != nil; kept != (i < 3) {
			t.Errorf("picture %d is kept: %v", i, kept)
		}
	}
	for _, job := range []*trackedJob{add("", picture), add("id", "https://example.com/1.png")} {
		if job.urls == nil {
			t.Error("what cannot be asked for again, or is short, is let go")
		}
	}
}

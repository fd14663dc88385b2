package history

import (
	"strings"
	"testing"
)

// panickingFile panics when it is read.
type panickingFile struct{}

func (panickingFile) ReadAt([]byte, int64) (int, error) { panic("a broken file") }

// TestWorkersPanicInTheCaller: a panic in one of our goroutines is raised in the caller, who can restore the terminal, and
// nothing waits for the goroutine forever.
func TestWorkersPanicInTheCaller(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(){
		"scanning": func() { _ = newIndex(0).scan(t.Context(), panickingFile{}, 9*segmentSize) },
		"sweeping": func() {
			texts := &textSet{}
			for i := range 8 {
				texts.data = append(texts.data, make([]byte, sweepBlock)...)
				texts.ends = append(texts.ends, uint32((i+1)*sweepBlock))
			}
			_ = texts.eachBlock(t.Context(), 0, 8, func(int, int) { panic("a broken text") })
		},
		"one of many": func() {
			var w workers
			w.start(func() {})
			w.start(func() { panic("a broken line") })
			w.wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p, _ := recover().(string); !strings.HasPrefix(p, "a broken") {
					t.Errorf("it panics with %q", p)
				}
			}()
			call()
		})
	}
}

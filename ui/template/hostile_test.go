package template

import (
	"runtime"
	"strings"
	"testing"
)

// hostile are texts that could take much time or memory; n is how often each repeats what it has.
func hostile(n int) map[string]string {
	double := "${a=xy}"
	for _, c := range "abcdefghijklmnopqrstuvwxy" {
		double += "${" + string(c+1) + "={${" + string(c) + "}${" + string(c) + "}|${" + string(c) + "}q}}"
	}
	return map[string]string{
		"open":           strings.Repeat("{", n),
		"open wraps":     strings.Repeat("%{...$$", n),
		"open variables": strings.Repeat("${x=", n),
		"open arguments": strings.Repeat("__l(x=", n),
		"open JSON":      strings.Repeat(`{"a":`, n),
		"JSON in texts":  strings.Repeat(`{"":"{","":"`, n),
		"underscores":    strings.Repeat("_", n),
		"groups":         strings.Repeat("{a|b}", n),
		"wide":           "{" + strings.Repeat("a{b|c}|", n) + "}",
		"some of many":   "{500$$" + strings.Repeat("a{b|c}|", n) + "}",
		"orders of many": "{!500$$" + strings.Repeat("a|", n) + "}",
		"doubled":        double + "${z}",
		"once":           strings.Repeat("${x=!{a|b}}", n),
		"in step":        "{@5$$" + strings.Repeat("a|", 200) + "}",
		"empty options":  strings.Repeat("{|}", n),
	}
}

// TestHostileTextsNeedLinearMemory: twice the text takes about twice the memory, and not the square of it.
func TestHostileTextsNeedLinearMemory(t *testing.T) {
	const n = 10_000
	once, twice := hostile(n), hostile(2*n)
	for name := range once {
		t.Run(name, func(t *testing.T) {
			less, more := allocated(t, once[name]), allocated(t, twice[name])
			if more > 3*less+8<<20 || more > 1<<30 {
				t.Errorf("%d MB for %d KB, and %d MB for %d KB", less>>20, len(once[name])>>10, more>>20, len(twice[name])>>10)
			}
		})
	}
}

// allocated returns how many bytes everything that is done with a text takes, those that are free again among them.
func allocated(t *testing.T, text string) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parsed, err := Parse(text, smallLists{})
	Marks(text)
	if err == nil {
		parsed.Count()
		if _, err := parsed.Random(2, 1); err != nil {
			t.Error(err)
		}
		_, _ = parsed.Expand(1, 2)
		parsed.Axes()
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

package template

import (
	"runtime"
	"strings"
	"testing"
)

// hostile are texts that could take much time or memory.
func hostile() map[string]string {
	const n = 20_000
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

func TestHostileTextsNeedLinearMemory(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
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
			if used := after.TotalAlloc - before.TotalAlloc; used > 400<<20 {
				t.Errorf("%d MB for %d KB (%v)", used>>20, len(text)>>10, err)
			}
		})
	}
}

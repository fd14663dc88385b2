package cli_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// least are versions below which a module costs what its users pay: go-runewidth 0.0.26 and 0.0.27 build tables at every
// start (18 ms), x/image before 0.43 panics on crafted WebP pictures (GO-2026-5061, GO-2026-4961).
var least = map[string]string{
	"github.com/mattn/go-runewidth": "v0.0.31",
	"golang.org/x/image":            "v0.43.0",
}

// pinned are modules whose newer versions ask for what cannot be had.
var pinned = map[string]string{
	"github.com/charmbracelet/x/vt": "v0.0.0-20260823001701-96af6d2cb5f6",
}

// TestModules keeps go.mod above the versions that hurt.
func TestModules(t *testing.T) {
	raw, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\s*(\S+\.\S+/\S+) (v\S+)`).FindAllStringSubmatch(string(raw), -1) {
		has[m[1]] = m[2]
	}
	for name, want := range least {
		if got, ok := has[name]; !ok || older(got, want) {
			t.Errorf("%s is at %q, and may not be below %s", name, got, want)
		}
	}
	for name, want := range pinned {
		if got := has[name]; got != want {
			t.Errorf("%s is at %q, and stays at %s", name, got, want)
		}
	}
	if strings.Contains(string(raw), "\nreplace ") {
		t.Error("go.mod replaces a module: then go install cannot build the program")
	}
}

// TestOlder makes sure that TestModules can fail.
func TestOlder(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"v0.0.27", "v0.0.31", true},
		{"v0.0.31", "v0.0.31", false},
		{"v0.0.100", "v0.0.31", false},
		{"v0.42.9", "v0.43.0", true},
		{"v1.0.0", "v0.43.0", false},
	} {
		if got := older(c.a, c.b); got != c.want {
			t.Errorf("older(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

// older compares two versions by their three numbers.
func older(a, b string) bool {
	x, y := numbers(a), numbers(b)
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

func numbers(version string) (n [3]int) {
	plain, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	for i, part := range strings.SplitN(plain, ".", 3) {
		n[i], _ = strconv.Atoi(part)
	}
	return n
}

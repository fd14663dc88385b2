package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// minVersions are the least versions of modules: go-runewidth 0.0.26 and 0.0.27 build tables at every start (18 ms), and x/image
// before 0.43 panics on crafted WebP pictures (GO-2026-5061, GO-2026-4961).
var minVersions = map[string]string{
	"github.com/mattn/go-runewidth": "v0.0.31",
	"golang.org/x/image":            "v0.43.0",
}

// minGo is the least version of Go: older ones send the key on after a redirect by a proxy (GO-2025-3751).
const minGo = "v1.24.4"

// pinned are modules whose newer versions require modules that are not available.
var pinned = map[string]string{
	"github.com/charmbracelet/x/vt": "v0.0.0-20260823001701-96af6d2cb5f6",
}

// maxModules is how many modules the program may depend on.
const maxModules = 40

// forbiddenModules are modules and packages that must not be used, and why.
var forbiddenModules = map[string]string{
	"github.com/hashicorp/go-retryablehttp": "it resends purchases by itself, and has logged the keys of URLs (CVE-2024-6104)",
	"golang.org/x/image/tiff":               "nothing here needs it, and its headers ask for gigabytes (GO-2026-4815)",
}

// licences match the accepted licences, which require no more than their text to be kept. Each module has one of them.
var licences = []*regexp.Regexp{
	regexp.MustCompile(`Permission is hereby granted, free of charge`), // MIT
	regexp.MustCompile(`Redistribution and use in source and binary`),  // BSD
	regexp.MustCompile(`Apache License\s+Version 2\.0`),
	regexp.MustCompile(`Permission to use, copy, modify, and(?:/or)? distribute`), // ISC
}

// TestSecuritySupplyChain: the modules are few, recent enough and under accepted licences, and add no time to the start. None resends
// requests by itself, and nothing skips the check of certificates.
func TestSecuritySupplyChain(t *testing.T) {
	raw, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\s*(\S+\.\S+/\S+) (v\S+)`).FindAllStringSubmatch(string(raw), -1) {
		has[m[1]] = m[2]
	}
	for name, want := range minVersions {
		if got, ok := has[name]; !ok || isOlder(got, want) {
			t.Errorf("%s is at %q, want at least %s", name, got, want)
		}
	}
	for name, want := range pinned {
		if got := has[name]; got != want {
			t.Errorf("%s is at %q, want %s", name, got, want)
		}
	}
	if strings.Contains(string(raw), "\nreplace ") {
		t.Error("go.mod replaces a module, with which go install does not work")
	}
	if m := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(string(raw)); m == nil || isOlder("v"+m[1], minGo) {
		t.Errorf("go.mod requires Go %v, want at least %s", m, minGo)
	}
	t.Run("modules", func(t *testing.T) { checkModules(t, has) })
	t.Run("certificates", checkCertificates)
	t.Run("start", checkStartupTime)
}

// checkModules checks the packages and modules of the program, without those of its tests.
func checkModules(t *testing.T, has map[string]string) {
	list := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}}\t{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".")
	list.Dir = "../.."
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]string{} // module path to folder
	for line := range strings.Lines(string(output)) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if why, bad := forbiddenModules[fields[0]]; bad {
			t.Errorf("%s is used: %s", fields[0], why)
		}
		if len(fields) == 3 {
			modules[fields[1]] = fields[2]
		}
	}
	if len(modules) > maxModules || len(modules) < 10 {
		t.Errorf("the program depends on %d modules, want at most %d", len(modules), maxModules)
	}
	for name := range forbiddenModules {
		if version := has[name]; version != "" {
			t.Errorf("%s %s is used: %s", name, version, forbiddenModules[name])
		}
	}
	for name, dir := range modules {
		if !hasLicence(dir) {
			t.Errorf("%s has no accepted licence in %s", name, dir)
		}
	}
	t.Logf("%d modules", len(modules))
}

// hasLicence reports whether a module's folder contains an accepted licence.
func hasLicence(dir string) bool {
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	return err == nil && slices.ContainsFunc(names, func(name string) bool {
		base := strings.ToUpper(filepath.Base(name))
		if !strings.HasPrefix(base, "LICEN") && !strings.HasPrefix(base, "COPYING") {
			return false
		}
		text, err := os.ReadFile(name)
		return err == nil && slices.ContainsFunc(licences, func(known *regexp.Regexp) bool { return known.Match(text) })
	})
}

// checkCertificates searches the project's sources for skipped checks of certificates.
func checkCertificates(t *testing.T) {
	for _, dir := range shippedFolders(t) {
		files, err := filepath.Glob(filepath.Join("../..", dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(string(text), "InsecureSkipVerify") {
				t.Errorf("%s skips certificates", name)
			}
		}
	}
}

// checkStartupTime checks that the initialization of each package takes 2 ms at most. The least of several starts counts: the others
// include the time of other programs.
func checkStartupTime(t *testing.T) {
	binary := build(t)
	least := map[string]float64{}
	traced := regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock`)
	for range 7 {
		cmd := exec.Command(binary, "--version")
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		output, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		for _, m := range traced.FindAllStringSubmatch(string(output), -1) {
			took, err := strconv.ParseFloat(m[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			if before, ok := least[m[1]]; !ok || took < before {
				least[m[1]] = took
			}
		}
	}
	if len(least) < 10 {
		t.Fatalf("only %d packages were traced", len(least))
	}
	for name, took := range least {
		if took > 2 {
			t.Errorf("%s takes %v ms at each start", name, took)
		}
	}
}

// TestIsOlder makes sure that TestSecuritySupplyChain compares versions correctly.
func TestIsOlder(t *testing.T) {
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
		if got := isOlder(c.a, c.b); got != c.want {
			t.Errorf("older(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

// isOlder reports whether version a is older than b by its three numbers.
func isOlder(a, b string) bool {
	x, y := versionNumbers(a), versionNumbers(b)
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

func versionNumbers(version string) (n [3]int) {
	plain, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	for i, part := range strings.SplitN(plain, ".", 3) {
		n[i], _ = strconv.Atoi(part)
	}
	return n
}

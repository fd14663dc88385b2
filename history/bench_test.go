package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
)

// benchBase is the folder of the benchmarks' histories during a run; "" while there is none.
var benchBase string

// benchDir returns a history of n predictions. It is made once for all benchmarks of a run, or kept for the next run in the
// folder that TINTYPE_BENCH names.
func benchDir(b *testing.B, n int) string {
	b.Helper()
	base := os.Getenv("TINTYPE_BENCH")
	if base == "" && benchBase == "" {
		var err error
		if benchBase, err = os.MkdirTemp("", "tintype-bench-"); err != nil { //nolint:usetesting // it outlives the benchmark that makes it
			b.Fatal(err)
		}
	}
	if base == "" {
		base = benchBase
	}
	dir := filepath.Join(base, strconv.Itoa(n))
	if _, err := os.Stat(filepath.Join(dir, "history.jsonl")); err == nil {
		return dir
	}
	b.Logf("makes %s", dir)
	if out, err := exec.Command("go", "run", "../ui/internal/tools/makehistory", "-n", strconv.Itoa(n), dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return dir
}

// shortest runs do several times and returns the shortest time, on which other programs have the least influence.
func shortest(times int, do func()) time.Duration {
	var took []time.Duration
	for range times {
		start := time.Now()
		do()
		took = append(took, time.Since(start))
	}
	return slices.Min(took)
}

// A comparison is a line of the table that a run of the benchmarks prints.
type comparison struct {
	what      string
	took      time.Duration
	beside    string        // what it is compared with
	base      time.Duration // the time of that, or a limit
	most, got float64       // took as a ratio of base
}

// missed reports whether a target was missed by more than a fifth, which allows for a busy machine.
func (m comparison) missed() bool { return m.got > 1.2*m.most }

var comparisons []comparison

// endBenchmarks prints the measured ratios and their targets, and removes the histories.
func endBenchmarks() {
	if benchBase != "" {
		_ = os.RemoveAll(benchBase)
	}
	if len(comparisons) == 0 {
		return
	}
	const line = "%-40s %10s %10s %7s %8s  %s\n"
	fmt.Printf("\n"+line, "", "took", "against", "ratio", "at most", "")
	for _, m := range comparisons {
		note := m.beside
		if m.got > m.most {
			note += "  missed"
		}
		fmt.Printf(line, m.what, m.took.Round(time.Microsecond), m.base.Round(time.Microsecond), fmt.Sprintf("%.2f", m.got),
			fmt.Sprintf("%.2f", m.most), note)
	}
}

// compareTo adds a measured ratio and its target to the table. The benchmark fails when the target is missed.
func compareTo(b *testing.B, what string, got time.Duration, beside string, base time.Duration, most float64) {
	m := comparison{what, got, beside, base, most, float64(got) / float64(base)}
	if i := slices.IndexFunc(comparisons, func(old comparison) bool { return old.what == what }); i >= 0 {
		comparisons = slices.Delete(comparisons, i, i+1)
	}
	comparisons = append(comparisons, m)
	if m.missed() {
		b.Errorf("%s takes %.2f times %s, at most %.2f", what, m.got, beside, most)
	}
}

func openIndexed(b *testing.B, dir string) *History {
	h := openHistory(b, dir)
	if err := h.BuildIndex(b.Context()); err != nil {
		b.Fatal(err)
	}
	return h
}

var sizes = func() []int {
	if os.Getenv("TINTYPE_BENCH_MILLION") != "" {
		return []int{100_000, 1_000_000}
	}
	return []int{100_000}
}()

func BenchmarkNewest(b *testing.B) {
	newest := func(n int) time.Duration {
		dir := benchDir(b, n)
		return shortest(15, func() {
			h, _ := Open(Options{Dir: dir})
			if e, err := h.Latest(200); err != nil || len(e) != 200 {
				b.Fatal(len(e), err)
			}
			_ = h.Close()
		})
	}
	small := newest(10_000)
	for _, n := range sizes {
		compareTo(b, fmt.Sprintf("newest 200 of %d", n), newest(n), "of 10000", small, 1.3)
	}
}

func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes {
		dir := benchDir(b, n)
		wc := shortest(7, func() {
			if err := exec.Command("wc", "-l", filepath.Join(dir, "history.jsonl")).Run(); err != nil {
				b.Skip("there is no wc here")
			}
		})
		index := shortest(7, func() { _ = openIndexed(b, dir).Close() })
		compareTo(b, fmt.Sprintf("full index of %d", n), index, "wc -l", wc, 3.5)
	}
}

var typedQueries = []string{"l", "li", "lig", "ligh", "lighth", "zeppelin", "zzz", "golden hour", "fox moon", "Лодка", "a"}

// BenchmarkJSONScan compares our scan of a line with encoding/json, decoding the same few fields.
func BenchmarkJSONScan(b *testing.B) {
	data, err := os.ReadFile(filepath.Join(benchDir(b, 10_000), "history.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	scan := shortest(5, func() {
		for _, line := range lines {
			var f lineFacts
			if !f.read(line) {
				b.Fatalf("%s", line)
			}
		}
	})
	decode := shortest(5, func() {
		for _, line := range lines {
			var e struct {
				Key, State, Model, Provider string
				Rev                         uint32
				Input                       struct{ Prompt string }
				Metrics                     map[string]float64
				Seed                        *int64
				Cost                        float64
				Star, Trashed               bool
			}
			if json.Unmarshal(line, &e) != nil {
				b.Fatalf("%s", line)
			}
		}
	})
	compareTo(b, fmt.Sprintf("scan %d lines", len(lines)), scan, "encoding/json", decode, 0.25)
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes {
		dir := benchDir(b, n)
		h := openIndexed(b, dir)
		file := filepath.Join(dir, "history.jsonl")
		for _, text := range typedQueries {
			rg := shortest(5, func() {
				if err := exec.Command("rg", "-ci", text, file).Run(); err != nil && text != "zzz" && text != "fox moon" {
					b.Skip("there is no rg here")
				}
			})
			q, _ := ParseQuery(text, noon)
			total := 0
			search := shortest(15, func() { _, total, _ = h.Search(b.Context(), q, 0) })
			compareTo(b, fmt.Sprintf("search %d, %q (%d)", n, text, total), search, "rg -ci", rg, 0.8)
			first := shortest(15, func() { _, _, _ = h.SearchFirst(b.Context(), q, 500) })
			compareTo(b, fmt.Sprintf("first 500 of %d, %q", n, text), first, "16 ms", 16*time.Millisecond, 1)
		}
	}
}

func BenchmarkRows(b *testing.B) {
	h := openIndexed(b, benchDir(b, 100_000))
	all := h.Keys().All()
	i := 0
	rows := shortest(100, func() {
		i = (i + 40) % (len(all) - 40)
		if e, err := h.Entries(all[i : i+40]); err != nil || len(e) != 40 {
			b.Fatal(err)
		}
	})
	compareTo(b, "40 rows that were not read", rows, "0.5 ms", 500*time.Microsecond, 1)
}

func BenchmarkAppend(b *testing.B) {
	dir := b.TempDir()
	h := openHistory(b, dir)
	line := bytes.Repeat([]byte("x"), 1000)
	f, err := os.OpenFile(filepath.Join(dir, "bare"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	bare := func() { _, _ = f.Write(line); _ = f.Sync() }
	i := 0
	ours := func() {
		i++
		mustAppend(b, h, NewKey(noon.Add(time.Duration(i)*time.Second)), withPrompt("A paper boat floating on calm water at sunrise."))
	}
	bareTook, oursTook := time.Duration(0), time.Duration(0)
	for range 15 { // alternating, since the speed of disks varies
		bareTook += shortest(40, bare)
		oursTook += shortest(40, ours)
	}
	compareTo(b, "append, durable", oursTook/15, "write and fsync", bareTook/15, 1.5)
}

func BenchmarkMemory(b *testing.B) {
	dir := benchDir(b, 100_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	h, err := Open(Options{Dir: dir}) // not openHistory, which closes it only after the next run has started
	if err != nil {
		b.Fatal(err)
	}
	if err := h.BuildIndex(b.Context()); err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB/index")
	b.ReportMetric(float64(after.Sys)/1e6, "MB/sys")
	b.Logf("texts %d in %d bytes, %d rows", len(h.index.texts.ends), len(h.index.texts.data), len(h.index.rows))
	if err := h.Close(); err != nil {
		b.Fatal(err)
	}
}

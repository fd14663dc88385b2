//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// frameRate is ui's own.
const frameRate = "120"

// row is one thing that was measured of both programs.
type row struct {
	name        string
	unit        string
	empty, ours float64
	limit       float64 // of ours to the empty one's; 0: none is set
	most        float64 // of ours alone, where the limit is 0
	bounded     bool    // most counts
}

// missed tells whether ours is above what it may be.
func (r row) missed() bool {
	if r.bounded {
		return r.ours > r.most
	}
	return r.limit > 0 && r.ours > r.limit*r.empty
}

// table is what was measured.
type table struct{ rows []row }

// starts measures the first frame, with a terminal that answers and with a mute one, and the memory after it.
func (t *table) starts(empty, ours program, o options) error {
	times, memory, cpu := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for i := range o.runs {
		for _, mute := range []bool{false, true} {
			for _, p := range turns(i, empty, ours) {
				one, err := first(p, mute)
				if err != nil {
					return err
				}
				key := fmt.Sprint(p.name, mute)
				times[key] = append(times[key], milliseconds(one.took))
				cpu[p.name] = append(cpu[p.name], milliseconds(one.cpu))
				memory[p.name] = append(memory[p.name], one.memory)
			}
		}
	}
	answered := row{name: "first frame", unit: "ms", limit: frameLimit(o.data)}
	answered.empty, answered.ours = median(times["emptyfalse"]), median(times["tintypefalse"])
	mute := row{name: "first frame, mute against not", unit: "ms", limit: 1.2}
	mute.empty, mute.ours = answered.ours, median(times["tintypetrue"])
	beside := row{name: "first frame, both mute", unit: "ms", limit: 1.2}
	beside.empty, beside.ours = median(times["emptytrue"]), mute.ours
	resident := row{name: "memory after it", unit: "MB", limit: 6.5}
	resident.empty, resident.ours = median(memory["empty"]), median(memory["tintype"])
	worked := row{name: "processor until then", unit: "ms", empty: median(cpu["empty"]), ours: median(cpu["tintype"])}
	t.rows = append(t.rows, answered, worked, mute, beside, resident)
	return nil
}

// frameLimit is how long the first frame may take over a data folder: that of an empty one, one with 100,000 predictions,
// or one with a million, which takes gigabytes.
func frameLimit(data string) float64 {
	info, err := os.Stat(filepath.Join(data, "history.jsonl"))
	switch {
	case data == "" || err != nil:
		return 1.15
	case info.Size() < 1<<30:
		return 1.25
	}
	return 1.75
}

// turns lets the two programs begin by turns.
func turns(i int, empty, ours program) []program {
	if i%2 == 0 {
		return []program{empty, ours}
	}
	return []program{ours, empty}
}

// frame is what a first frame took.
type frame struct {
	took   time.Duration
	cpu    time.Duration // that the program ran, on all cores
	memory float64       // MB, a moment later
}

// first measures one start.
func first(p program, mute bool) (frame, error) {
	s, err := start(p, mute)
	if err != nil {
		return frame{}, err
	}
	defer s.end()
	took, err := s.firstFrame()
	if err != nil {
		return frame{}, err
	}
	f := frame{took: took, cpu: ran(s.cmd.Process.Pid)}
	s.settle(150 * time.Millisecond)
	f.memory = resident(s.cmd.Process.Pid)
	return f, nil
}

// used is what was measured of a program in use.
type used struct {
	keys    []float64 // key to frame, ms
	missing int       // keys without a frame
	cpu     float64   // of one core, while idle, in per cent
	bytes   float64   // written a second, while idle
	memory  float64   // MB, after all
}

// use measures keys and idling: of the empty program, of ours, and of the empty one at our frame rate, which is twice
// Bubble Tea's own (it halves the wait for a frame, and its clock costs what it costs). All three are alive at the same
// time, and are pressed and left alone by turns.
func (t *table) use(empty, ours program, o options) error {
	quick := empty
	quick.args = []string{frameRate}
	programs := []program{empty, ours, quick}
	sittings, all := make([]*sitting, len(programs)), make([]used, len(programs))
	for i, p := range programs {
		s, err := start(p, false)
		if err != nil {
			return err
		}
		defer s.end()
		if _, err := s.firstFrame(); err != nil {
			return err
		}
		sittings[i] = s
	}
	time.Sleep(1500 * time.Millisecond) // what is done behind the first frame is no key's frame
	for k := range o.keys {
		for i, s := range sittings {
			all[i].press(s, []string{"a", "\x7f"}[k%2])
		}
	}
	time.Sleep(2 * time.Second) // the form is written a second after the last key
	const parts = 8
	for range parts {
		for i, s := range sittings {
			all[i].rest(s, o.idle/parts, 1.0/parts)
		}
	}
	for i, s := range sittings {
		all[i].memory = resident(s.cmd.Process.Pid)
	}
	e, x, q := all[0], all[1], all[2]
	t.rows = append(t.rows,
		row{name: "key to frame, half of them", unit: "ms", empty: median(e.keys), ours: median(x.keys), limit: 1.2},
		row{name: "key to frame, 99 of 100", unit: "ms", empty: quantile(e.keys, .99), ours: quantile(x.keys, .99), limit: 1.3},
		row{name: "keys without a frame", empty: float64(e.missing), ours: float64(x.missing), bounded: true},
		row{name: "memory after use", unit: "MB", empty: e.memory, ours: x.memory, limit: 6.5},
		row{name: "idle, at the same frame rate", unit: "% of a core", empty: q.cpu, ours: x.cpu, limit: 1.2},
		row{name: "idle, beside 60 frames a second", unit: "% of a core", empty: e.cpu, ours: x.cpu},
		row{name: "idle, written", unit: "B/s", empty: e.bytes, ours: x.bytes, bounded: true},
	)
	return nil
}

// press presses a key once.
func (u *used) press(s *sitting, key string) {
	if took, ok := s.press(key); ok {
		u.keys = append(u.keys, milliseconds(took))
	} else {
		u.missing++
	}
}

// rest leaves a program alone for a while, which is a share of all the rest it gets.
func (u *used) rest(s *sitting, span time.Duration, share float64) {
	pid, bytes, cpu, began := s.cmd.Process.Pid, s.count(), ran(s.cmd.Process.Pid), time.Now()
	time.Sleep(span)
	took := time.Since(began)
	u.cpu += share * 100 * float64(ran(pid)-cpu) / float64(took)
	u.bytes += share * float64(s.count()-bytes) / took.Seconds()
}

// print writes the table, and tells whether anything missed its limit.
func (t *table) print(w io.Writer, slow []string) (missed bool) {
	const line = "%-46s %10s %10s %7s %8s\n"
	fmt.Fprintf(w, line, "", "empty", "tintype", "ratio", "at most")
	for _, r := range t.rows {
		ratio, most := "–", "–"
		if r.empty > 0 {
			ratio = fmt.Sprintf("%.2f", r.ours/r.empty)
		}
		switch {
		case r.bounded:
			most = fmt.Sprintf("%.0f", r.most)
		case r.limit > 0:
			most = fmt.Sprintf("%.2f", r.limit)
		}
		if r.missed() {
			missed = true
			most += "  missed"
		}
		name := strings.TrimSuffix(r.name+", "+r.unit, ", ")
		fmt.Fprintf(w, line, name, fmt.Sprintf("%.2f", r.empty), fmt.Sprintf("%.2f", r.ours), ratio, most)
	}
	if len(slow) > 0 {
		slices.Sort(slow)
		fmt.Fprintf(w, "inits above %.0f ms: %s  missed\n", initLimit, strings.Join(slow, ", "))
		return true
	}
	fmt.Fprintf(w, "inits above %.0f ms: none\n", initLimit)
	return missed
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median(v []float64) float64 { return quantile(v, .5) }

// quantile is the value below which a share of the values lies; 0 of none.
func quantile(v []float64, share float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(v))
	return sorted[int(share*float64(len(sorted)-1)+.5)]
}

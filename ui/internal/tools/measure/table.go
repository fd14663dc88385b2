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

// frameRate is the frame rate that package ui sets.
const frameRate = "120"

// row is a measured value of both programs.
type row struct {
	name        string
	unit        string
	empty, ours float64
	maxRatio    float64 // of tintype to the empty program; 0 for none
	max         float64 // of tintype alone, if hasMax
	hasMax      bool    // most counts
}

// isMissed reports whether tintype exceeds the limit.
func (r row) isMissed() bool {
	if r.hasMax {
		return r.ours > r.max
	}
	return r.maxRatio > 0 && r.ours > r.maxRatio*r.empty
}

// table collects the measured values.
type table struct{ rows []row }

// measureStarts measures the time to the first frame, with a terminal that answers and with a mute one, and the memory
// then.
func (t *table) measureStarts(empty, ours program, o options) error {
	times, memory, cpu := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for i := range o.runs {
		for _, mute := range []bool{false, true} {
			for _, p := range inTurn(i, empty, ours) {
				one, err := measureStart(p, mute)
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
	answered := row{name: "first frame", unit: "ms", maxRatio: frameMaxRatio(o.data)}
	answered.empty, answered.ours = median(times["emptyfalse"]), median(times["tintypefalse"])
	mute := row{name: "first frame, mute against not", unit: "ms", maxRatio: 1.2}
	mute.empty, mute.ours = answered.ours, median(times["tintypetrue"])
	beside := row{name: "first frame, both mute", unit: "ms", maxRatio: 1.2}
	beside.empty, beside.ours = median(times["emptytrue"]), mute.ours
	resident := row{name: "memory after it", unit: "MB", maxRatio: 6.5}
	resident.empty, resident.ours = median(memory["empty"]), median(memory["tintype"])
	worked := row{name: "processor until then", unit: "ms", empty: median(cpu["empty"]), ours: median(cpu["tintype"])}
	t.rows = append(t.rows, answered, worked, mute, beside, resident)
	return nil
}

// frameMaxRatio is the limit for the first frame, by the size of the data folder: empty, 100,000 predictions, or a
// million, which take gigabytes.
func frameMaxRatio(data string) float64 {
	info, err := os.Stat(filepath.Join(data, "history.jsonl"))
	switch {
	case data == "" || err != nil:
		return 1.15
	case info.Size() < 1<<30:
		return 1.25
	}
	return 1.75
}

// inTurn alternates which program is first.
func inTurn(i int, empty, ours program) []program {
	if i%2 == 0 {
		return []program{empty, ours}
	}
	return []program{ours, empty}
}

// firstFrameCost is what a first frame costs.
type firstFrameCost struct {
	took   time.Duration
	cpu    time.Duration // on all cores
	memory float64       // MB, a moment later
}

// measureStart measures one start.
func measureStart(p program, mute bool) (firstFrameCost, error) {
	s, err := start(p, mute)
	if err != nil {
		return firstFrameCost{}, err
	}
	defer s.kill()
	took, err := s.firstFrame()
	if err != nil {
		return firstFrameCost{}, err
	}
	f := firstFrameCost{took: took, cpu: cpuTime(s.cmd.Process.Pid)}
	s.drain(150 * time.Millisecond)
	f.memory = residentMB(s.cmd.Process.Pid)
	return f, nil
}

// usage is what a program in use costs.
type usage struct {
	keys    []float64 // key to frame, ms
	missing int       // keys without a frame
	cpu     float64   // per cent of a core, while idle
	bytes   float64   // written per second, while idle
	memory  float64   // MB, at the end
}

// measureUse measures keys and idling of the empty program, of tintype, and of the empty program at tintype's frame
// rate, which is twice Bubble Tea's default. All three run at the same time and take turns.
func (t *table) measureUse(empty, ours program, o options) error {
	quick := empty
	quick.args = []string{frameRate}
	programs := []program{empty, ours, quick}
	sessions, all := make([]*session, len(programs)), make([]usage, len(programs))
	for i, p := range programs {
		s, err := start(p, false)
		if err != nil {
			return err
		}
		defer s.kill()
		if _, err := s.firstFrame(); err != nil {
			return err
		}
		sessions[i] = s
	}
	time.Sleep(1500 * time.Millisecond) // work after the first frame must not count as a key's frame
	for k := range o.keys {
		for i, s := range sessions {
			all[i].press(s, []string{"a", "\x7f"}[k%2])
		}
	}
	time.Sleep(2 * time.Second) // the form is saved a second after the last key
	const parts = 8
	for range parts {
		for i, s := range sessions {
			all[i].idle(s, o.idle/parts, 1.0/parts)
		}
	}
	for i, s := range sessions {
		all[i].memory = residentMB(s.cmd.Process.Pid)
	}
	e, x, q := all[0], all[1], all[2]
	t.rows = append(t.rows,
		row{name: "key to frame, half of them", unit: "ms", empty: median(e.keys), ours: median(x.keys), maxRatio: 1.2},
		row{name: "key to frame, 99 of 100", unit: "ms", empty: quantile(e.keys, .99), ours: quantile(x.keys, .99), maxRatio: 1.3},
		row{name: "keys without a frame", empty: float64(e.missing), ours: float64(x.missing), hasMax: true},
		row{name: "memory after use", unit: "MB", empty: e.memory, ours: x.memory, maxRatio: 6.5},
		row{name: "idle, at the same frame rate", unit: "% of a core", empty: q.cpu, ours: x.cpu, maxRatio: 1.2},
		row{name: "idle, beside 60 frames a second", unit: "% of a core", empty: e.cpu, ours: x.cpu},
		row{name: "idle, written", unit: "B/s", empty: e.bytes, ours: x.bytes, hasMax: true},
	)
	return nil
}

// press presses a key once and records the result.
func (u *usage) press(s *session, key string) {
	if took, ok := s.press(key); ok {
		u.keys = append(u.keys, milliseconds(took))
	} else {
		u.missing++
	}
}

// idle leaves a program alone for a span, which is a share of its total idle time.
func (u *usage) idle(s *session, span time.Duration, share float64) {
	pid, bytes, cpu, began := s.cmd.Process.Pid, s.outputSize(), cpuTime(s.cmd.Process.Pid), time.Now()
	time.Sleep(span)
	took := time.Since(began)
	u.cpu += share * 100 * float64(cpuTime(pid)-cpu) / float64(took)
	u.bytes += share * float64(s.outputSize()-bytes) / took.Seconds()
}

// print writes the table and reports whether a limit is exceeded.
func (t *table) print(w io.Writer, slow []string) (missed bool) {
	const line = "%-46s %10s %10s %7s %8s\n"
	fmt.Fprintf(w, line, "", "empty", "tintype", "ratio", "at most")
	for _, r := range t.rows {
		ratio, most := "–", "–"
		if r.empty > 0 {
			ratio = fmt.Sprintf("%.2f", r.ours/r.empty)
		}
		switch {
		case r.hasMax:
			most = fmt.Sprintf("%.0f", r.max)
		case r.maxRatio > 0:
			most = fmt.Sprintf("%.2f", r.maxRatio)
		}
		if r.isMissed() {
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

// quantile returns the value below which a share of the values lies; 0 without values.
func quantile(v []float64, share float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(v))
	return sorted[int(share*float64(len(sorted)-1)+.5)]
}

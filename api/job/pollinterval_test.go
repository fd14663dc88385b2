package job

import (
	"testing"
	"time"
)

func TestPaceStaysWithinItsBounds(t *testing.T) {
	t.Parallel()
	paces := []Durations{{}, Fit([]time.Duration{time.Second, time.Second, time.Second}), Fit([]time.Duration{time.Hour, time.Millisecond, time.Minute})}
	for _, p := range paces {
		for _, gap := range []time.Duration{250 * time.Millisecond, time.Second, 5 * time.Second} {
			r := Rules{MinPollInterval: gap, Durations: p}
			if first := r.firstGap(); first < gap || first > max(maxFirstGap, gap) {
				t.Errorf("first look after %v", first)
			}
			for age := time.Duration(0); age < 3*time.Hour; age = age*2 + 100*time.Millisecond {
				if next := r.nextGap(age); next < gap || next > slowGap || !p.isSlow(age) && next > max(maxGap, gap) {
					t.Errorf("at %v the next look comes after %v", age, next)
				}
			}
		}
	}
}

func TestLearn(t *testing.T) {
	t.Parallel()
	if Fit([]time.Duration{time.Second, time.Second}).Median() != 0 {
		t.Error("two teach nothing")
	}
	usual := Fit([]time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second, -time.Second, 0}).Median()
	if (usual - 2*time.Second).Abs() > time.Millisecond {
		t.Errorf("usually %v", usual)
	}
}

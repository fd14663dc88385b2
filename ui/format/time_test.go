package format

import (
	"testing"
	"time"
)

func TestAgeText(t *testing.T) {
	for _, c := range []struct {
		age         time.Duration
		long, short string
	}{
		{-time.Hour, "now", "now"},
		{59 * time.Second, "now", "now"},
		{time.Minute, "1 min", "1 m"},
		{3*time.Minute + 59*time.Second, "3 min", "3 m"},
		{59 * time.Minute, "59 min", "59 m"},
		{2 * time.Hour, "2 h", "2 h"},
		{Day, "1 day", "1 d"},
		{13 * Day, "13 days", "13 d"},
		{14 * Day, "2 weeks", "2 w"},
		{59 * Day, "8 weeks", "8 w"},
		{60 * Day, "2 months", "2 mo"},
		{364 * Day, "12 months", "12 mo"},
		{366 * Day, "1 year", "1 y"},
		{3000 * Day, "8 years", "8 y"},
	} {
		if got := AgeText(c.age, false); got != c.long {
			t.Errorf("%v: got %s, want %s", c.age, got, c.long)
		}
		if got := AgeText(c.age, true); got != c.short {
			t.Errorf("%v, short: got %s, want %s", c.age, got, c.short)
		}
	}
	if AgoText(time.Minute) != "1 min ago" || AgoText(0) != "now" {
		t.Errorf("got %q and %q", AgoText(time.Minute), AgoText(0))
	}
}

func TestDurations(t *testing.T) {
	for _, c := range []struct {
		d                    time.Duration
		took, seconds, brief string
	}{
		{-time.Second, "0.0 s", "0 s", "0 s"},
		{1200 * time.Millisecond, "1.2 s", "1 s", "1 s"},
		{8 * time.Second, "8.0 s", "8 s", "8 s"},
		{9949 * time.Millisecond, "9.9 s", "9 s", "9 s"},
		{9960 * time.Millisecond, "10 s", "9 s", "9 s"},
		{42 * time.Second, "42 s", "42 s", "42 s"},
		{time.Minute, "1 min", "1 min", "1 min"},
		{65 * time.Second, "1 min 5 s", "1 min 5 s", "1 min"},
		{time.Hour, "1 h", "1 h", "1 h"},
		{80 * time.Minute, "1 h 20 min", "1 h 20 min", "1 h"},
	} {
		if got := TookText(c.d); got != c.took {
			t.Errorf("%v took %s, want %s", c.d, got, c.took)
		}
		if got := SecondsText(c.d); got != c.seconds {
			t.Errorf("%v in seconds %s, want %s", c.d, got, c.seconds)
		}
		if got := BriefText(c.d); got != c.brief {
			t.Errorf("%v in brief %s, want %s", c.d, got, c.brief)
		}
	}
}

func TestCountdownAndLeft(t *testing.T) {
	if got := Countdown(4200 * time.Millisecond); got != 5*time.Second {
		t.Errorf("got %v", got)
	}
	if got := Countdown(-time.Second); got != 0 {
		t.Errorf("past: got %v", got)
	}
	for _, c := range []struct {
		elapsed, usual time.Duration
		want           string
	}{
		{3 * time.Second, 5 * time.Second, "about 2 s left"},
		{3 * time.Second, 3100 * time.Millisecond, "about 1 s left"},
		{5 * time.Second, 5 * time.Second, "longer than usual"},
		{5 * time.Second, 0, ""},
	} {
		if got := LeftText(c.elapsed, c.usual); got != c.want {
			t.Errorf("%v of %v: got %q", c.elapsed, c.usual, got)
		}
	}
}

func TestPercent(t *testing.T) {
	for fraction, want := range map[float64]int{0: 0, 0.29: 29, 0.625: 62, 0.999: 99, 1: 100, 3: 100, -1: 0} {
		if got := Percent(fraction); got != want {
			t.Errorf("%v: got %d, want %d", fraction, got, want)
		}
	}
}

func TestClockText(t *testing.T) {
	zone := time.FixedZone("here", 2*3600)
	now := time.Date(2026, 8, 12, 16, 0, 0, 0, zone)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 8, 12, 13, 2, 0, 0, time.UTC), "15:02"},
		{time.Date(2026, 8, 11, 22, 30, 0, 0, time.UTC), "00:30"},
		{time.Date(2026, 8, 11, 9, 5, 0, 0, zone), "11 Aug 09:05"},
		{time.Date(2025, 8, 12, 9, 5, 0, 0, zone), "12 Aug 2025 09:05"},
	} {
		if got := ClockText(c.at, now); got != c.want {
			t.Errorf("%v: got %s, want %s", c.at, got, c.want)
		}
	}
}

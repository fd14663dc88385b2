package format

import (
	"testing"
	"time"
)

func TestAge(t *testing.T) {
	for _, c := range []struct {
		age  time.Duration
		want string
	}{
		{-time.Hour, "just now"},
		{59 * time.Second, "just now"},
		{time.Minute, "1 min"},
		{3*time.Minute + 59*time.Second, "3 min"},
		{59 * time.Minute, "59 min"},
		{2 * time.Hour, "2 h"},
		{day, "1 day"},
		{13 * day, "13 days"},
		{14 * day, "2 weeks"},
		{59 * day, "8 weeks"},
		{60 * day, "2 months"},
		{364 * day, "12 months"},
		{366 * day, "1 year"},
		{3000 * day, "8 years"},
	} {
		if got := Age(c.age); got != c.want {
			t.Errorf("%v: got %s, want %s", c.age, got, c.want)
		}
	}
	if Ago(time.Minute) != "1 min ago" || Ago(0) != "just now" {
		t.Errorf("got %q and %q", Ago(time.Minute), Ago(0))
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
		if got := Duration(c.d); got != c.took {
			t.Errorf("%v took %s, want %s", c.d, got, c.took)
		}
		if got := Seconds(c.d); got != c.seconds {
			t.Errorf("%v in seconds %s, want %s", c.d, got, c.seconds)
		}
		if got := Brief(c.d); got != c.brief {
			t.Errorf("%v in brief %s, want %s", c.d, got, c.brief)
		}
	}
}

func TestCountdown(t *testing.T) {
	for _, c := range []struct {
		left        time.Duration
		long, brief string
	}{
		{4200 * time.Millisecond, "5 s", "5 s"},
		{64200 * time.Millisecond, "1 min 5 s", "1 min"},
		{0, "0 s", "0 s"},
		{-time.Second, "0 s", "0 s"},
	} {
		if long, brief := Countdown(c.left), BriefCountdown(c.left); long != c.long || brief != c.brief {
			t.Errorf("%v left: %q and %q, want %q and %q", c.left, long, brief, c.long, c.brief)
		}
	}
}

func TestTimeLeft(t *testing.T) {
	for _, c := range []struct {
		elapsed, usual time.Duration
		want           string
	}{
		{3 * time.Second, 5 * time.Second, "about 2 s left"},
		{3 * time.Second, 3100 * time.Millisecond, "about 1 s left"},
		{5 * time.Second, 5 * time.Second, "longer than usual"},
		{5 * time.Second, 0, ""},
	} {
		if got := TimeLeft(c.elapsed, c.usual); got != c.want {
			t.Errorf("%v of %v: got %q", c.elapsed, c.usual, got)
		}
	}
}

func TestClock(t *testing.T) {
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
		if got := Clock(c.at, now); got != c.want {
			t.Errorf("%v: got %s, want %s", c.at, got, c.want)
		}
	}
}

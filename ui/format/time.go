package format

import (
	"fmt"
	"math"
	"time"
)

const Day = 24 * time.Hour

// ageUnit is a step of an age: from so long on, so long is one of it.
type ageUnit struct {
	from, one         time.Duration
	word, many, short string
}

// ageUnits are in falling order; months and years are round ones, as people say them.
var ageUnits = [...]ageUnit{
	{365 * Day, 365 * Day, "year", "years", "y"},
	{60 * Day, 30 * Day, "month", "months", "mo"},
	{14 * Day, 7 * Day, "week", "weeks", "w"},
	{Day, Day, "day", "days", "d"},
	{time.Hour, time.Hour, "h", "h", "h"},
	{time.Minute, time.Minute, "min", "min", "m"},
}

// AgeText is how long ago something was: "now" below a minute, then "3 min", "2 h", "5 days"; short: "3 m", "5 d".
func AgeText(age time.Duration, short bool) string {
	for _, u := range ageUnits {
		if age < u.from {
			continue
		}
		n := int(age / u.one)
		switch {
		case short:
			return fmt.Sprintf("%d %s", n, u.short)
		case n == 1:
			return fmt.Sprintf("%d %s", n, u.word)
		}
		return fmt.Sprintf("%d %s", n, u.many)
	}
	return "now"
}

// AgoText is an age in a sentence: "now", "1 min ago".
func AgoText(age time.Duration) string {
	if said := AgeText(age, false); said != "now" {
		return said + " ago"
	}
	return "now"
}

// TookText is how long something took or usually takes: "1.2 s", "8.0 s", "42 s", "3 min 5 s", "1 h 20 min".
func TookText(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	if d < 9950*time.Millisecond { // what is not rounded to 10.0
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return SecondsText(d.Round(time.Second))
}

// SecondsText is a running time in whole seconds: "3 s", "1 min 5 s", "1 h 20 min".
func SecondsText(d time.Duration) string {
	s := int(max(0, d) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600 && s%60 == 0:
		return fmt.Sprintf("%d min", s/60)
	case s < 3600:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	case s%3600 < 60:
		return fmt.Sprintf("%d h", s/3600)
	}
	return fmt.Sprintf("%d h %d min", s/3600, s%3600/60)
}

// BriefText is a running time in its greatest unit alone, where there is room for no more: "3 s", "1 min", "2 h".
func BriefText(d time.Duration) string {
	switch d = max(0, d); {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d/time.Second))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	}
	return fmt.Sprintf("%d h", int(d/time.Hour))
}

// Countdown is the time that is left until something, in seconds that are not over yet: 4.2 s left are "5 s".
func Countdown(left time.Duration) time.Duration {
	return time.Duration(math.Ceil(max(0, left).Seconds())) * time.Second
}

// LeftText is what a model's own history lets one expect: "about 2 s left", "longer than usual" past the estimate, ""
// without one (usual 0).
func LeftText(elapsed, usual time.Duration) string {
	switch {
	case usual <= 0:
		return ""
	case elapsed >= usual:
		return "longer than usual"
	}
	return "about " + SecondsText(Countdown(usual-elapsed)) + " left"
}

// Percent is a fraction in whole percent, never rounded up to what is not done.
func Percent(fraction float64) int {
	return max(0, min(int(fraction*100+1e-9), 100))
}

// ClockText is a moment as a person says it now: "15:02", on another day "12 Aug 15:02", in another year with it.
func ClockText(t, now time.Time) string {
	t = t.In(now.Location())
	switch {
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

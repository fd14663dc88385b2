package format

import (
	"fmt"
	"math"
	"time"
)

const day = 24 * time.Hour

// ageUnit is a unit of an age, used for ages of at least from.
type ageUnit struct {
	from, length   time.Duration
	singular, many string
}

// ageUnits are the units in falling order. Months have 30 days and years 365, as is usual in speech.
var ageUnits = [...]ageUnit{
	{365 * day, 365 * day, "year", "years"},
	{60 * day, 30 * day, "month", "months"},
	{14 * day, 7 * day, "week", "weeks"},
	{day, day, "day", "days"},
	{time.Hour, time.Hour, "h", "h"},
	{time.Minute, time.Minute, "min", "min"},
}

const justNow = "just now"

// Age writes how old something is in one unit: "just now" below a minute, then "3 min", "2 h", "5 days". A letter alone would not tell
// minutes from months.
func Age(age time.Duration) string {
	for _, u := range ageUnits {
		if age < u.from {
			continue
		}
		n := int(age / u.length)
		if n == 1 {
			return fmt.Sprintf("%d %s", n, u.singular)
		}
		return fmt.Sprintf("%d %s", n, u.many)
	}
	return justNow
}

// Ago writes an age in a sentence: "just now", "1 min ago".
func Ago(age time.Duration) string {
	if s := Age(age); s != justNow {
		return s + " ago"
	}
	return justNow
}

// Duration writes how long something took, or usually takes: "1.2 s", "8.0 s", "42 s", "3 min 5 s", "1 h 20 min".
func Duration(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	if d < 9950*time.Millisecond { // longer ones are rounded to 10 s or more
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return Seconds(d.Round(time.Second))
}

// Seconds writes a running time in whole seconds, rounded down: "3 s", "1 min 5 s", "1 h 20 min".
func Seconds(d time.Duration) string {
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

// Brief writes a running time in its largest unit only, for narrow places: "3 s", "1 min", "2 h".
func Brief(d time.Duration) string {
	switch d = max(0, d); {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d/time.Second))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	}
	return fmt.Sprintf("%d h", int(d/time.Hour))
}

// Countdown writes the time left until something, rounded up so that it reaches "0 s" only when the time has come: 4.2 s left are
// "5 s".
func Countdown(left time.Duration) string { return Seconds(ceilSeconds(left)) }

// BriefCountdown is Countdown for narrow places.
func BriefCountdown(left time.Duration) string { return Brief(ceilSeconds(left)) }

// ceilSeconds rounds up to whole seconds.
func ceilSeconds(d time.Duration) time.Duration {
	return time.Duration(math.Ceil(max(0, d).Seconds())) * time.Second
}

// TimeLeft writes how much longer a run should take by the model's usual duration: "about 2 s left", or "longer than usual" if it has
// already taken longer. It is "" where the usual duration is unknown (0).
func TimeLeft(elapsed, usual time.Duration) string {
	switch {
	case usual <= 0:
		return ""
	case elapsed >= usual:
		return "longer than usual"
	}
	return "about " + Countdown(usual-elapsed) + " left"
}

// Clock writes a time as people say it now, in now's time zone: "15:02", on another day "12 Aug 15:02", in another year "12 Aug 2025
// 15:02".
func Clock(t, now time.Time) string {
	t = t.In(now.Location())
	switch {
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

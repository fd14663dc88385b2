package format_test

import (
	"fmt"
	"time"

	"tintype/ui/format"
)

func ExampleDollars() {
	fmt.Println(format.Dollars(0.003), format.Dollars(0.04), format.Dollars(12.4))
	// Output: $0.003 $0.04 $12.40
}

func ExamplePrice() {
	fmt.Println(format.Price(0.003, true, false))
	fmt.Println(format.Price(0, false, false))
	fmt.Println(format.Price(0, true, true))
	// Output:
	// about $0.003
	// price unknown
	// free
}

func ExampleCost() {
	usd := 0.003
	fmt.Println(format.Cost(&usd, true, false))
	fmt.Println(format.Cost(&usd, false, false))
	fmt.Println(format.Cost(nil, false, false))
	// Output:
	// $0.003
	// ~$0.003
	// price unknown
}

func ExampleIsPriceJump() {
	fmt.Println(format.IsPriceJump(0.03, 0.003), format.IsPriceJump(0.025, 0.003))
	// Output: true false
}

func ExampleSpending() {
	var sum format.Spending
	for _, usd := range []float64{0.003, 0.025} {
		sum.Add(&usd)
	}
	sum.Add(nil)
	fmt.Println(sum.Text("today"))
	// Output: ~$0.028 today + 1 unknown
}

func ExampleCount() {
	fmt.Println(format.Count(1204))
	// Output: 1,204
}

func ExamplePlural() {
	fmt.Println(format.Plural(1, "word"))
	fmt.Println(format.Plural(1204, "word"))
	// Output:
	// 1 word
	// 1,204 words
}

func ExampleBytes() {
	fmt.Println(format.Bytes(812), format.Bytes(14_200), format.Bytes(3_100_000))
	// Output: 812 B 14.2 kB 3.1 MB
}

func ExamplePercent() {
	fmt.Println(format.Percent(0.625), format.Percent(0.999))
	// Output: 62 99
}

func ExampleSentence() {
	fmt.Println(format.Sentence("there is no such file"))
	fmt.Println(format.Sentence("output_quality takes a number"))
	// Output:
	// There is no such file.
	// output_quality takes a number.
}

func ExampleUpperFirst() {
	fmt.Println(format.UpperFirst("the demo cannot cancel."))
	// Output: The demo cannot cancel.
}

func ExampleLowerFirst() {
	fmt.Println("That could not be written down: " + format.LowerFirst("The disk is full."))
	// Output: That could not be written down: the disk is full.
}

func ExampleClean() {
	fmt.Printf("%q\n", format.Clean("two\nlines"))
	// Output: "two lines"
}

func ExampleAge() {
	fmt.Println(format.Age(3*time.Minute), "or", format.Age(90*24*time.Hour))
	// Output: 3 min or 3 months
}

func ExampleAgo() {
	fmt.Println(format.Ago(20*time.Second), "or", format.Ago(5*24*time.Hour))
	// Output: just now or 5 days ago
}

func ExampleDuration() {
	fmt.Println(format.Duration(8 * time.Second))
	fmt.Println(format.Duration(185 * time.Second))
	// Output:
	// 8.0 s
	// 3 min 5 s
}

func ExampleSeconds() {
	fmt.Println(format.Seconds(8900 * time.Millisecond))
	// Output: 8 s
}

func ExampleBrief() {
	fmt.Println(format.Brief(185 * time.Second))
	// Output: 3 min
}

func ExampleCountdown() {
	fmt.Println(format.Countdown(64200 * time.Millisecond))
	// Output: 1 min 5 s
}

func ExampleBriefCountdown() {
	fmt.Println(format.BriefCountdown(64200 * time.Millisecond))
	// Output: 1 min
}

func ExampleTimeLeft() {
	fmt.Println(format.TimeLeft(3*time.Second, 8*time.Second))
	fmt.Println(format.TimeLeft(9*time.Second, 8*time.Second))
	// Output:
	// about 5 s left
	// longer than usual
}

func ExampleClock() {
	now := time.Date(2026, 8, 12, 16, 0, 0, 0, time.UTC)
	fmt.Println(format.Clock(now.Add(-time.Hour), now), "or", format.Clock(now.Add(-48*time.Hour), now))
	// Output: 15:00 or 10 Aug 16:00
}

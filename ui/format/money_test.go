package format

import (
	"math"
	"testing"
)

func TestDollars(t *testing.T) {
	for usd, want := range map[float64]string{
		0.003: "$0.003", 0.012: "$0.012", 0.025: "$0.025", 0.04: "$0.04", 0.192: "$0.192", 0.41: "$0.41", 0.4: "$0.40",
		0: "$0", 0.0025: "$0.0025", 0.00001: "under $0.0001", 0.9996: "$1.00", 1: "$1.00", 12.4: "$12.40",
		1234.5: "$1,234.50", 1234567: "$1,234,567.00", 0.1 + 0.2: "$0.30", -1: "$0",
	} {
		if got := Dollars(usd); got != want {
			t.Errorf("%v: got %s, want %s", usd, got, want)
		}
	}
}

func TestPrice(t *testing.T) {
	for _, c := range []struct {
		usd         float64
		known, free bool
		want        string
	}{
		{0.003, true, false, "about $0.003"},
		{0.00001, true, false, "under $0.0001"},
		{0.003, false, false, "price unknown"},
		{0.003, true, true, "free"},
		{math.NaN(), true, false, "price unknown"},
		{math.Inf(1), true, false, "price unknown"},
		{-4, true, false, "price unknown"},
	} {
		if got := Price(c.usd, c.known, c.free); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func TestCost(t *testing.T) {
	usd, broken := 0.003, math.NaN()
	for _, c := range []struct {
		usd            *float64
		reported, free bool
		want           string
	}{
		{&usd, false, false, "~$0.003"},
		{&usd, true, false, "$0.003"},
		{nil, false, false, "price unknown"},
		{&broken, true, false, "price unknown"},
		{nil, false, true, "free"},
	} {
		if got := Cost(c.usd, c.reported, c.free); got != c.want {
			t.Errorf("%+v: got %s, want %s", c, got, c.want)
		}
	}
}

func TestSpending(t *testing.T) {
	var s Spending
	if got := s.Text("today"); got != "" {
		t.Errorf("nothing bought: got %q", got)
	}
	for range 3 {
		s.Add(nil)
	}
	if got := s.Text("today"); got != "3 prices unknown" {
		t.Errorf("only unknown ones: got %q", got)
	}
	for range 137 {
		usd := 0.003
		s.Add(&usd)
	}
	if got := s.Text("today"); got != "~$0.41 today + 3 unknown" {
		t.Errorf("got %q", got)
	}
	if got := (Spending{usd: 0.4137}).Text(""); got != "~$0.41" {
		t.Errorf("got %q", got)
	}
}

func TestIsPriceJump(t *testing.T) {
	for _, c := range []struct {
		usd, last float64
		want      bool
	}{{0.03, 0.003, true}, {0.029, 0.003, false}, {0.3, 0, false}, {0.25, 0.025, true}} {
		if got := IsPriceJump(c.usd, c.last); got != c.want {
			t.Errorf("%v after %v: got %t", c.usd, c.last, got)
		}
	}
}

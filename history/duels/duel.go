package duels

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Name is the name of the file in the data folder.
const Name = "duels.jsonl"

// Version is the version of the lines that this program writes.
const Version = 1

// An Outcome is what a person chose between two pictures.
type Outcome string

// The outcomes.
const (
	A   Outcome = "a"   // A is better
	B   Outcome = "b"   // B is better
	Tie Outcome = "tie" // both are equally good
	Bad Outcome = "bad" // both are bad
)

// Other returns the outcome of the same duel with A and B exchanged.
func (o Outcome) Other() Outcome {
	switch o {
	case A:
		return B
	case B:
		return A
	}
	return o
}

// A Duel is one choice between two pictures.
type Duel struct {
	Time time.Time // when it was chosen; Append sets it
	A, B Picture
	Won  Outcome
	Left string // "a" or "b": which one was shown at the left; "" if that is not known
	Of   string // key of the plan whose pictures were compared; "" for none
}

// id returns what a duel is known by.
func (d Duel) id() id { return id{d.Time.UnixNano(), d.A, d.B} }

type id struct {
	time int64
	a, b Picture
}

// A Picture is one picture of a prediction.
type Picture struct {
	Key    string // of the prediction
	Output int    // which of its pictures, counted from 1
}

// String returns the picture as lines name it: 01m8…#1.
func (p Picture) String() string { return p.Key + "#" + strconv.Itoa(p.Output) }

// parsePicture reads what String returns. A key alone is its first picture.
func parsePicture(s string) (Picture, error) {
	key, number, found := strings.Cut(s, "#")
	n := 1
	if found {
		var err error
		if n, err = strconv.Atoi(number); err != nil {
			return Picture{}, fmt.Errorf("%q is no number of a picture.", number)
		}
	}
	p := Picture{key, n}
	if !p.isOne() {
		return Picture{}, fmt.Errorf("%q names no picture.", s)
	}
	return p, nil
}

// isOne reports whether p can be a picture.
func (p Picture) isOne() bool {
	return p.Key != "" && len(p.Key) <= maxKey && p.Output >= 1 && p.Output <= maxOutput
}

// maxKey is how long a key may be, in bytes, and maxOutput how many pictures a prediction may have.
const (
	maxKey    = 64
	maxOutput = 1 << 20
)

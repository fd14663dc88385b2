// Package history keeps the journal of all predictions, searches it, and keeps their pictures on disk.
package history

import (
	"context"
	"errors"
	"time"
)

// LogLimit is how much of the logs' end an entry keeps, in bytes.
const LogLimit = 8 << 10

type Options struct {
	Dir string
	App string
	Now func() time.Time
}

type History struct{}

var (
	ErrNotFound  = errors.New("No prediction has that name.")
	ErrAmbiguous = errors.New("More than one prediction begins like that; type more of the key.")
)

func NewKey(now time.Time) string      { return "" }
func Open(o Options) (*History, error) { return &History{}, nil }
func (h *History) Trouble() error      { return nil }
func (h *History) Notice() string      { return "" }
func (h *History) Append(key string, change func(latest Entry) Entry) (Entry, error) {
	return Entry{}, nil
}
func (h *History) Newest(n int) ([]Entry, error)                { return nil, nil }
func (h *History) Get(name string) (Entry, error)               { return Entry{}, nil }
func (h *History) Entries(keys []string) ([]Entry, error)       { return nil, nil }
func (h *History) Unended() ([]Entry, error)                    { return nil, nil }
func (h *History) Build(ctx context.Context) error              { return nil }
func (h *History) Built() bool                                  { return false }
func (h *History) Refresh(ctx context.Context) ([]Entry, error) { return nil, nil }
func (h *History) Keys() []string                               { return nil }
func (h *History) Len() int                                     { return 0 }
func (h *History) Search(ctx context.Context, q Query, limit int) (keys []string, total int, err error) {
	return nil, 0, nil
}
func (h *History) Prompts(match string, limit int) []Prompt      { return nil }
func (h *History) Driver() string                                { return "" }
func (h *History) Alive(driver string) bool                      { return false }
func (h *History) Durations(model string, n int) []time.Duration { return nil }
func (h *History) Path(rel string) string                        { return "" }
func (h *History) Part(e Entry, output int) (*Part, error)       { return nil, nil }
func (h *History) Close() error                                  { return nil }

// A Query is what ParseQuery understood.
type Query struct{}

func ParseQuery(s string, now time.Time) (Query, error) { return Query{}, nil }

// Empty reports whether the query asks for nothing, so that everything is found.
func (q Query) Empty() bool { return true }

// Hits returns the byte ranges of text that the query's words and phrases hit, in order, for underlining.
func (q Query) Hits(text string) [][2]int { return nil }

// A Prompt is one text that was developed, however often.
type Prompt struct {
	Text               string
	Used, Done, Failed int
	Last               time.Time
}

type Part struct{}

func (p *Part) Write(b []byte) (int, error) { return 0, nil }
func (p *Part) Offset() int64               { return 0 }
func (p *Part) ETag() string                { return "" }
func (p *Part) SetETag(tag string)          {}
func (p *Part) Restart() error              { return nil }
func (p *Part) Commit() (Output, error)     { return Output{}, nil }
func (p *Part) Discard() error              { return nil }
func (p *Part) Close() error                { return nil }

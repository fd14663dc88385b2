package history

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// newSample returns a small history for queries, and its keys by name.
func newSample(t testing.TB) (h *History, keys map[string]string) {
	h = openHistory(t, t.TempDir())
	keys = map[string]string{}
	add := func(name string, ago time.Duration, text string, change func(e *Entry)) {
		key := NewKey(noon.Add(-ago))
		keys[name] = key
		mustAppend(t, h, key, func(e Entry) Entry {
			e.State, e.Model, e.Provider = Done, "black-forest-labs/flux-schnell", "cometapi"
			e.Input = map[string]any{"prompt": text, "aspect_ratio": "1:1", "output_format": "webp"}
			change(&e)
			return e
		})
	}
	cost, seed := 0.025, int64(62182)
	add("march", 270*24*time.Hour, "A red boat", func(e *Entry) { e.Metrics = map[string]float64{"predict_time": 12} })
	add("week", 5*24*time.Hour, "A LIGHTHOUSE at dusk, golden hour", func(e *Entry) {
		e.Model, e.Cost, e.Seed = "black-forest-labs/flux-dev", &cost, &seed
		e.Input["aspect_ratio"] = "16:9"
		e.Metrics = map[string]float64{"predict_time": 8.5, "total_time": 20}
	})
	add("yesterday", 26*time.Hour, "Ein Leuchtturm über dem Meer", func(e *Entry) {
		e.Input["output_format"], e.Input["seed"] = "jpg", 7
		e.Tags, e.Note = []string{"Poster", "sea"}, "for Anna"
	})
	add("failed", 3*time.Hour, "paper boat, \"storm\"\nheavy rain", func(e *Entry) { e.State, e.Provider = Failed, "replicate" })
	add("waiting", time.Minute, "Лодка на воде", func(e *Entry) { e.State, e.Star = Waiting, true })
	add("unconfirmed", time.Second, "boat", func(e *Entry) { e.State = Unconfirmed; e.Outputs = []Output{{Star: true}} })
	add("trashed", time.Second, "boat thrown away", func(e *Entry) { e.Trashed = true })
	return h, keys
}

func TestQueries(t *testing.T) {
	h, keys := newSample(t)
	for query, want := range map[string]string{
		"":                                "unconfirmed waiting failed yesterday week march",
		"boat":                            "unconfirmed failed march",
		"BOAT red":                        "march",
		"boat -red":                       "unconfirmed failed",
		"-boat":                           "waiting yesterday week",
		`"golden hour"`:                   "week",
		`"hour golden"`:                   "",
		`-"paper boat" boat`:              "unconfirmed march",
		"лодка":                           "waiting",
		"ÜBER":                            "yesterday",
		`"storm heavy"`:                   "",
		"rain":                            "failed",
		"poster":                          "yesterday",
		"anna meer":                       "yesterday",
		"-anna":                           "unconfirmed waiting failed week march",
		"tag:post":                        "yesterday",
		"tag:anna":                        "",
		"model:dev":                       "week",
		"-model:dev boat":                 "unconfirmed failed march",
		"state:failed":                    "failed",
		"state:f":                         "failed",
		"ratio:16:9":                      "week",
		"format:jpeg":                     "yesterday",
		"format:png":                      "",
		"seed:62182":                      "week",
		"seed:7":                          "yesterday",
		"seed<100":                        "yesterday",
		"provider:replicate":              "failed",
		"provider:comet boat":             "unconfirmed march",
		"after:yesterday":                 "unconfirmed waiting failed yesterday",
		"after:today":                     "unconfirmed waiting failed",
		"before:2026-03-01":               "march",
		"before:yesterday after:2026-11":  "week",
		"after:2026-11-20T11:30":          "unconfirmed waiting",
		"after:7d before:today":           "yesterday week",
		"after:1h":                        "unconfirmed waiting",
		"cost>0.01":                       "week",
		"cost<=0.025":                     "week",
		"cost:0.025":                      "week",
		"-cost>0.01":                      "unconfirmed waiting failed yesterday march",
		"time>10s":                        "march",
		"time>8":                          "week march",
		"time<9s":                         "week",
		"time>=0.2m":                      "march",
		"is:running":                      "waiting",
		"state:running":                   "waiting",
		"state:run":                       "waiting",
		"is:starred":                      "unconfirmed waiting",
		"is:unconfirmed":                  "unconfirmed",
		"is:trashed":                      "trashed",
		"-is:starred boat":                "failed march",
		"is:ended boat":                   "failed march",
		"lighthuose":                      "",
		"~lighthuose":                     "week",
		"~ lthouse":                       "week",
		"~leuchturm":                      "yesterday",
		"~boat":                           "unconfirmed failed march",
		"~xyzzy":                          "",
		"key:" + keys["week"][:10]:        "week",
		"key:" + keys["week"][18:]:        "week",
		"16:9":                            "",
		"boat model:schnell state:failed": "failed",
	} {
		q, err := ParseQuery(query, noon)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		}
		found, total, err := h.Search(t.Context(), q, 0)
		var wanted []string
		for name := range strings.FieldsSeq(want) {
			wanted = append(wanted, keys[name])
		}
		near, more, nearErr := h.SearchFirst(t.Context(), q, 99)
		if nearErr != nil || more || !slices.Equal(near.All(), wanted) {
			t.Errorf("%s: first %s, %v %v", query, namesOf(keys, near), more, nearErr)
		}
		if err != nil || total != len(wanted) || !slices.Equal(found.All(), wanted) {
			t.Errorf("%s: %s, %d in all (%v), want %s", query, namesOf(keys, found), total, err, want)
		}
	}
}

func namesOf(keys map[string]string, found Keys) string {
	var names []string
	for _, key := range found.All() {
		for name, k := range keys {
			if k == key {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, " ")
}

func TestQueriesWithBadTerms(t *testing.T) {
	h, keys := newSample(t)
	for _, c := range []struct {
		query string
		at    int
		part  string
		says  string
		want  string
	}{
		{"boat modle:dev", 5, "modle:dev", "no field", "unconfirmed failed march"},
		{"boat state:gone", 5, "state:gone", "there are running, done,", "unconfirmed failed march"},
		{"cost>much red", 0, "cost>much", "USD", "march"},
		{"red time>soon", 4, "time>soon", "10s", "march"},
		{"after:someday red", 0, "after:someday", "not a day", "march"},
		{"red seed:x", 4, "seed:x", "whole number", "march"},
		{"red model:", 4, "model:", "a part of a model's name", "march"},
		{"red model>dev", 4, "model>dev", "compared", "march"},
		{"red is:blue", 4, "is:blue", "starred", "march"},
		{"red -", 4, "-", "minus", "march"},
		{`boat "a red`, 5, `"a red`, "not closed", "march"},
	} {
		q, err := ParseQuery(c.query, noon)
		var bad *QueryError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if p := bad.Terms[0]; p.At != c.at || p.Text != c.part || !strings.Contains(p.Reason, c.says) {
			t.Errorf("%s: %+v", c.query, p)
		}
		found, _, _ := h.Search(t.Context(), q, 0)
		if got := namesOf(keys, found); got != c.want {
			t.Errorf("%s finds %s, want %s", c.query, got, c.want)
		}
	}
}

func TestSearchLimitAndTotal(t *testing.T) {
	h, keys := newSample(t)
	q, _ := ParseQuery("boat", noon)
	found, total, err := h.Search(t.Context(), q, 2)
	if err != nil || total != 3 || namesOf(keys, found) != "unconfirmed failed" {
		t.Errorf("%v of %d, %v", found, total, err)
	}
}

func TestSearchFirst(t *testing.T) {
	t.Parallel()
	var lines []Entry
	for i := range 4*collectStep + 3000 {
		e := Entry{V: 1, Rev: 1, Key: ulid{uint64(i+1) << 16, uint64(i)}.String(), State: Done, Input: map[string]any{"prompt": fmt.Sprint("boat ", i%1000)}}
		if i < 10 {
			e.Input["prompt"] = "old fox"
		}
		lines = append(lines, e)
	}
	h := openHistory(t, writeEntries(t, lines))
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	for query, limit := range map[string]int{"boat": 500, "fox": 3, "fox old": 20, "none": 5, "boat 77": 40, "": 7, "-boat": 10} {
		q, _ := ParseQuery(query, noon)
		first, more, err := h.SearchFirst(t.Context(), q, limit)
		all, total, _ := h.Search(t.Context(), q, limit)
		if err != nil || !slices.Equal(first.All(), all.All()) || more != (total > limit) && total != limit {
			t.Errorf("%q: %d (%v), want %d of %d, %v", query, first.Len(), more, all.Len(), total, err)
		}
	}
}

func TestHits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, text, want string }{
		{"boat red", "A Red boat, a rowBOAT", "Red boat BOAT"},
		{`"a b"`, "a\nb", "a\nb"},
		{"İ лодка", "Лодка İstanbul", "Лодка İ"},
		{"aa", "aaa", "aa"},
		{"ab bc", "abc", "abc"},
		{"-boat", "boat", ""},
	} {
		q, _ := ParseQuery(c.query, noon)
		var got []string
		for _, r := range q.Hits(c.text) {
			got = append(got, c.text[r[0]:r[1]])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s in %q: %q", c.query, c.text, got)
		}
	}
}

func TestPrompts(t *testing.T) {
	h := openHistory(t, t.TempDir())
	for i, text := range []string{"a boat", "a cat", "A boat", "", "a fox", "a boat"} {
		state := Done
		if i == 0 {
			state = Failed
		}
		mustAppend(t, h, NewKey(noon.Add(time.Duration(i)*time.Second)), func(e Entry) Entry {
			e = withPrompt(text)(e)
			e.State = state
			return e
		})
	}
	got := fmt.Sprint(describePrompts(h.Prompts("", 0)), describePrompts(h.Prompts("BOA", 0)), describePrompts(h.Prompts("a", 2)))
	want := "[a boat 3 2 1 a fox 1 1 0 a cat 1 1 0] [a boat 3 2 1] [a boat 3 2 1 a fox 1 1 0]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if last := h.Prompts("cat", 0)[0].Last; !last.Equal(noon.Add(time.Second)) {
		t.Errorf("last used %v", last)
	}
}

func describePrompts(prompts []Prompt) (out []string) {
	for _, p := range prompts {
		out = append(out, fmt.Sprintf("%s %d %d %d", p.Text, p.Used, p.Done, p.Failed))
	}
	return out
}

func TestDurations(t *testing.T) {
	h, _ := newSample(t)
	got := h.Durations("black-forest-labs/flux-dev", 5)
	if len(got) != 1 || got[0] != 8500*time.Millisecond {
		t.Error(got)
	}
	if got := h.Durations("nobody/nothing", 5); got != nil {
		t.Error(got)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"boat -red", `"a b" model:dev`, "cost>0.01 time<=10s", "~x is:starred", "after:7d", `-"`, "seed:="} {
		f.Add(s)
	}
	h, _ := newSample(f)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s, noon)
		var bad *QueryError
		if err != nil && (!errors.As(err, &bad) || bad.Error() == "") {
			t.Errorf("%q: %v", s, err)
		}
		keys, total, err := h.Search(t.Context(), q, 3)
		if err != nil || keys.Len() > 3 || total < keys.Len() {
			t.Errorf("%q: %d of %d, %v", s, keys.Len(), total, err)
		}
		for _, r := range q.Hits(s) {
			if r[0] >= r[1] || r[1] > len(s) {
				t.Errorf("%q: hit %v", s, r)
			}
		}
	})
}

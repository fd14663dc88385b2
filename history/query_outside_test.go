package history

import "testing"

func TestQueryOutside(t *testing.T) {
	h := openHistory(t, t.TempDir())
	first, second := mustAppend(t, h, NewKey(noon), withPrompt("a red fox")), mustAppend(t, h, NewKey(noon), withPrompt("a red boat"))
	for _, c := range []struct {
		query  string
		answer bool
		want   string // the key that is found alone; "" for none, "both" for both
	}{
		{"red from:Abc", true, first.Key},
		{"red -from:Abc", true, second.Key},
		{"boat from:Abc", true, ""},
		{"red is:ROOT", true, first.Key},
		{"red from:Abc", false, ""}, // nobody answered
		{"red -is:leaf", false, "both"},
	} {
		q, err := ParseQuery(c.query, noon)
		if err != nil || len(q.Outside()) != 1 {
			t.Fatalf("%s: %v, %d parts", c.query, err, len(q.Outside()))
		}
		part := q.Outside()[0]
		if name := part.Name + ":" + part.Value; name != "from:Abc" && name != "is:root" && name != "is:leaf" {
			t.Errorf("%s: %s", c.query, name)
		}
		if c.answer {
			part.Answer(func(key string) bool { return key == first.Key })
		}
		keys, total, err := h.Search(t.Context(), q, 0)
		switch {
		case err != nil:
			t.Error(err)
		case c.want == "both" && total == 2, c.want == "" && total == 0:
		case total != 1 || keys.At(0) != c.want:
			t.Errorf("%s: %d found, want %q", c.query, total, c.want)
		}
	}
	for _, query := range []string{"from:", "from>3", "is:rooted"} {
		if _, err := ParseQuery(query, noon); err == nil {
			t.Errorf("%s is accepted", query)
		}
	}
}

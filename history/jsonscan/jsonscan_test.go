package jsonscan

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// fields returns the fields of an object as encoding/json would: with decoded names, and the last value of a repeated
// one.
func fields(t *testing.T, object []byte) (found map[string]string, complete bool) {
	t.Helper()
	found = map[string]string{}
	complete = Fields(object, func(name, value []byte) {
		var s string
		if err := json.Unmarshal([]byte(`"`+string(name)+`"`), &s); err != nil {
			s = string(name)
		}
		found[s] = string(value)
	})
	return found, complete
}

func TestFields(t *testing.T) {
	t.Parallel()
	for object, want := range map[string]string{
		`{}`:                                    "",
		"{ \t}\r\n":                             "",
		`{"a":1,"b":"x"}`:                       `a=1 b="x"`,
		` { "a" : [1, {"b":"]"}] , "c":null } `: `a=[1, {"b":"]"}] c=null`,
		`{"a\"b":"\\","c":"\\\""}`:              `a"b="\\" c="\\\""`,
		`{"a":1,"a":2}`:                         "a=2",
		`{"` + strings.Repeat("long", 20) + `":"` + strings.Repeat("x", 70) + `\""}`: strings.Repeat("long", 20) + `="` + strings.Repeat("x", 70) + `\""`,
	} {
		found, complete := fields(t, []byte(object))
		var got []string
		for _, name := range slices.Sorted(maps.Keys(found)) {
			got = append(got, name+"="+found[name])
		}
		if s := strings.Join(got, " "); !complete || s != want {
			t.Errorf("%s: %s, complete: %v, want %s", object, s, complete, want)
		}
	}
	for _, bad := range []string{``, `x`, `[1]`, `{`, `{"a"`, `{"a":`, `{"a":}`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{"a":1}}`, `{"a":1} x`, `{"a" 1}`, `{"a":"x}`, `{"a":"x\"}`, `{"a":[1}`, "{\"a\":\x00}", "{\"a\":[\x00]}"} {
		if _, complete := fields(t, []byte(bad)); complete {
			t.Errorf("%q is taken for a complete object", bad)
		}
	}
}

// FuzzFields: in a valid object the scan finds what encoding/json finds, and a truncated one is not complete.
func FuzzFields(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":1,"b":[{"c":"]"}]}`, `{"a\u0062":"\\\""}`, ` {"a" : -1e9 , "a":true}`, `[1]`, `{"a":"\ud83d"}`, "{\"\xff\":\"\xff\"}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		found, complete := fields(t, object)
		var want map[string]json.RawMessage
		if json.Unmarshal(object, &want) != nil || want == nil {
			return
		}
		if !complete || len(found) != len(want) {
			t.Fatalf("%q: %q, complete: %v", object, found, complete)
		}
		for name, value := range want {
			if found[name] != string(value) {
				t.Errorf("%q: %q is %q, want %q", object, name, found[name], value)
			}
		}
		object = bytes.TrimSpace(object)
		for cut := range min(len(object), 300) {
			if _, complete := fields(t, object[:cut]); complete {
				t.Errorf("%q is taken for a complete object", object[:cut])
			}
		}
	})
}

package text

import (
	"encoding/json"
	"testing"
)

func TestEscapeJSON(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"a": 1}`, `{"a": 1}`},
		{"{\n\t\"a\": \"船\"\r\n}", "{\n\t\"a\": \"船\" \n}"},
		{"\"\u009b\x7f\u202e\u2028\"", `"\u009b\u007f\u202e\u2028"`},
		{"\"\U000e0041\U0010eeee\"", `"\udb40\udc41\udbfb\udeee"`},
		{"\"a\xffb\"", `"a\ufffdb"`},
		{"\"👩‍🚀\"", "\"👩‍🚀\""},
	}
	for _, tt := range tests {
		if got := string(EscapeJSON([]byte(tt.in))); got != tt.want {
			t.Errorf("EscapeJSON(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzEscapeJSON(f *testing.F) {
	f.Add("\x1b[2J\u009b\u202e\U000e0041 紙")
	f.Fuzz(func(t *testing.T, s string) {
		encoded, err := json.Marshal(s)
		if err != nil {
			t.Skip()
		}
		escaped := EscapeJSON(encoded)
		var before, after string
		if json.Unmarshal(encoded, &before) != nil || json.Unmarshal(escaped, &after) != nil || before != after {
			t.Fatalf("%q became %q", before, after)
		}
		for _, r := range string(escaped) {
			if isUnsafe(r, true) {
				t.Fatalf("%q holds %U", escaped, r)
			}
		}
	})
}

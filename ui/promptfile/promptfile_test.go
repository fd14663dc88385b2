package promptfile

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for _, c := range []struct {
		line string
		want Row
	}{
		{"a fox", Row{Prompt: "a fox"}},
		{"  a fox -- or a crow --ar 16:9  --seed 7 --repeat 2", Row{Prompt: "a fox -- or a crow", Repeat: 2, Input: map[string]any{"aspect_ratio": "16:9", "seed": "7"}}},
		{`--prompt "a \"red\" fox --x" --steps 20 --width 512`, Row{Prompt: `a "red" fox --x`, Input: map[string]any{"num_inference_steps": "20", "width": "512"}}},
		{"--steps 20 --prompt a red fox --cfg-scale 3", Row{Prompt: "a red fox", Input: map[string]any{"num_inference_steps": "20", "guidance": "3"}}},
		{`it's "art" --model flux-dev`, Row{Prompt: `it's "art"`, Model: "flux-dev"}},
		{`{"scene": "a --v fox"}`, Row{Prompt: `{"scene": "a --v fox"}`}},
		{"well-known--thing", Row{Prompt: "well-known--thing"}},
	} {
		c.want.Line, c.want.Repeat = 1, max(c.want.Repeat, 1)
		rows, err := Parse([]byte(c.line), Text)
		if err != nil || len(rows) != 1 || !reflect.DeepEqual(rows[0], c.want) {
			t.Errorf("%s\n got %+v, %v\nwant %+v", c.line, rows, err, c.want)
		}
	}
}

// TestMistakes: each is told with its line and what to do.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		form       Form
		text, want string
	}{
		{Text, "a\n\nb --v 6", "line 3: there is no --v here. Options are --ar,"},
		{Text, "a --ar", "line 1: --ar has no value"},
		{Text, "a --ar 1:1 on a mat", `line 1: "on a mat" is behind --ar 1:1. Write the prompt before`},
		{Text, "a --seed 1 --seed 2", "line 1: --seed is given twice"},
		{Text, "a --repeat 0", "line 1: repeat takes a whole number from 1"},
		{Text, "a --repeat 9999999", "line 1: repeat takes a whole number from 1"},
		{Text, "a\nb --repeat 10000", "line 2: this is more than 10,000 pictures"},
		{Text, "--seed 1", "line 1: there is no prompt"},
		{Text, `--prompt "a`, "line 1: the quotes of --prompt have no end"},
		{Text, "# only a remark", "the file has no prompts"},
		{Text, "a\n\xff", "line 2: this is not UTF-8 text; save the file as UTF-8"},
		{CSV, "text,seed\na,1", "line 1: no column is called prompt"},
		{CSV, "prompt,,seed", "line 1: column 2 has no name"},
		{CSV, "prompt,ar,aspect", "line 1: two columns are aspect_ratio"},
		{CSV, "prompt,seed\na\n\"=A1&B1\",2", "line 3: column prompt has a formula"},
		{CSV, "prompt,seed\na,b,1", "line 2: this row has 3 fields, and the first line names 2"},
		{CSV, "prompt\na\n\"b", "line 3: the quotes of a field are not closed"},
		{JSONL, "{\"prompt\": \"a\"}\n{\"prompt\": 3}", "line 2: prompt must be a text in quotes"},
		{JSONL, "{\"prompt\": \"a\"}\n[1]", "line 2: a row is an object, and not a number"},
		{JSONL, "{\"prompt\": \"a\"}\n{\"prompt\"", "line 2: this JSON has no end"},
		{JSONL, "[{\"prompt\": \"a\"},\n{\"input\": 3}]", "line 2: input is an object"},
		{JSONL, "[{\"prompt\": \"a\"}", "line 1: this JSON has no end"},
		{Text, "a fox --ar=16:9", "line 1: --ar is written with a blank in the place of =: --ar 16:9"},
		{JSONL, "{\"prompt\": \"a\", \"parent\": 3}", "line 1: parent must be the key of a prediction"},
		{JSONL, "nonsense", "line 1: this is not JSON"},
	} {
		if rows, err := Parse([]byte(c.text), c.form); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s %q: got %v, %v, want %s", c.form, c.text, rows, err, c.want)
		}
	}
}

// TestManyMistakes: all lines are looked at. Not all mistakes are told, and the same one only once.
func TestManyMistakes(t *testing.T) {
	var text strings.Builder
	for i := range 50 {
		fmt.Fprintf(&text, "a --v%c 6\n", 'a'+i%25)
	}
	_, err := Parse([]byte(text.String()), Text)
	var wrong *Errors
	if !errors.As(err, &wrong) || len(wrong.Lines) != maxErrors || wrong.Lines[0].Also != 1 || !strings.HasPrefix(err.Error(), "line 1 and 1 more: there is no --va here.") {
		t.Errorf("got %v", err)
	}
	if _, err := Parse([]byte(strings.Repeat("a --repeat 0\n", 500)), Text); err == nil || err.Error() != `line 1 and 499 more: repeat takes a whole number from 1 to 10,000; "0" is not` {
		t.Errorf("got %v", err)
	}
}

// TestFormOf: what comes on standard input has no name, and a header must not be bought as a prompt.
func TestFormOf(t *testing.T) {
	for text, want := range map[string]Form{
		"prompt,seed\na fox,7\n": CSV, "Prompt;Aspect_Ratio\r\na;1:1\r\n": CSV, "\"prompt\"\tseed\na\t1\n": CSV, "\ufeffseed, prompt\n1,a\n": CSV,
		"a fox\nprompt,seed\n": Text, "fox,crow\na,b\n": Text, "prompt,seed": Text, "prompt\na fox\n": Text, "a prompt, seed\nb\n": Text, "": Text,
		"{\"prompt\": \"a\"}": JSONL, "{\n \"plan\": \"x\",\n \"items\": []\n}\n": JSONL, "{\"scene\": 1}\n{\"scene\": 2}\n": Text,
	} {
		if got := FormOf("-", []byte(text)); got != want {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	for _, sign := range []string{",", ";", "\t"} {
		text := "\ufeffPrompt,ar,seed,repeat\r\n\"a fox; red, big\",16:9,7,2\r\na crow,,,\r\n"
		if sign != "," {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "; red, big", ""), ",", sign)
		}
		rows, err := Parse([]byte(text), FormOf("x.csv", nil))
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %v, %v", sign, rows, err)
		}
		if r := rows[0]; r.Line != 2 || r.Repeat != 2 || !reflect.DeepEqual(r.Input, map[string]any{"aspect_ratio": "16:9", "seed": "7"}) {
			t.Errorf("%q: %+v", sign, r)
		}
		if r := rows[1]; r.Line != 3 || r.Prompt != "a crow" || r.Input != nil {
			t.Errorf("%q: %+v", sign, r)
		}
	}
}

// TestJSON: predictions as --json prints them, one a line or in a list.
func TestJSON(t *testing.T) {
	const object = `{"key": "x", "model": "flux-dev", "seed": 3, "input": {"prompt": "a fox", "seed": 7, "guidance": 2.5, "go_fast": null}}`
	want := Row{Model: "flux-dev", Prompt: "a fox", Repeat: 1, Exact: true, Parent: "x", Input: map[string]any{"seed": int64(7), "guidance": 2.5}}
	for _, text := range []string{object + "\n" + object, "[" + object + ",\n" + object + "]\n"} {
		if FormOf("-", []byte(text)) != JSONL {
			t.Errorf("%s is not seen to be JSON", text)
		}
		rows, err := Parse([]byte(text), JSONL)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%v, %v", rows, err)
		}
		for i, r := range rows {
			if want.Line = i + 1; !reflect.DeepEqual(r, want) {
				t.Errorf("got %+v, want %+v", r, want)
			}
		}
	}
	for _, text := range []string{
		`{"model": "flux-dev", "version": "1234", "input": {"prompt": "a fox"}}`, `{"model": "flux-dev", "version": "1234", "prompt": "a fox"}`,
		"prompt,model,version\na fox,flux-dev,1234",
	} {
		rows, err := Parse([]byte(text), FormOf("-.csv", []byte(text)))
		if text[0] == '{' {
			rows, err = Parse([]byte(text), JSONL)
		}
		if err != nil || len(rows) != 1 || rows[0].Version != "1234" || rows[0].Input["version"] != nil {
			t.Errorf("%s: %+v, %v", text, rows, err)
		}
	}
	if FormOf("-", []byte(`{"scene": "a fox"}`)) != Text {
		t.Error("a prompt that is JSON is taken for a row")
	}
}

// FuzzParse: no input panics; rows are complete and bounded, and mistakes have a line of the file.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"a --ar 16:9", `--prompt "x" --steps 2`, "prompt,seed\na,1", `{"prompt": "a"}`, `[{"input": {"prompt": "a"}}]`, "\"", "--"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range []Form{Text, CSV, JSONL} {
			checkParse(t, text, form)
		}
	})
}

func checkParse(t *testing.T, text string, form Form) {
	rows, err := Parse([]byte(text), form)
	lines := strings.Count(text, "\n") + 1
	var wrong *Errors
	if errors.As(err, &wrong) {
		for _, l := range wrong.Lines {
			if l.Line < 1 || l.Line > lines {
				t.Fatalf("%s %q: a mistake in line %d of %d", form, text, l.Line, lines)
			}
		}
	}
	total, last := 0, 0
	for _, r := range rows {
		total += r.Repeat
		if r.Prompt == "" || !utf8.ValidString(r.Prompt) || r.Line < last || r.Line > lines || r.Repeat < 1 {
			t.Fatalf("%s %q: %s", form, text, fmt.Sprintf("%+v", r))
		}
		last = r.Line
	}
	if total > MaxRows || err == nil && len(rows) == 0 {
		t.Fatalf("%s %q: %d rows", form, text, total)
	}
}

// TestSeedOfAPrediction: a row of a prediction that succeeded has the seed that its provider drew, unless its input names one.
func TestSeedOfAPrediction(t *testing.T) {
	rows, err := Parse([]byte(`[
		{"state":"done","seed":42,"input":{"prompt":"drawn"}},
		{"state":"done","seed":42,"input":{"prompt":"asked for","seed":7}},
		{"state":"failed","seed":42,"input":{"prompt":"failed"}},
		{"state":"done","seed":null,"input":{"prompt":"not known"}},
		{"seed":42,"prompt":"no prediction"}
	]`), JSONL)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []any{int64(42), nil, nil, nil, nil} {
		if rows[i].Made != want {
			t.Errorf("%s: %v, want %v", rows[i].Prompt, rows[i].Made, want)
		}
	}
}

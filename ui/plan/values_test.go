package plan

import (
	"slices"
	"strings"
	"testing"
)

// texts returns the texts of values; those that are left out have a - before them.
func texts(values []Value) (all []string) {
	for _, v := range values {
		if v.Skip {
			v.Text = "-" + v.Text
		}
		all = append(all, v.Text)
	}
	return all
}

func TestParseAxis(t *testing.T) {
	for _, test := range []struct {
		typed string
		want  string // the texts of the values, with | between them; or the sentence of the error
	}{
		{"guidance=2..4/5", "2|2.5|3|3.5|4"},
		{"guidance=1..9", "1|2|3|4|5|6|7|8|9"},
		{"guidance=1..9:2", "1|3|5|7|9"},
		{"guidance=2..4:0.5", "2|2.5|3|3.5|4"},
		{"guidance=0.1..0.5:0.1", "0.1|0.2|0.3|0.4|0.5"},
		{"guidance=4..2:0.5", "4|3.5|3|2.5|2"},
		{"guidance=1, 2, .., 5", "1|2|3|4|5"},
		{"guidance=1, 3, .., 9", "1|3|5|7|9"},
		{"guidance=1-5", "1|2|3|4|5"},
		{"guidance=1-9 (+2)", "1|3|5|7|9"},
		{"guidance=1-9 [5]", "1|3|5|7|9"},
		{"guidance=2..2", "2"},
		{"guidance=7,8,9", "7|8|9"},
		{"guidance=7, 1..3, 9", "7|1|2|3|9"},
		{"guidance=2, SKIP: 3, 4", "2|-3|4"},
		{"aspect_ratio=1:1,16:9", "1:1|16:9"},
		{"prompt=a fox, red||a dog", "a fox, red|a dog"},
		{"model+guidance=flux-dev/2.5, flux-schnell/-", "flux-dev/2.5|flux-schnell/-"},
		{"image=a.png,data:image/png;base64,QUJD/+,b.png", "a.png|data:image/png;base64,QUJD/+|b.png"},
		{"model+image=flux-dev/data:image/png;base64,QUJD,flux-dev/b.png", "flux-dev/data:image/png;base64,QUJD|flux-dev/b.png"},
		{"seed=7,8,9", "7|8|9"},
		{"seed=3 drawn", "drawn 1|drawn 2|drawn 3"},
		{"seed=random", "drawn 1"},
		{"seed=3", "drawn 1|drawn 2|drawn 3"},
		{"seed=62182", "seed: a number alone is how many seeds are drawn, from 1 to 5,000. For one seed, set it outside the axes."},
		{"seed=each", "each"},
		{"preset=film,ink,film+ink", "film|ink|film+ink"},
		{"replace=fox,dog,cat", "fox|dog|cat"},
		{"${colour}=red,blue", "red|blue"},

		{"cfg=7", "7"}, // Build knows the models, and checks the name
		{"acme_weight=0.5..1/3", "0.5|0.75|1"},
		{"parent=7", `no model here takes "parent".`},
		{"+=7", "+: a name is missing beside the +."},
		{"guidance=", "guidance has no values. Write them behind the =."},
		{"guidance", `An axis is NAME=VALUES, such as guidance=2..4/5; "guidance" is not.`},
		{"=2", `An axis is NAME=VALUES, such as guidance=2..4/5; "=2" is not.`},
		{"guidance=2,,3", "guidance: value 2 is empty. Take one of the commas away."},
		{"guidance=1..9:0", "guidance: the step of a range cannot be 0."},
		{"guidance=1..1000000", "guidance: these are more than 5,000 values. Take a larger step."},
		{"guidance=1..2/0", "guidance: the number of values must be a whole number from 1 to 5,000."},
		{"guidance=1..2/2.5", "guidance: the number of values must be a whole number from 1 to 5,000."},
		{"model+guidance=flux-dev", `model+guidance: "flux-dev" needs 2 values with / between them, - for none.`},
	} {
		a, err := ParseAxis(test.typed)
		got := strings.Join(texts(a.Values), "|")
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.typed, got, test.want)
		}
	}
}

func TestParseSkip(t *testing.T) {
	for _, test := range []struct {
		typed string
		want  Skip
		wrong string
	}{
		{typed: "model=flux-schnell guidance>2", want: Skip{{"model", "=", "flux-schnell"}, {"guidance", ">", "2"}}},
		{typed: "guidance>=2.5", want: Skip{{"guidance", ">=", "2.5"}}},
		{typed: "seed!=7", want: Skip{{"seed", "!=", "7"}}},
		{typed: "", wrong: "A skip needs a condition, such as guidance>2."},
		{typed: "guidance", wrong: `A skip is NAME=VALUE, with one of = != < <= > >=; "guidance" is not. Put a name with spaces in double quotes.`},
		{typed: `"red hot, blue"="red hot" guidance<3`, want: Skip{{"red hot, blue", "=", "red hot"}, {"guidance", "<", "3"}}},
		{typed: `"red, blue"=red hot`, want: Skip{{"red, blue", "=", "red hot"}}},
		{typed: `size=5" wide`, want: Skip{{"size", "=", `5" wide`}}},
		{typed: "colour=dark red guidance>2", want: Skip{{"colour", "=", "dark red"}, {"guidance", ">", "2"}}},
	} {
		got, err := ParseSkip(test.typed)
		if err != nil && err.Error() != test.wrong || err == nil && !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v", test.typed, got, err)
		}
	}
}

// FuzzParseAxis: nothing that is typed panics, or makes more values than an axis may have.
func FuzzParseAxis(f *testing.F) {
	for _, s := range []string{"guidance=2..4/5", "guidance=1-9 (+2)", "seed=3 drawn", "model+guidance=a/b,c/-", "guidance=1e999..2", "=,||"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, err := ParseAxis(typed)
		if err == nil && (len(a.Values) == 0 || len(a.Values) > mostValues+mostValues) {
			t.Errorf("%q has %d values", typed, len(a.Values))
		}
	})
}

package template_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tintype/ui/template"
)

// memoryLists are lists for tests, by name.
type memoryLists map[string][]template.Value

func lists(named map[string]string) memoryLists {
	m := memoryLists{}
	for name, values := range named {
		for i, v := range strings.Split(values, ";") {
			m[name] = append(m[name], template.Value{Text: v, Weight: 1, Place: fmt.Sprintf("%s.txt:%d", name, i+1)})
		}
	}
	return m
}

func (m memoryLists) Names() []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (m memoryLists) Values(path string) ([]template.Value, error) {
	if values, ok := m[path]; ok {
		return values, nil
	}
	return nil, fmt.Errorf("no list called %s; there are %s.", path, strings.Join(m.Names(), ", "))
}

var testLists = lists(map[string]string{
	"season":   "summer;autumn;winter",
	"coat":     "In ${season}, a ${season} coat",
	"plants":   "{oak|ash} tree;__season__ rose",
	"loop":     "__loop__",
	"animals":  "cat;__mammals__",
	"mammals":  "dog;__animals__",
	"broken":   "fine;a {b|c",
	"my_list":  "x;y",
	"nature/a": "p;q",
})

// expansions are templates with all their prompts in order, separated by bars.
var expansions = []struct{ name, text, want string }{
	{"plain", "a fox", "a fox"},
	{"group", "a {red|blue} fox", "a red fox|a blue fox"},
	{"last turns fastest", "{a|b} {c|d}", "a c|a d|b c|b d"},
	{"nested", "{{rose|white} gold|platinum} ring", "rose gold ring|white gold ring|platinum ring"},
	{"empty option", "{a|b|}x", "ax|bx|x"},
	{"blanks around", "{ a |\n b } c", "a c|b c"},
	{"equal options", "{a|a} fox", "a fox"},
	{"equal prompts", "{a|ab}{bc|c}", "abc|ac|abbc"},
	{"weights mean nothing", "{0.2::x|0.8::y}", "x|y"},
	{"commas", "{oil, ink} study", "oil study|ink study"},
	{"commas beside bars", "{a, b|c}", "a, b|c"},
	{"one is text", "an {a} and {} and { a }", "an {a} and {} and { a }"},
	{"one that holds a group", "{{a|b}}", "{a}|{b}"},
	{"sampler of one is text", "{~a} {!a} {2$$a}", "{~a} {!a} {2$$a}"},
	{"two of three", "{2$$x|y|z}", "x, y|x, z|y, z"},
	{"range", "{1-2$$ $$x|y|z}", "x|y|z|x y|x z|y z"},
	{"open range", "{2-$$ $$x|y|z}", "x y|x z|y z|x y z"},
	{"up to", "{-2$$+$$x|y}", "x|y|x+y"},
	{"none is allowed", "{0-1$$x|y}.", ".|x.|y."},
	{"every order", "{!2$$ and $$x|y|z}", "x and y|y and x|x and z|z and x|y and z|z and y"},
	{"options that vary, two of them", "{2$$ $${a|b}|c|d}", "a c|a d|b c|b d|c d"},
	{"in step", "{@a|b} {@x|y}", "a x|b y"},
	{"in step, unequal", "{@a|b} {@x|y|z}", "a x|b y|a z"},
	{"in step beside a group", "{@a|b} {r|s} {@x|y}", "a r x|b r y|a s x|b s y"},
	{"in step within an option", "{{@a|b} x|y}", "a x|b x|y"},
	{"list", "__season__ sun", "summer sun|autumn sun|winter sun"},
	{"list in a group", "{__season__|spring}", "summer|autumn|winter|spring"},
	{"some of a list", "{2$$__season__}", "summer, autumn|summer, winter|autumn, winter"},
	{"list in step", "__@season__ {@x|y|z}", "summer x|autumn y|winter z"},
	{"values are templates", "__plants__", "oak tree|ash tree|summer rose|autumn rose|winter rose"},
	{"arguments", "__coat(season=winter)__", "In winter, a winter coat"},
	{"an argument once", "__coat(season=!{a|b})__", "In a, a a coat|In b, a b coat"},
	{"a list reads variables", "${season=x}__coat__", "In x, a x coat"},
	{"name with a line", "__my_list__", "x|y"},
	{"no list", "snake_case and __dunder and ____", "snake_case and __dunder and ____"},
	{"variable", "${c={red|blue}}${c} and ${c}", "red and red|red and blue|blue and red|blue and blue"},
	{"once", "${c=!{red|blue}}${c} and ${c}", "red and red|blue and blue"},
	{"default", "${c:red} hat", "red hat"},
	{"default that varies", "${c:{a|b}}", "a|b"},
	{"set if not set", "${c=a}${c?=b}${c}", "a"},
	{"set if not set, and it is not", "${c?=b}${c}", "b"},
	{"wrap", "%{a photo of ... at dusk$${a cat|a dog}}", "a photo of a cat at dusk|a photo of a dog at dusk"},
	{"wrap that varies", "%{{oil|ink}, ...$$x}", "oil, x|ink, x"},
	{"per cent", "50%{a|b} and 5%{x}", "50%a and 5%{x}|50%b and 5%{x}"},
	{"escapes", `a \{b\|c\} \\ \n \__season__`, `a {b|c} \ \n __season__`},
	{"lone signs", "costs 5$ at 3:1, #1 } | _ # ~ ... $$ ${5}", "costs 5$ at 3:1, #1 } | _ # ~ ... $$ ${5}"},
	{"remark", "# a remark\na {b|c}\n  // {\nx", "a b\nx|a c\nx"},
	{"remark at the end", "a\n# b", "a\n"},
	{"remark in a group", "{a\n# x | y }\n|b}", "a|b"},
	{"JSON", `{"scene": "a {x|y} boat", "n": [1, {"a": -2.5e3}]}`, `{"scene": "a {x|y} boat", "n": [1, {"a": -2.5e3}]}`},
	{"JSON list", `["a {x, y} boat"]`, `["a {x, y} boat"]`},
	{"JSON in a text", `{a, b}: {"k": "{x, y}"}`, `a: {"k": "{x, y}"}|b: {"k": "{x, y}"}`},
	{"not JSON", `{"k": x, y}`, `"k": x|y`},
}

func TestExpansionsInOrder(t *testing.T) {
	for _, c := range expansions {
		t.Run(c.name, func(t *testing.T) {
			parsed, err := template.Parse(c.text, testLists)
			if err != nil {
				t.Fatal(err)
			}
			got, err := parsed.Expand(1, 0)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(c.want, "|")
			if strings.Contains(c.text, "|") && strings.Count(c.want, "{b|c}") == 1 || c.name == "lone signs" || strings.HasPrefix(c.want, "[") || strings.Contains(c.want, "{x|y}") {
				want = []string{c.want}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q expands to\n%q, not\n%q", c.text, got, want)
			}
			if n := parsed.Count(); n.String() != fmt.Sprint(len(got)) {
				t.Errorf("%q counts %s, not %d", c.text, n, len(got))
			}
			if parsed.Varies() != (len(got) != 1 || got[0] != c.text) {
				t.Errorf("%q varies: %v", c.text, parsed.Varies())
			}
		})
	}
}

func TestMistakesSayWhereAndWhatToDo(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a fox on the moor {b|c", `column 19: this { has no }. Write \{ for the sign itself.`},
		{"é\nab {", `line 2, column 4: this { has no }. Write \{ for the sign itself.`},
		{"${x=a", `column 1: this ${ has no }. Write \${ for the sign itself.`},
		{"${x} hat", `column 1: ${x} is not set. Write ${x=…} before it, or ${x:…} with what it is otherwise, or \$ for the sign itself.`},
		{"a __colour__", "column 3: no list called colour; there are animals, broken, coat, loop, mammals, my_list, nature/a, plants, season."},
		{"__loop__", "column 1: loop.txt:1: loop → loop goes round."},
		{"x __animals__", "column 3: mammals.txt:2: animals → mammals → animals goes round."},
		{"__broken__", `column 1: broken.txt:2: column 3: this { has no }. Write \{ for the sign itself.`},
		{"{3$$a|b}", "column 1: this takes 3 of 2 options. Write more options, or a smaller number before $$."},
		{"{3-2$$a|b}", "column 2: 3-2 is no range of numbers up to 1,000, such as 2, 1-3, -3 or 2-."},
		{"{99999999999::a|b}", "column 2: 99999999999 is no weight; it is a number from 0 to 1,000,000,000, such as 2 or 0.5."},
		{"__coat(season=x", `column 1: this __coat( has no )__. Write \__ for the signs themselves.`},
		{"__coat(season=x,)__", `column 17: here a name=value is missing. Write \__ for the signs themselves.`},
		{"a __coat(winter)__", `column 10: here a name=value is missing. Write \__ for the signs themselves.`},
		{"__coat()__", `column 8: here a name=value is missing. Write \__ for the signs themselves.`},
		{"{-1::a|b}", "column 2: -1 is no weight; it is a number from 0 to 1,000,000,000, such as 2 or 0.5."},
		{"{a|1e3::b}", "column 4: 1e3 is no weight; it is a number from 0 to 1,000,000,000, such as 2 or 0.5."},
		{"{2$$red, blue} fox", `column 1: options of {2$$…} are separated by |, and this group has none. Write | between them, or \{ for the sign itself.`},
		{"a {~red, blue} fox", `column 3: options of {~…} are separated by |, and this group has none. Write | between them, or \{ for the sign itself.`},
		{strings.Repeat("{", 101), "column 101: this is nested more than 100 deep."},
	} {
		_, err := template.Parse(c.text, testLists)
		var mistake *template.Error
		if !errors.As(err, &mistake) {
			t.Errorf("%q has no mistake: %v", c.text, err)
			continue
		}
		if mistake.Error() != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, mistake, c.want)
		}
		if mistake.Start < 0 || mistake.End > len(c.text) || mistake.Start > mistake.End {
			t.Errorf("%q is wrong from %d to %d", c.text, mistake.Start, mistake.End)
		}
	}
}

// TestRandomFindsAllThatThereAre: more draws than there are prompts give each of them, also where weights make one rare.
func TestRandomFindsAllThatThereAre(t *testing.T) {
	var options []string
	for i := range 200 {
		options = append(options, fmt.Sprint(i))
	}
	group := "{" + strings.Join(options, "|") + "}"
	for _, c := range []struct {
		text     string
		n, found int
	}{
		{group + " " + group, 50_000, 40_000},
		{"{1000000::a|0.000001::b}", 2, 2},
		{"{a|b}", 10, 2},
	} {
		parsed, err := template.Parse(c.text, nil)
		if err != nil {
			t.Fatal(err)
		}
		prompts, err := parsed.Random(c.n, 1)
		if err != nil || len(prompts) != c.found {
			t.Errorf("%.20s…: %d of %d prompts, %v", c.text, len(prompts), c.found, err)
		}
	}
}

// TestLintTellsOfBrokenJSON: a structured prompt with a comma too many is read as a group.
func TestLintTellsOfBrokenJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1,}`:            "column 9: here this stops being JSON, so it is read as a group of 2 options.",
		`see {"a": 1, 'b': 2}`: "column 14: here this stops being JSON, so it is read as a group of 2 options.",
		`{"a", "b"}`:           "column 5: here this stops being JSON, so it is read as a group of 2 options.",
		`{"a": 1}`:             "",
		`{a, "b"}`:             "",
	} {
		notes, err := template.Lint(text, nil)
		got := ""
		for _, n := range notes {
			got += n.Error()
		}
		if err != nil || got != want {
			t.Errorf("%s: %q, %v, not %q", text, got, err, want)
		}
	}
}

// TestRandomIsAmongAll: what is drawn is one of the prompts that there are.
func TestRandomIsAmongAll(t *testing.T) {
	for _, text := range []string{"{2$$a|b|c}", "{-3$$ {a|b} |c|}", "{!2$$a|b|c}", "{0-2$$ {x|y} and {z|}|q} {a, b}", "${v=!{2$$a|b|c}}${v} ${v}", "{@2$$a|b|c} {@x|y}"} {
		parsed, err := template.Parse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := parsed.Expand(1, 0)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(5) {
			drawn, err := parsed.Random(1000, seed)
			if err != nil || len(drawn) != len(all) {
				t.Errorf("%s: %d drawn of %d, %v", text, len(drawn), len(all), err)
			}
			for _, prompt := range drawn {
				if !slices.Contains(all, prompt) {
					t.Errorf("%s: %q is drawn, and none of %q", text, prompt, all)
				}
			}
		}
	}
}

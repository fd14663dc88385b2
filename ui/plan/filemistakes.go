package plan

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"tintype/ui/format"
)

// placeOf says where in a file what is no setting is written.
var placeOf = map[string]string{
	OfPrompt: "Write it before the first [table].", OfModel: "Write it before the first [table].", OfPreset: "Write it as an axis.", OfReplace: "Write it as an axis.",
}

// longestKey is the most bytes that the key of a prediction has. Those of tintype have 26.
const longestKey = 256

// checkParent returns an error for what is no key of a prediction. One that is not here is kept: the file may be from another machine.
func checkParent(key string) error {
	if len(key) <= longestKey && !strings.ContainsFunc(key, unicode.IsControl) {
		return nil
	}
	return errors.New("parent takes the key of a prediction, as tintype list --json shows it.")
}

// tableError says in which table of a file a mistake is: the i-th [[axis]], [[skip]] or [[row]].
func tableError(name string, data []byte, table string, i int, err error) error {
	return fmt.Errorf("%s%s: %w", name, lineOfTable(data, table, i), err)
}

// lineOfTable returns the place of the i-th table of a kind in a file, as it stands behind the file's name.
func lineOfTable(data []byte, table string, i int) string {
	header := regexp.MustCompile(`^\s*\[\[?\s*` + table + `\s*\]`)
	for n, line := range strings.Split(string(data), "\n") {
		if !header.MatchString(line) {
			continue
		}
		if i--; i < 0 {
			return fmt.Sprintf(", line %d", n+1)
		}
	}
	return ""
}

// fileError makes a sentence of a mistake in TOML.
func fileError(name string, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		line, _ := unknown.Errors[0].Position()
		key := strings.Join(unknown.Errors[0].Key(), ".")
		return fmt.Errorf("%s, line %d: there is no %q in a plan's file.%s", name, line, key,
			format.DidYouMean(key, []string{"prompt", "as_written", "model", "keep_model", "how", "lab_seed", "left_out", "parent", "base", "axis", "skip", "row", "line", "name", "template", "input", "of", "label", "values"}))
	}
	var syntax *toml.DecodeError
	if errors.As(err, &syntax) {
		line, column := syntax.Position()
		if wants := kindOf(syntax.Error()); wants != "" {
			return fmt.Errorf("%s, line %d: %s takes %s.", name, line, strings.Join(syntax.Key(), "."), wants)
		}
		return fmt.Errorf("%s, line %d, column %d: %s.", name, line, column, strings.TrimPrefix(syntax.Error(), "toml: "))
	}
	return fmt.Errorf("%s is no plan: %s.", name, strings.TrimPrefix(err.Error(), "toml: "))
}

// kinds are what a key takes, by the type of Go that a mistake names.
var kinds = map[string]string{
	"string": "a text in quotes", "bool": "true or false", "uint64": "a whole number from 0", "int": "a whole number", "[][]string": "a list of lists of texts",
}

var kindPattern = regexp.MustCompile(`(?:cannot decode TOML .* of type|cannot be stored in|cannot decode TOML .* into a Go value of type) (\S+?)\.?$`)

// kindOf returns what a key takes, if a mistake is that it has a value of another kind.
func kindOf(mistake string) string {
	if m := kindPattern.FindStringSubmatch(mistake); m != nil {
		return cmp.Or(kinds[m[1]], "a value of another kind")
	}
	return ""
}

package watchfile

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/plan"
)

// maxSize is how many bytes a file may have.
const maxSize = 1 << 20

// fence is the line before and after the settings.
const fence = "+++"

// Parse reads a file: its settings and its prompt. name is the file's, for errors, which are sentences with file and line. The model is ""
// if the file names none. models are those of plan.Decode.
func Parse(data []byte, name string, models ...string) (plan.Spec, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := check(data, name); err != nil {
		return plan.Spec{}, err
	}
	settings, prompt, first, err := cut(strings.ReplaceAll(string(data), "\r\n", "\n"), name)
	if err != nil {
		return plan.Spec{}, err
	}
	var spec plan.Spec
	if len(settings) > 0 {
		if spec, err = parseSettings(settings, name, models); err != nil {
			return plan.Spec{}, err
		}
	}
	if spec.Prompt = tidy(prompt); spec.Prompt == "" {
		return plan.Spec{}, fmt.Errorf("%s, line %d: there is no prompt yet. Write one here.", name, first)
	}
	return spec, nil
}

// tidy returns a prompt without blanks around it and at the ends of its lines, which nobody sees: with them it would be another picture.
func tidy(prompt string) string {
	lines := strings.Split(strings.TrimSpace(prompt), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Join(lines, "\n")
}

// check returns an error for a file that is no text.
func check(data []byte, name string) error {
	switch bad := firstBad(data); {
	case len(data) > maxSize:
		return fmt.Errorf("%s is larger than %s, and no prompt.", name, format.Bytes(maxSize))
	case bad >= 0:
		return fmt.Errorf("%s, line %d: this is no text in UTF-8.", name, 1+bytes.Count(data[:bad], []byte("\n")))
	}
	return nil
}

// firstBad returns the offset of the first byte that is no text; -1 if all is.
func firstBad(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size < 2 || r == 0 {
			return i
		}
		i += size
	}
	return -1
}

// cut separates the lines of the settings, without the fences, from the prompt. first is the line on which the prompt begins, from 1.
func cut(text, name string) (settings []string, prompt string, first int, err error) {
	lines := strings.Split(text, "\n")
	start := slices.IndexFunc(lines, func(line string) bool { return strings.TrimSpace(line) != "" })
	if start < 0 || strings.TrimSpace(lines[start]) != fence {
		return nil, text, 1, nil
	}
	for i := start + 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == fence {
			// Empty lines in the place of those before keep the numbers of lines.
			settings = append(make([]string, start+1), lines[start+1:i]...)
			return settings, strings.Join(lines[i+1:], "\n"), i + 2, nil
		}
	}
	return nil, "", 0, fmt.Errorf("%s, line %d: the settings begin here and do not end. Write %s on a line of its own below them.", name, start+1, fence)
}

var assignment = regexp.MustCompile(`^(\s*)"?([A-Za-z_][A-Za-z0-9_-]*)"?\s*=`)

// planKeys are the keys of a plan's file that stand for themselves; any other key before the first table is a setting.
var planKeys = []string{"model", "how", "lab_seed", "left_out", "as_written", plan.OfParent}

// parseSettings reads the lines of the settings.
func parseSettings(lines []string, name string, models []string) (plan.Spec, error) {
	typed := slices.Clone(lines)
	names := slices.Concat(plan.Names(), planKeys)
	takesAny := namesUnknownModel(lines) || slices.ContainsFunc(models, isUnknown)
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "[") {
			break // a table: its keys are not ours
		}
		found := assignment.FindStringSubmatch(line)
		if found == nil || slices.Contains(planKeys, found[2]) {
			continue
		}
		switch key := found[2]; {
		case key == "prompt":
			return plan.Spec{}, fmt.Errorf("%s, line %d: the prompt is the text below the settings, and not one of them.", name, i+1)
		case !takesAny && !slices.Contains(names, key):
			return plan.Spec{}, fmt.Errorf("%s, line %d: no model here takes %q.%s", name, i+1, key, format.DidYouMeanParameter(key, names))
		case slices.Contains([]string{plan.OfPreset, plan.OfReplace, plan.OfImage}, key):
			return plan.Spec{}, fmt.Errorf("%s, line %d: %s is an axis. Write [[axis]], and below it of = %q and values = \"…\".", name, i+1, key, key)
		}
		typed[i] = found[1] + inBase + strings.TrimLeft(line, " \t")
	}
	spec, err := plan.Decode([]byte(strings.Join(typed, "\n")), name, models...)
	switch {
	case err != nil:
		return plan.Spec{}, withLine(inWritten(err, lines, typed, name), lines, name)
	case spec.Prompt != "" || len(spec.Rows) > 0:
		return plan.Spec{}, fmt.Errorf("%s: the prompt is the text below the settings, and not one of them.", name)
	}
	return spec, nil
}

// namesUnknownModel reports whether the settings name a model that is not in the catalogue, which may take a setting of any name.
func namesUnknownModel(lines []string) bool {
	for _, line := range lines {
		if found := modelLine.FindStringSubmatch(line); found != nil {
			return isUnknown(found[1])
		}
	}
	return false
}

// isUnknown reports whether a model is not in the catalogue.
func isUnknown(id string) bool { return model.CheckID(id) == nil && !model.Find(id).Known }

var modelLine = regexp.MustCompile(`^\s*"?model"?\s*=\s*["']([^"']+)["']`)

// inBase is put before a setting, so that package plan reads it as one.
const inBase = "base."

// inWritten returns an error whose column is that of the line as it is written, and not of the one with inBase in it.
func inWritten(err error, lines, typed []string, name string) error {
	place, ok := strings.CutPrefix(err.Error(), name+", line ")
	var line, column int
	if _, scanErr := fmt.Sscanf(place, "%d, column %d:", &line, &column); !ok || scanErr != nil || line > len(lines) || typed[line-1] == lines[line-1] {
		return err
	}
	_, sentence, _ := strings.Cut(place, ": ")
	return fmt.Errorf("%s, line %d, column %d: %s", name, line, max(column-len(inBase), 1), sentence)
}

// withLine adds the line to an error that has only the file.
func withLine(err error, lines []string, name string) error {
	sentence, ok := strings.CutPrefix(err.Error(), name+": ")
	if !ok {
		return err
	}
	if line := lineOf(sentence, lines); line > 0 {
		return fmt.Errorf("%s, line %d: %s", name, line, sentence)
	}
	return err
}

// lineOf returns the line of the setting that a sentence names; 0 if it names none.
func lineOf(sentence string, lines []string) int {
	for i, line := range lines {
		if found := assignment.FindStringSubmatch(line); found != nil && strings.Contains(sentence, found[2]) {
			return i + 1
		}
	}
	return 0
}

// PromptLine returns the number of the line on which the prompt of a file begins, from 1, for mistakes in it.
func PromptLine(data []byte) int {
	text := strings.ReplaceAll(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\r\n", "\n")
	_, prompt, first, err := cut(text, "")
	if err != nil {
		return 1
	}
	blank := len(prompt) - len(strings.TrimLeft(prompt, " \t\n"))
	return first + strings.Count(prompt[:blank], "\n")
}

// Encode writes a spec as a file that Parse reads. It fails for a spec with rows.
func Encode(s plan.Spec) ([]byte, error) {
	if len(s.Rows) > 0 {
		return nil, errors.New("a plan of rows has no single prompt")
	}
	var settings bytes.Buffer
	rest := s
	rest.Prompt, rest.Base = "", nil
	plain, err := plan.Encode(rest)
	if err != nil {
		return nil, err
	}
	base, err := toml.Marshal(s.Base)
	if err != nil {
		return nil, err
	}
	top, tables, _ := strings.Cut("\n"+string(plain), "\n[")
	for _, line := range strings.Split(top, "\n") {
		if line != "" && !strings.HasPrefix(line, "prompt =") && line != `"""` && line != `'''` {
			settings.WriteString(line + "\n")
		}
	}
	settings.Write(base)
	if tables != "" {
		settings.WriteString("\n[" + tables)
	}
	prompt := strings.Trim(s.Prompt, "\n") + "\n"
	if settings.Len() == 0 && !strings.HasPrefix(strings.TrimSpace(prompt), fence) {
		return []byte(prompt), nil
	}
	return []byte(fence + "\n" + settings.String() + fence + "\n\n" + prompt), nil
}

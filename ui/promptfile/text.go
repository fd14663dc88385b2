package promptfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// options are the options that a prompt may have after it, as Midjourney and A1111 call them, with what they set.
var options = map[string]string{
	"prompt": "prompt", "model": "model",
	"ar": "aspect_ratio", "aspect": "aspect_ratio", "aspect_ratio": "aspect_ratio",
	"seed": "seed", "repeat": "repeat", "r": "repeat", "n_iter": "repeat",
	"steps": "num_inference_steps", "num_inference_steps": "num_inference_steps",
	"cfg_scale": "guidance", "guidance": "guidance",
	"width": "width", "height": "height",
	"batch_size": "num_outputs", "num_outputs": "num_outputs",
	"negative_prompt": "negative_prompt",
	"output_format":   "output_format", "output_quality": "output_quality",
}

// readText reads a prompt a line. Blank lines, and lines that begin with "# " or "//", do not count. A line that is a JSON value is a
// prompt as it is.
func (r *reader) readText(text string) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line == "#" || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "//"):
		case line[0] == '{' && json.Valid([]byte(line)):
			r.add(Row{Line: number, Prompt: line})
		default:
			row := Row{Line: number}
			if err := row.readLine(line); err != nil {
				r.errors.Add(number, err)
				continue
			}
			r.add(row)
		}
	}
}

// readLine reads a prompt and the options after it.
func (row *Row) readLine(line string) error {
	at := optionAt(line)
	row.Prompt = strings.TrimSpace(line[:at])
	rest := line[at:]
	seen := map[string]bool{}
	for rest != "" {
		end := optionAt(rest[2:]) + 2
		written := strings.TrimSpace(rest[:end])
		rest = rest[end:]
		typed, value, _ := strings.Cut(strings.ReplaceAll(written, "\t", " "), " ")
		name, known := options[strings.ReplaceAll(typed[2:], "-", "_")]
		switch {
		case !known:
			return unknownOption(typed)
		case seen[name]:
			return fmt.Errorf("%s is given twice", typed)
		case name == "prompt" && row.Prompt != "":
			return errors.New("there is a prompt before --prompt; leave one of them out")
		}
		seen[name] = true
		value, err := unquote(typed, strings.TrimSpace(value), name == "prompt")
		if err != nil {
			return err
		}
		if err := row.set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// optionAt returns where the first option begins, outside of quotes that an option opened: "--" and a letter after a blank or at the start.
func optionAt(s string) int {
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch {
		case quote != 0 && s[i] == '\\':
			i++
		case quote != 0:
			if s[i] == quote {
				quote = 0
			}
		case i > 0 && isBlank(s[i-1]) && (s[i] == '"' || s[i] == '\'') && isValueAt(s[:i]):
			quote = s[i]
		case s[i] == '-' && (i == 0 || isBlank(s[i-1])) && isOption(s[i:]):
			return i
		}
	}
	return len(s)
}

// isValueAt reports whether what is before a quote is the name of an option alone, so that the quote opens its value.
func isValueAt(before string) bool { return !strings.ContainsAny(strings.TrimSpace(before), " \t") }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// isOption reports whether a text begins with "--" and a letter.
func isOption(s string) bool {
	if len(s) < 3 || s[:2] != "--" {
		return false
	}
	c := s[2] | 0x20
	return c >= 'a' && c <= 'z'
}

// unknownOption is the sentence about an option that means nothing here.
func unknownOption(typed string) error {
	if name, value, ok := strings.Cut(typed, "="); ok && options[strings.ReplaceAll(strings.TrimPrefix(name, "--"), "-", "_")] != "" {
		return fmt.Errorf("%s is written with a blank in the place of =: %s %s", name, name, value)
	}
	names := slices.Sorted(maps.Keys(options))
	return fmt.Errorf("there is no %s here. Options are --%s", typed, strings.Join(names, ", --"))
}

// unquote returns a value without its quotes. Without quotes it is one word, unless it may be long.
func unquote(typed, value string, long bool) (string, error) {
	switch {
	case value == "":
		return "", fmt.Errorf("%s has no value", typed)
	case value[0] != '"' && value[0] != '\'':
		if first, rest, more := strings.Cut(value, " "); more && !long {
			return "", fmt.Errorf("%q is behind %s %s. Write the prompt before the options, or with --prompt in quotes", strings.TrimSpace(rest), typed, first)
		}
		return value, nil
	}
	var out strings.Builder
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && i+1 < len(value) && (value[i+1] == value[0] || value[i+1] == '\\'):
			i++
			out.WriteByte(value[i])
		case value[i] == value[0]:
			if rest := strings.TrimSpace(value[i+1:]); rest != "" {
				return "", fmt.Errorf("%q is behind the quotes of %s", rest, typed)
			}
			return out.String(), nil
		default:
			out.WriteByte(value[i])
		}
	}
	return "", fmt.Errorf("the quotes of %s have no end", typed)
}

package cli

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"tintype/api/model"
	"tintype/ui/runner"
)

// maxPrompt bounds a prompt that is read from standard input, in bytes.
const maxPrompt = 64 << 10

// wish is what the flags of run ask for, as typed; "" is not asked for.
type wish struct {
	shape, format, quality, outputs, seed string

	set []string // key=value
}

// draft makes what will be bought of the prompt, the model and the flags. Every value is checked here, before money.
func (w wish) draft(prompt, modelName string) (runner.Draft, error) {
	id, version, _ := strings.Cut(modelName, ":")
	if err := model.CheckID(id); err != nil {
		return runner.Draft{}, wrong("%w", err)
	}
	m := model.Find(id)
	input := map[string]any{}
	if prompt != "" {
		input["prompt"] = prompt
	}
	if err := w.fill(m, input); err != nil {
		return runner.Draft{}, err
	}
	if err := m.Check(input); err != nil {
		return runner.Draft{}, wrong("%w", err)
	}
	return runner.Draft{Model: m.ID, Version: version, Input: input}, nil
}

// fill reads the flags into the input.
func (w wish) fill(m model.Model, input map[string]any) error {
	for _, flag := range []struct{ name, value string }{
		{"aspect_ratio", w.shape},
		{"output_format", w.format},
		{"output_quality", w.quality},
		{"num_outputs", w.outputs},
		{"seed", w.seed},
	} {
		if flag.value == "" {
			continue
		}
		if err := put(m, input, flag.name, flag.value); err != nil {
			return err
		}
	}
	for _, pair := range w.set {
		name, value, ok := strings.Cut(pair, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return wrong("--set takes key=value; %q is not", pair)
		}
		if err := put(m, input, name, value); err != nil {
			return err
		}
	}
	return nil
}

// put reads one value as its parameter wants it. What the catalogue does not know is left to Check and the provider.
func put(m model.Model, input map[string]any, name, value string) error {
	if _, twice := input[name]; twice {
		return wrong("%s is given twice", name)
	}
	parameter, ok := m.Parameter(name)
	if !ok {
		input[name] = guess(value)
		return nil
	}
	v, err := parameter.Parse(value)
	if err != nil {
		return wrong("%w", err)
	}
	input[name] = v
	return nil
}

// guess reads a value of a parameter that nobody knows: as JSON where it is some, else as text.
func guess(value string) any {
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil || v == nil || d.More() {
		return value
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return value
	}
	return v
}

// prompt reads the prompt from the arguments, or from standard input for -.
func (p *program) prompt(args []string, set []string) (string, error) {
	if len(args) > 1 {
		return "", wrong("run takes one prompt; put it in quotes: tintype run %q", strings.Join(args, " "))
	}
	if len(args) == 0 {
		for _, pair := range set {
			if strings.HasPrefix(pair, "prompt=") {
				return "", nil
			}
		}
		return "", wrong("run needs a prompt, or - to read it from standard input")
	}
	text := args[0]
	if text == "-" {
		raw, err := io.ReadAll(io.LimitReader(p.in, maxPrompt+1))
		if err != nil {
			return "", wrong("the prompt cannot be read from standard input: %s", err)
		}
		text = string(raw)
	}
	return checkPrompt(text)
}

func checkPrompt(text string) (string, error) {
	text = strings.TrimRight(text, "\r\n")
	switch {
	case len(text) > maxPrompt:
		return "", wrong("the prompt is longer than 64 KiB")
	case !utf8.ValidString(text):
		return "", wrong("the prompt is not text (UTF-8)")
	case strings.TrimSpace(text) == "":
		return "", wrong("the prompt is empty")
	}
	return text, nil
}

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"tintype/api"
	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/runner"
	"tintype/ui/runner/inputimage"
)

// maxPrompt is the most bytes that a prompt may have.
const maxPrompt = 64 << 10

// runFlags are the values of run's flags as typed; "" means not given.
type runFlags struct {
	aspectRatio, format, quality, outputs, seed string

	set []string // key=value

	preset string      // names of presets, as typed
	under  presetLayer // what they set
}

// draft makes a draft of the prompt, the model and the flags. It checks every value, so that nothing invalid is bought.
func (f runFlags) draft(prompt, modelName string) (runner.Draft, error) {
	if err := checkModel(modelName); err != nil {
		return runner.Draft{}, err
	}
	m := model.Find(modelName)
	input := map[string]any{}
	if prompt != "" {
		input["prompt"] = prompt
	}
	if err := f.addTo(m, input); err != nil {
		return runner.Draft{}, err
	}
	f.under.addTo(m, input)
	if err := m.Check(input); err != nil {
		return runner.Draft{}, usageError("%w", err)
	}
	return runner.Draft{Model: m.ID, Version: m.Version, Input: input}, nil
}

// addTo parses the flags into the input.
func (f runFlags) addTo(m model.Model, input map[string]any) error {
	for _, flag := range []struct{ name, value string }{
		{"aspect_ratio", f.aspectRatio},
		{"output_format", f.format},
		{"output_quality", f.quality},
		{"num_outputs", f.outputs},
		{"seed", f.seed},
	} {
		if flag.value == "" {
			continue
		}
		if err := setParameter(m, input, flag.name, flag.value); err != nil {
			return err
		}
	}
	for _, pair := range f.set {
		name, value, ok := strings.Cut(pair, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return usageError("--set takes key=value; %q is not", pair)
		}
		if err := setParameter(m, input, name, value); err != nil {
			return err
		}
	}
	return nil
}

// setParameter parses a value by the type of its parameter. A parameter that is not in the catalogue is left to Check and to the
// provider.
func setParameter(m model.Model, input map[string]any, name, value string) error {
	if _, twice := input[name]; twice {
		return usageError("%s is given twice", name)
	}
	parameter, ok := m.Parameter(name)
	if !ok {
		if like := format.DidYouMeanParameter(name, parameterNames(m)); m.Known && like != "" {
			return usageError("%s has no %s.%s", m.Name(), name, like)
		}
		input[name] = model.ParseUnknown(value)
		return nil
	}
	v, err := parameter.Parse(value)
	if err != nil {
		if like := format.DidYouMean(value, parameter.Choices); like != "" {
			return usageError("%w.%s", err, like)
		}
		return usageError("%w", err)
	}
	input[name] = v
	return nil
}

// checkModel returns an error for a name that cannot be a model's, with the models that may be meant.
func checkModel(id string) error {
	err := model.CheckID(id)
	if err == nil {
		return nil
	}
	name, _, _ := strings.Cut(id, ":")
	if like := format.DidYouMean(name, modelNames()); like != "" && !model.Find(name).Known && !strings.Contains(name, "/") && !strings.Contains(err.Error(), "films") {
		return usageError("no model is called %q.%s", name, like)
	}
	return usageError("%w", err)
}

// parameterNames returns the names of a model's parameters.
func parameterNames(m model.Model) (names []string) {
	for _, q := range m.Parameters {
		names = append(names, q.Name)
	}
	return names
}

// readPrompt returns the prompt from the arguments, or from standard input for "-". It is empty if --set gives the prompt.
func (p *program) readPrompt(args []string, set []string) (string, error) {
	if len(args) > 1 {
		return "", usageError("run takes one prompt; put it in quotes: tintype run %q", strings.Join(args, " "))
	}
	if len(args) == 0 {
		for _, pair := range set {
			if strings.HasPrefix(pair, "prompt=") {
				return "", nil
			}
		}
		return "", usageError("run needs a prompt, or - to read it from standard input")
	}
	prompt := args[0]
	if prompt == "-" {
		defer p.sayWaiting("the prompt on standard input")()
		raw, err := io.ReadAll(io.LimitReader(p.in, maxPrompt+1))
		if err != nil {
			return "", usageError("the prompt cannot be read from standard input: %s", err)
		}
		prompt = asWritten(raw)
		p.explainLines(prompt)
	}
	return checkPrompt(prompt)
}

// asWritten returns the text of a file without the mark that some editors put before it, and with line feeds at the ends of its lines:
// with those of Windows it would be another picture. JSON keeps all its bytes.
func asWritten(raw []byte) string {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if json.Valid(raw) {
		return string(raw)
	}
	return strings.ReplaceAll(string(raw), "\r\n", "\n")
}

// eachLine is how a shell makes one picture of each line of a file.
const eachLine = `while read -r line; do tintype run "$line"; done < FILE`

// explainLines says that several lines of standard input are one prompt, and how each becomes its own.
func (p *program) explainLines(prompt string) {
	lines := 0
	for line := range strings.Lines(prompt) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	if lines > 1 {
		p.printProgress(fmt.Sprintf("These %d lines are one prompt. For one picture of each: %s", lines, eachLine))
	}
}

// checkPrompt returns the prompt without trailing line ends, or why it cannot be used.
func checkPrompt(prompt string) (string, error) {
	prompt = strings.TrimRight(prompt, "\r\n")
	switch {
	case len(prompt) > maxPrompt:
		return "", usageError("the prompt is longer than 64 KiB")
	case !utf8.ValidString(prompt):
		return "", usageError("the prompt is not UTF-8 text")
	case strings.TrimSpace(prompt) == "":
		return "", usageError("the prompt is empty")
	}
	return prompt, nil
}

// resolveImages loads the input images of a draft before it is bought: a file that is not an image is wrong use and costs nothing. It prints
// which of them are sent as a smaller copy.
func (p *program) resolveImages(ctx context.Context, s *session, draft runner.Draft) (runner.Draft, error) {
	input, err := inputimage.New(p.env, s.settings.DataDir, s.provider).Resolve(ctx, model.Find(draft.Model), draft.Input)
	if err != nil {
		return draft, usageError("%w", err)
	}
	draft.Input = input
	sent, err := inputimage.Describe(ctx, model.Find(draft.Model), input, s.provider)
	if err != nil {
		return draft, usageError("%s", refusalText(err))
	}
	for _, path := range slices.Sorted(maps.Keys(sent)) {
		if image := sent[path]; image.IsCopy {
			p.printProgress(fmt.Sprintf("%s (%s) is %s", filepath.Base(path), format.Bytes(image.Original), image))
		}
	}
	return draft, nil
}

// refusalText is the sentence of a refusal of our own.
func refusalText(err error) string {
	if e := api.AsError(err); e != nil && e.Detail != "" {
		return e.Detail
	}
	return err.Error()
}

package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tintype/ui/format"
	"tintype/ui/template"
	"tintype/ui/template/wildcards"
	"tintype/ui/text"
)

// expandFlags are the flags of expand.
type expandFlags struct {
	count, lint     bool
	random, labSeed string // as typed
	wildcards       []string
}

// defaultLabSeed is the lab seed where none is given.
const defaultLabSeed = 1

func expandCommand(p *program) *cobra.Command {
	var f expandFlags
	c := &cobra.Command{
		Use:   "expand TEMPLATE|-|@FILE",
		Short: "Print the prompts of a template, free and offline",
		Long: "Prints the prompts that a template makes, one a line, with a line feed in one as \\n. A template has groups {red|blue}, lists " +
			"__animals__ and variables ${colour}; - reads it from standard input, @FILE from a file. Nothing is sent or bought. Put a template with $ in single " +
			"quotes: within double ones, the shell reads it.\n\n" +
			"A mistake in the template is reported with its place, and the exit code is 2.",
		Example: "tintype expand \"A {red|blue} fox, {ink|oil} study\"\ntintype expand --count @prompt.txt\n" +
			"tintype expand --random 5 --lab-seed 7 \"a __animals__ in {~fog|rain}\"\ntintype expand --lint @prompt.txt",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			return expand(p, args, f)
		}),
	}
	c.Flags().BoolVar(&f.count, "count", false, "print how many different prompts there are")
	c.Flags().StringVar(&f.random, "random", "", "print this many prompts, drawn by weight")
	c.Flags().StringVar(&f.labSeed, "lab-seed", "", "what draws are made from, never the seed of a picture; 1 if not given")
	c.Flags().StringArrayVar(&f.wildcards, "wildcards", nil, "folder with lists, before those of the settings; may be repeated")
	c.Flags().BoolVar(&f.lint, "lint", false, "print what is allowed and probably not meant")
	return c
}

// expand prints the prompts of a template.
func expand(p *program, args []string, f expandFlags) (int, error) {
	if len(args) != 1 {
		return 0, usageError("expand takes one template, - or @FILE; put it in quotes: tintype expand \"A {red|blue} fox\"")
	}
	random, labSeed, err := f.draws()
	if err != nil {
		return 0, err
	}
	written, err := readTemplate(p, args[0])
	if err != nil {
		return 0, err
	}
	lists, err := listsFor(p, f.wildcards)
	if err != nil {
		return 0, err
	}
	if f.lint {
		return lintTemplate(p, written, lists)
	}
	parsed, err := template.Parse(written, lists)
	if err != nil {
		return templateMistake(p, err), nil
	}
	if f.count && random == 0 {
		return exitOK, p.write([]byte(parsed.CountDrawn(labSeed).String() + "\n"))
	}
	prompts, err := promptsOf(parsed, random, labSeed)
	if err != nil {
		return templateMistake(p, err), nil
	}
	if f.count {
		return exitOK, p.write(fmt.Appendln(nil, len(prompts)))
	}
	return exitOK, printPrompts(p, prompts)
}

// draws returns how many prompts are drawn, 0 for all, and the lab seed.
func (f expandFlags) draws() (random int, labSeed uint64, err error) {
	if f.random != "" {
		if random, err = parsePositive("random", f.random); err != nil {
			return 0, 0, err
		}
	}
	labSeed, err = parseLabSeed(f.labSeed)
	return random, max(labSeed, defaultLabSeed), err
}

// promptsOf returns all prompts, or those that are drawn.
func promptsOf(parsed template.Template, random int, labSeed uint64) ([]string, error) {
	if random > 0 {
		return parsed.Random(random, labSeed)
	}
	return parsed.Expand(labSeed, 0)
}

// templateMistake prints the sentence of a mistake as it is, since it begins with its place.
func templateMistake(p *program, err error) int {
	p.printLine(p.err, err.Error())
	return exitUsage
}

// readTemplate returns the template that an argument names: itself, standard input or a file.
func readTemplate(p *program, argument string) (string, error) {
	var raw []byte
	var err error
	name, isFile := strings.CutPrefix(argument, "@")
	switch {
	case argument == "-":
		defer p.sayWaiting("the template on standard input")()
		raw, err = io.ReadAll(io.LimitReader(p.in, maxPrompt+1))
		if err != nil {
			return "", usageError("the template cannot be read from standard input: %s", err)
		}
	case isFile && name == "":
		return "", usageError("after @ the name of a file is missing. A template that begins with @ begins with \\@ here")
	case isFile:
		raw, err = readTemplateFile(name)
		if err != nil {
			return "", err
		}
	default:
		return checkPrompt(strings.TrimPrefix(argument, "\ufeff"))
	}
	return checkPrompt(asWritten(raw))
}

// readTemplateFile reads the beginning of a plain file, one byte more than a prompt may have.
func readTemplateFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return nil, usageError("%s is no plain file. Put the template in one, or pass it to: tintype expand -", name)
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(name)
	}
	if err != nil {
		return nil, usageError("the template cannot be read from %s: %s. A template that begins with @ begins with \\@ here", name, format.Cause(err))
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxPrompt+1))
	if err != nil {
		return nil, usageError("the template cannot be read from %s: %s", name, format.Cause(err))
	}
	return raw, nil
}

// listsFor returns the lists of some folders and of those of the settings. A folder that does not exist is a mistake, if it is named here.
func listsFor(p *program, folders []string) (*wildcards.Lists, error) {
	for i, name := range folders {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			return nil, usageError("--wildcards takes a folder; %s is none", name)
		}
		if full, err := filepath.Abs(name); err == nil {
			folders[i] = full
		}
	}
	settings, _, err := p.loadSettings()
	if err != nil && settingsFileError(err) == nil {
		return nil, err
	}
	if err != nil { // nothing is bought here, so the readable part is enough
		p.printProgress(err.Error())
	}
	return wildcards.New(append(folders, settings.Wildcards...)...), nil
}

// printPrompts prints a prompt a line, or as JSON.
func printPrompts(p *program, prompts []string) error {
	if p.json {
		if prompts == nil {
			prompts = []string{}
		}
		return p.writeJSON(prompts)
	}
	var b strings.Builder
	for _, prompt := range prompts {
		b.WriteString(string(text.Clean(strings.ReplaceAll(prompt, "\n", `\n`))))
		b.WriteByte('\n')
	}
	return p.write([]byte(b.String()))
}

// jsonNote is a note of --lint in JSON.
type jsonNote struct {
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Sentence string `json:"sentence"`
}

// lintTemplate prints what is probably not meant. It exits with 0, unless there is a mistake.
func lintTemplate(p *program, written string, lists template.Lists) (int, error) {
	notes, err := template.Lint(written, lists)
	if err != nil {
		return templateMistake(p, err), nil
	}
	if p.json {
		all := []jsonNote{}
		for _, n := range notes {
			all = append(all, jsonNote{Line: n.Line, Column: n.Column, Start: n.Start, End: n.End, Sentence: n.Error()})
		}
		return exitOK, p.writeJSON(all)
	}
	for _, n := range notes {
		p.printLine(p.out, n.Error())
	}
	return exitOK, nil
}

package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/watchfile"
)

func newCommand(p *program) *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "new FILE [PROMPT|-]",
		Short: "Write the form as a file to edit and watch",
		Long: "Write the form of the full screen, as it was left, as a file for tintype watch: the prompt, and before it the settings between " +
			"two lines +++. A prompt and flags take the place of what the form has. A file that is there is not replaced.",
		Example: "tintype new fox.txt\ntintype new -m flux-dev --set guidance=3 fox.txt \"A {red|blue} fox\"\ntintype watch fox.txt --budget 0.50",
		RunE:    p.runE(func(_ context.Context, args []string) (int, error) { return exitOK, writeNew(p, args, f) }),
	}
	addModelFlag(c)
	addInputFlags(c.Flags(), &f)
	return c
}

// writeNew writes the form, with the prompt and the flags in the place of its own, as a new file.
func writeNew(p *program, args []string, f runFlags) error {
	if len(args) < 1 || len(args) > 2 {
		return usageError("new takes the file to write, and perhaps a prompt in quotes: tintype new fox.txt")
	}
	path := args[0]
	if _, err := os.Lstat(path); err == nil {
		return errNewExists(path)
	}
	spec, err := newSpec(p, args[1:], f)
	if err != nil {
		return err
	}
	data, err := watchfile.Encode(spec)
	if err != nil {
		return err
	}
	if err := createFile(path, data); err != nil {
		return err
	}
	p.printLine(p.out, path)
	p.printProgress("Edit it, and see it with: tintype watch " + path)
	return nil
}

// newSpec returns what a new file has: the form as it was left, with the prompt and the flags in the place of its own.
func newSpec(p *program, prompt []string, f runFlags) (plan.Spec, error) {
	settings, _, err := p.loadSettings()
	if err != nil {
		return plan.Spec{}, err
	}
	spec := plan.Spec{Model: settings.Model}
	kept, found, err := form.Load(settings.DataDir)
	if err != nil {
		p.printError(err)
	}
	if found {
		spec = formSpec(kept)
	}
	if len(prompt) > 0 {
		if spec.Prompt, err = p.readPrompt(prompt, nil); err != nil {
			return spec, err
		}
		spec.AsWritten, spec.Parent = false, "" // another prompt is something else
	}
	if _, given := p.flagValues["model"]; given {
		spec.Model = settings.Model
	}
	if err := checkModel(spec.Model); err != nil {
		return spec, err
	}
	m := model.Find(spec.Model)
	spec.Model = m.Reference()
	return spec, addFlags(&spec, m, f)
}

// formSpec returns the spec of a form.
func formSpec(kept form.State) plan.Spec {
	settings := form.NewSettings(kept.Settings.Model, "", nil)
	settings.Restore(kept.Settings)
	return plan.Spec{
		Prompt: kept.Draft, AsWritten: kept.Literal, Model: settings.ModelID(), Base: settings.Base(), Axes: settings.Axes(), Parent: kept.Parent,
	}
}

// addFlags sets what flags name, in the place of axes and other values.
func addFlags(spec *plan.Spec, m model.Model, f runFlags) error {
	given := map[string]any{}
	err := f.addTo(m, given)
	if err != nil {
		return err
	}
	if spec.Base == nil {
		spec.Base = map[string]any{}
	}
	for name, v := range given {
		if v, err = placeImages(name, v); err != nil {
			return err
		}
		spec.Base[name] = v
		var others []plan.Axis
		for _, a := range spec.Axes {
			if a.Name() != name {
				others = append(others, a)
			}
		}
		spec.Axes = others
	}
	return nil
}

// placeImages makes the paths of input images absolute: in a file, a relative one would be from the file's folder.
func placeImages(name string, v any) (any, error) {
	folder, err := filepath.Abs(".")
	if err != nil || !model.IsImage(name) {
		return v, err
	}
	switch v := v.(type) {
	case string:
		return model.PathIn(folder, v), nil
	case []string:
		placed := make([]string, len(v))
		for i := range v {
			placed[i] = model.PathIn(folder, v[i])
		}
		return placed, nil
	}
	return v, nil
}

// errNewExists is the error for a file that is there already.
func errNewExists(path string) error {
	return usageError("%s is there already, and is not replaced. Watch it with tintype watch %s, or name another file", path, path)
}

// createFile writes a file that was not there. The prompt is private: only its owner may read it.
func createFile(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return errNewExists(path)
	}
	if err != nil {
		return usageError("%s cannot be written: %w", path, format.Cause(err))
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path) // it is incomplete
		return usageError("%s cannot be written: %w", path, err)
	}
	return nil
}

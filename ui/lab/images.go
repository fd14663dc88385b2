package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/runner/inputimage"
)

// ResolveImages makes the input images of a spec absolute and checks them, before anything is bought. The importer knows the folder of
// relative paths. It reads files. Errors are sentences.
func ResolveImages(ctx context.Context, images inputimage.Importer, spec plan.Spec) (plan.Spec, error) {
	var err error
	if spec.Base, err = resolveInput(ctx, images, spec.Model, spec.Base); err != nil {
		return spec, err
	}
	spec.Axes, err = plan.ResolveImages(spec.Axes, images.Glob, func(typed string) (string, error) { return images.Import(ctx, typed) })
	if err != nil {
		return spec, err
	}
	spec.Rows = slices.Clone(spec.Rows)
	for i := range spec.Rows {
		r := &spec.Rows[i]
		if r.Input, err = resolveInput(ctx, images, spec.Model, r.Input); err != nil {
			return spec, err
		}
	}
	return spec, nil
}

// resolveInput imports the images of an input, whichever model takes them: an axis may choose another model than the spec's.
func resolveInput(ctx context.Context, images inputimage.Importer, modelID string, input map[string]any) (map[string]any, error) {
	for _, m := range append(model.All(), model.Find(modelID)) {
		for _, p := range m.Parameters {
			if input[p.Name] == nil || !model.IsImage(p.Name) {
				continue
			}
			var err error
			if input, err = images.Resolve(ctx, m, input); err != nil {
				return input, err
			}
			break
		}
	}
	return input, nil
}

// files is what plans need of a spec's input images. It is read once, however many ways of choosing its cells are planned.
type files struct {
	checksums func() (map[string]string, error)                       // sha256 by path
	measure   func(m model.Model, input map[string]any) model.Measure // nil: nothing can be measured
}

func (l *Lab) filesOf(spec plan.Spec) files {
	return files{sync.OnceValues(func() (map[string]string, error) { return checksums(spec) }), l.measureOnce()}
}

// checksums returns the sha256 of the input images of a spec by their paths. Files that cannot be read are errors.
func checksums(spec plan.Spec) (map[string]string, error) {
	sums := map[string]string{}
	if err := addChecksums(sums, spec.Base); err != nil {
		return nil, err
	}
	for _, r := range spec.Rows {
		if err := addChecksums(sums, r.Input); err != nil {
			return nil, err
		}
	}
	for _, a := range spec.Axes {
		for _, name := range a.Of {
			if !plan.IsImage(name) {
				continue
			}
			for i := range a.Values {
				text, set := a.Value(i, name)
				if set == nil {
					set = text
				}
				if err := addImages(sums, set); err != nil {
					return nil, err
				}
			}
		}
	}
	return sums, nil
}

// addChecksums adds the checksums of the input images of an input.
func addChecksums(sums map[string]string, input map[string]any) error {
	for name, v := range input {
		if !model.IsImage(name) {
			continue
		}
		if err := addImages(sums, v); err != nil {
			return err
		}
	}
	return nil
}

// addImages adds the checksum of an input image, or of each of a list.
func addImages(sums map[string]string, v any) error {
	images, _ := model.StringList(v)
	if one, ok := v.(string); ok {
		images = []string{one}
	}
	for _, path := range images {
		if err := addChecksum(sums, path); err != nil {
			return err
		}
	}
	return nil
}

// addChecksum adds the checksum of a file.
func addChecksum(sums map[string]string, path string) error {
	if path == "" || !model.IsPath(path) || sums[path] != "" {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w.", path, format.Cause(err))
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return fmt.Errorf("%s cannot be read: %w.", path, format.Cause(err))
	}
	sums[path] = hex.EncodeToString(hash.Sum(nil))
	return nil
}

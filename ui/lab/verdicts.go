package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tintype/config/atomicfile"
	"tintype/ui/bisect"
	"tintype/ui/format"
	"tintype/ui/picturekey"
)

// Verdicts are what was said of the pictures of a bisect between two predictions. They are kept, so that it can be resumed.
type Verdicts struct {
	Good  string    `json:"good"` // keys of the predictions
	Bad   string    `json:"bad"`
	Steps []Verdict `json:"steps"`
}

// A Verdict is what was said of one picture.
type Verdict struct {
	Key     string         `json:"key"`     // of the prediction; "" if none was made
	Picture picturekey.Key `json:"picture"` // what the picture was made of
	Verdict bisect.Verdict `json:"verdict"` // g, b or s
}

// Resume tells a search the verdicts that are kept of it, and returns them. good and bad are the keys of its predictions.
func (l *Lab) Resume(search *bisect.Bisect, good, bad string) (Verdicts, error) {
	v, err := l.Verdicts(good, bad)
	if err != nil {
		return v, err
	}
	known := map[picturekey.Key]bisect.Verdict{}
	for _, step := range v.Steps {
		known[step.Picture] = step.Verdict
	}
	search.Resume(known)
	return v, nil
}

// Judge tells a search the verdict of its next picture, and adds it to those that are kept. key is that of the prediction; "" if none was made.
func (v *Verdicts) Judge(search *bisect.Bisect, key string, verdict bisect.Verdict) {
	v.Steps = append(v.Steps, Verdict{Key: key, Picture: search.Key(), Verdict: verdict})
	search.Judge(verdict)
}

// Undo undoes the last verdict of a search, and removes it from those that are kept. It reports false if there is none.
func (v *Verdicts) Undo(search *bisect.Bisect) bool {
	if !search.Undo() {
		return false
	}
	for i, step := range slices.Backward(v.Steps) {
		if step.Picture == search.Key() {
			v.Steps = slices.Delete(slices.Clone(v.Steps), i, i+1)
			break
		}
	}
	return true
}

// Verdicts returns those that are kept of a bisect; none if it was not begun. Errors are sentences that name the file.
func (l *Lab) Verdicts(good, bad string) (Verdicts, error) {
	v := Verdicts{Good: good, Bad: bad}
	path := l.verdictsPath(good, bad)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	}
	if err != nil {
		return v, fmt.Errorf("%s cannot be read: %w.", path, format.Cause(err))
	}
	if err := json.Unmarshal(data, &v); err != nil || v.Good != good || v.Bad != bad {
		return v, fmt.Errorf("%s is damaged. Move it away, and this bisect begins again; its pictures are here and cost nothing.", path)
	}
	return v, nil
}

// SaveVerdicts keeps the verdicts of a bisect. It replaces those of before at once or not at all.
func (l *Lab) SaveVerdicts(v Verdicts) error {
	v.Steps = slices.Clone(v.Steps)
	if v.Steps == nil {
		v.Steps = []Verdict{}
	}
	data, err := json.MarshalIndent(v, "", "  ")
	path := l.verdictsPath(v.Good, v.Bad)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = atomicfile.Write(path, append(data, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("The verdicts cannot be kept: %s.", strings.TrimSuffix(err.Error(), "."))
	}
	return nil
}

// verdictsPath returns where the verdicts of a bisect are kept. Keys of other programs may be no names of files.
func (l *Lab) verdictsPath(good, bad string) string {
	sum := sha256.Sum256([]byte(good + "\n" + bad))
	return filepath.Join(l.History.Path(folder), "bisect-"+hex.EncodeToString(sum[:8])+".json")
}

package lab

import (
	"bytes"
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
	Verdict string         `json:"verdict"` // g, b or s
}

// Verdicts returns those that are kept of a bisect; none if it was not begun. Errors are sentences that name the file.
func (l *Lab) Verdicts(good, bad string) (Verdicts, error) {
	v := Verdicts{Good: good, Bad: bad}
	path := l.verdictsPath(good, bad)
	data, err := readSmall(path, "verdicts")
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors begin a text with it
	if err := json.Unmarshal(data, &v); err != nil || v.Good != good || v.Bad != bad || slices.ContainsFunc(v.Steps, Verdict.isDamaged) {
		return Verdicts{Good: good, Bad: bad}, fmt.Errorf("%s is damaged. Move it away, and this bisect begins again; its pictures are here and cost nothing.", path)
	}
	return v, nil
}

// ByPicture returns what verdicts say of each picture: g, b or s.
func ByPicture(steps []Verdict) map[picturekey.Key]string {
	said := map[picturekey.Key]string{}
	for _, v := range steps {
		said[v.Picture] = v.Verdict
	}
	return said
}

// isDamaged reports whether a verdict says nothing.
func (v Verdict) isDamaged() bool {
	return v.Picture == "" || v.Verdict != "g" && v.Verdict != "b" && v.Verdict != "s"
}

// TellVerdict keeps a verdict of a bisect beside those that other programs kept, or drops that of a picture if it says nothing, and returns all
// that are left. The file is replaced at once or not at all. Errors are sentences.
func (l *Lab) TellVerdict(good, bad string, said Verdict) (v Verdicts, err error) {
	err = l.History.Exclusively(func() error {
		if v, err = l.Verdicts(good, bad); err != nil {
			return err
		}
		v.Steps = append(without(v.Steps, said.Picture), said)
		if said.Verdict == "" {
			v.Steps = without(v.Steps, said.Picture)
		}
		data, err := json.MarshalIndent(v, "", "  ")
		path := l.verdictsPath(good, bad)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o700)
		}
		if err == nil {
			err = atomicfile.Write(path, append(data, '\n'), 0o600)
		}
		return err
	})
	if err != nil {
		return v, fmt.Errorf("The verdict is not kept: %s.", strings.TrimSuffix(err.Error(), "."))
	}
	return v, nil
}

// without returns the verdicts that are not of a picture.
func without(steps []Verdict, of picturekey.Key) []Verdict {
	return slices.DeleteFunc(slices.Clone(steps), func(v Verdict) bool { return v.Picture == of })
}

// verdictsPath returns where the verdicts of a bisect are kept. Keys of other programs may be no names of files.
func (l *Lab) verdictsPath(good, bad string) string {
	sum := sha256.Sum256([]byte(good + "\n" + bad))
	return filepath.Join(l.History.Path(folder), "bisect-"+hex.EncodeToString(sum[:8])+".json")
}

package inputimage

import (
	"os"
	"path/filepath"
	"strings"
)

// Completion is how a typed path goes on.
type Completion struct {
	Line  string      // the typed line, completed as far as all that fits goes
	Files []Candidate // what fits, if it is more than one
}

// Candidate is a picture or a folder that fits a typed path.
type Candidate struct {
	Name     string
	Line     string // the typed line with it
	Bytes    int64  // of a picture
	IsFolder bool
}

// mostCandidates is how many files are offered.
const mostCandidates = 200

// Complete completes the path at the end of a line with the names of pictures and folders, as a shell does: in the case that is typed, and
// with hidden files only after a dot. several means that blanks separate paths, so that those in names are escaped. It reads a folder.
func (im Importer) Complete(line string, several bool) Completion {
	head, word := "", line
	if several {
		at := lastBlank(line) + 1
		head, word = line[:at], line[at:]
	}
	if word == "~" {
		word = "~/"
	}
	cut := strings.LastIndexAny(word, "/"+string(filepath.Separator)) + 1
	if filepath.Separator == '/' {
		cut = strings.LastIndexByte(word, '/') + 1
	}
	folder, prefix := word[:cut], unescapeAll(word[cut:])
	out, common := Completion{Line: head + word}, ""
	for i, c := range im.candidates(folder, prefix) {
		name := c.Name
		if several || strings.Contains(word, `\`) {
			name = escape(name)
		}
		if c.Line = head + folder + name; c.IsFolder {
			c.Line += "/"
		}
		if common = commonPrefix(common, c.Line); i == 0 {
			common = c.Line
		}
		out.Files = append(out.Files, c)
	}
	if len(common) >= len(out.Line) {
		out.Line = common
	}
	if len(out.Files) == 1 {
		out.Files = nil
	}
	return out
}

// ForTexts returns an importer whose Complete finds files that are no pictures.
func (im Importer) ForTexts() Importer {
	im.texts = true
	return im
}

// candidates returns the files and folders of a folder whose names have a prefix.
func (im Importer) candidates(folder, prefix string) []Candidate {
	at := im.path(folder)
	if at == "" {
		at = "."
	}
	entries, _ := os.ReadDir(at)
	var found []Candidate
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, prefix) || name[0] == '.' && !strings.HasPrefix(prefix, ".") || len(found) >= mostCandidates {
			continue
		}
		info, err := os.Stat(filepath.Join(at, name)) // follows links
		if err == nil && (info.IsDir() || info.Mode().IsRegular() && endsAsPicture(name) != im.texts) {
			found = append(found, Candidate{Name: name, Bytes: info.Size(), IsFolder: info.IsDir()})
		}
	}
	return found
}

// lastBlank returns the index of the last blank that is not escaped, or -1.
func lastBlank(line string) int {
	for i := len(line) - 1; i >= 0; i-- {
		if line[i] == ' ' && (i == 0 || line[i-1] != '\\') {
			return i
		}
	}
	return -1
}

func commonPrefix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return strings.ToValidUTF8(a[:n], "")
}

func escape(name string) string {
	return strings.NewReplacer(`\`, `\\`, " ", `\ `).Replace(name)
}

func unescapeAll(name string) string {
	if filepath.Separator == '\\' {
		return name
	}
	return strings.NewReplacer(`\\`, `\`, `\ `, " ").Replace(name)
}

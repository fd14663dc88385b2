package history

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// isLocal reports whether a path of the journal is one of something in the data folder, on every system: a journal may come from another machine.
// Links in the folder are followed, since only its owner can make them: people move their pictures to another disk that way.
func isLocal(rel string) bool {
	return !strings.ContainsAny(rel, "\\:\x00") && path.Clean(rel) != "." && filepath.IsLocal(filepath.FromSlash(rel))
}

// LocalPath returns the path of a picture, relative to the data folder and with slashes. It is "" if there is no picture, or if the path
// leaves the data folder: others may have written the journal, so such a path must not be opened or drawn.
func (o Output) LocalPath() string {
	if !isLocal(o.Path) {
		return ""
	}
	return o.Path
}

// HasFile reports whether the file of a picture is in the data folder.
func (h *History) HasFile(o Output) bool {
	rel := o.LocalPath()
	if rel == "" {
		return false
	}
	_, err := os.Stat(h.Path(rel))
	return err == nil
}

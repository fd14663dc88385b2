package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"tintype/config"
	"tintype/history"
)

// folderObject is a folder or a file of ours, and who may look into it.
type folderObject struct {
	Path   string  `json:"path"`
	Exists bool    `json:"exists"`
	Mode   *string `json:"mode"` // in octal; null on Windows, and where there is nothing
	Want   string  `json:"want"`
}

// keptPlace is something that we keep, with the mode that closes it to others.
type keptPlace struct {
	path    string
	want    fs.FileMode
	checked bool // by the history itself
}

func places(settings config.Settings) []keptPlace {
	in := func(name string) string { return filepath.Join(settings.DataDir, name) }
	rows := []keptPlace{
		{settings.DataDir, 0o700, true},
		{in("history.jsonl"), 0o600, true},
		{in("form.json"), 0o600, false},
		{in("pictures"), 0o700, false},
		{in("inputs"), 0o700, false},
		{in("thumbnails"), 0o700, false},
		{in("unparsed"), 0o700, false},
		{in("running"), 0o700, false},
	}
	if settings.KeyFile != "" {
		rows = append(rows, keptPlace{settings.KeyFile, 0o600, false})
	}
	return rows
}

// lookOverFolders finds what others on this machine may look into.
func (d *diagnosis) lookOverFolders(settings config.Settings) {
	for _, row := range places(settings) {
		o := folderObject{Path: row.path, Want: fmt.Sprintf("%04o", row.want)}
		info, err := os.Stat(row.path)
		if err == nil {
			o.Exists = true
		}
		if err == nil && runtime.GOOS != "windows" {
			mode := fmt.Sprintf("%04o", info.Mode().Perm())
			o.Mode = &mode
			if info.Mode().Perm()&^row.want != 0 && !row.checked {
				d.find(history.Finding{
					Kind: history.OpenPermissions, Path: row.path, Sentence: fmt.Sprintf("Others on this machine may look into %s (mode %s).", row.path, mode),
					Fix: fmt.Sprintf("chmod %s %s", o.Want, row.path),
				})
			}
		}
		d.Folders = append(d.Folders, o)
	}
}

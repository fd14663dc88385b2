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

// folderJSON is a folder or a file of tintype with its permissions, as --json prints it.
type folderJSON struct {
	Path   string  `json:"path"`
	Exists bool    `json:"exists"`
	Mode   *string `json:"mode"` // octal; null on Windows and if it does not exist
	Want   string  `json:"want"`
}

// ownPath is a file or a folder of tintype with the permissions that close it to other users.
type ownPath struct {
	path             string
	want             fs.FileMode
	checkedByHistory bool // history.Check reports it
}

func ownPaths(settings config.Settings) []ownPath {
	var rows []ownPath
	if settings.DataDir != "" {
		rows = dataPaths(settings.DataDir)
	}
	if settings.KeyFile != "" {
		rows = append(rows, ownPath{settings.KeyFile, 0o600, false})
	}
	return rows
}

// dataPaths are the files and folders of a data folder.
func dataPaths(dir string) []ownPath {
	in := func(name string) string { return filepath.Join(dir, name) }
	return []ownPath{
		{dir, 0o700, true},
		{in("history.jsonl"), 0o600, true},
		{in("duels.jsonl"), 0o600, false},
		{in("form.json"), 0o600, false},
		{in("pictures"), 0o700, false},
		{in("inputs"), 0o700, false},
		{in("thumbnails"), 0o700, false},
		{in("unparsed"), 0o700, false},
		{in("running"), 0o700, false},
	}
}

// checkFolders finds files and folders that other users of this machine can read.
func (d *diagnosis) checkFolders(settings config.Settings) {
	for _, row := range ownPaths(settings) {
		o := folderJSON{Path: row.path, Want: fmt.Sprintf("%04o", row.want)}
		info, err := os.Stat(row.path)
		if err == nil {
			o.Exists = true
		}
		if err == nil && runtime.GOOS != "windows" {
			mode := fmt.Sprintf("%04o", info.Mode().Perm())
			o.Mode = &mode
			isFolder := row.want&0o100 != 0
			right := isFolder && info.IsDir() || !isFolder && info.Mode().IsRegular() // of another kind, it is told elsewhere
			if info.Mode().Perm()&^row.want != 0 && right && !row.checkedByHistory {
				d.addFinding(history.Finding{
					Kind: history.OpenPermissions, Path: row.path, Sentence: fmt.Sprintf("Others on this machine may look into %s (mode %s).", row.path, mode),
					Fix: fmt.Sprintf("chmod %s %s", o.Want, row.path),
				})
			}
		}
		d.Folders = append(d.Folders, o)
	}
}

// Package atomicfile replaces small files so that a reader finds the old text or the new one complete, even after a kill or a power cut.
// It imports no other package of tintype.
package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes a file with a mode, such as 0o600, in a folder that exists. It replaces a file of that name. The errors are the system's.
func Write(path string, data []byte, mode fs.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part") // with mode 0600: it may have a key
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if err == nil && mode.Perm() != 0o600 {
		err = temp.Chmod(mode.Perm())
	}
	// Without the sync, some file systems have an empty file after a power cut.
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // if this fails, the ending .part says that the file is incomplete
	}
	return err
}

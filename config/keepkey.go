package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"tintype/config/atomicfile"
)

// KeepKey writes a key to a file that only its owner can read, with mode 0600, and makes its folder with mode 0700 if it is missing. A
// reader finds the old file or the new one complete. It refuses a value that cannot be a key, a file that is a symbolic link, no plain
// file or readable by others, and a folder that others can write to. The error is a sentence that never quotes the key.
func KeepKey(file, value string) error {
	if err := CheckKey(value); err != nil {
		return err
	}
	if file == "" {
		return errors.New("there is no folder for a key file here")
	}
	if err := checkOldKeyFile(file); err != nil {
		return err
	}
	dir := filepath.Dir(file)
	if err := makeKeyFolder(dir); err != nil {
		return err
	}
	if err := atomicfile.Write(file, []byte(value+"\n"), 0o600); err != nil {
		return fmt.Errorf("the key file %s cannot be written: %s", file, reason(err))
	}
	return nil
}

// checkOldKeyFile refuses to replace a key file that readKeyFile would refuse.
func checkOldKeyFile(file string) error {
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("the key file %s cannot be written: %s", file, reason(err))
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("the key file %s is a link, and a key is only kept in a plain file. Remove the link first", file)
	}
	return checkKeyMode(info, file)
}

// makeKeyFolder makes the folder of the key file if it is missing. Windows has no mode bits.
func makeKeyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %s", dir, reason(err))
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("the folder %s cannot be used: %s", dir, reason(err))
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("others can change files in the folder %s. Close it with: chmod 700 %s", dir, dir)
	}
	return nil
}

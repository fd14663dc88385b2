package format

import (
	"errors"
	"io/fs"
)

// Cause returns what the system said in an error about a file, without the operation and the path; any other error as it is.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

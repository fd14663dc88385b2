package config

import "os"

// openNoFollow opens a file. On Windows only privileged users can make symbolic links.
func openNoFollow(name string) (*os.File, error) { return os.Open(name) }

//go:build !linux && !darwin

package filelock

// networkStorage cannot tell here; a system without locks says so itself.
func networkStorage(string) string { return "" }

//go:build !linux && !windows && !darwin

package filelock

// bootSession is not known on these systems.
func bootSession() string { return "" }

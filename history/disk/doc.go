// Package disk is what the history asks of a file system: a small interface that tests replace by one with faults, and the
// sentences that explain its errors to a person.
package disk

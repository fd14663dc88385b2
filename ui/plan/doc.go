// Package plan makes a table of predictions that could be bought: axes of values, and a cell for each combination.
//
// It does no I/O. It knows what each cell would send, its picture key and its price. Which pictures are on disk, package lab finds out.
package plan

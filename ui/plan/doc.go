// Package plan makes a table of predictions that could be bought: axes of values, and a cell for each combination.
//
// It is pure. It knows what each cell would send, its picture key and its price. It asks History which pictures are here already.
package plan

// Package jsonscan finds the fields of a JSON object without decoding them.
//
// The history's index needs a few fields of each of up to millions of lines, and skips the others; which is about ten times as
// fast as encoding/json (BenchmarkJSONScan in package history measures it). The scan is lenient inside values, which it does not
// look at, and exact about where an object ends: a truncated object is never taken for a complete one.
package jsonscan

// Package format writes amounts, durations, counts and sentences for people, the same for the full screen and the command line.
//
// Its rules: an amount has at least two decimals and, below a dollar, three digits; a number that is not certain says so ("~", "about",
// "unknown"); a duration that is measured has tenths below ten seconds, one that counts up or down has whole seconds. Nothing here is
// for programs: JSON has plain numbers.
package format

// Package format writes amounts, durations, counts and sentences for people, the same for the full screen and the command line.
package format

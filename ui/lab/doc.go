// Package lab joins what a plan is made of: the prompt's template, the lists, the model, the presets, the history and the runner. The full
// screen and the command line plan and buy by it alone.
//
// Its rules: Make and Refresh read, and buy nothing. A Buyer is a state machine without I/O: it says which cell to submit next. The claim
// and the budget are checked by the runner, under the journal's lock.
package lab

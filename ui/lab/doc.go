// Package lab makes plans and buys them, and keeps the verdicts of bisects. It joins the prompt's template, the lists, the model, the presets,
// the history and the runner. Both the full screen and the command line use it.
//
// Make and Refresh read the disk and buy nothing. A Buyer is a state machine without I/O: it says which cell to submit next. The runner
// checks the claim and the budget, under the journal's lock.
package lab

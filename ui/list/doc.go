// Package list is the list of predictions: which of them it shows, the cursor, the marks, the filter, and how their rows are drawn.
//
//   - The list knows every key, but holds entries only for the rows around its window. Missing and MissingOf say what has to be read;
//     the caller reads it and hands it to Update.
//   - A row is drawn from Row alone: from the Source while a job is followed, else from the entry that is held.
//   - The cursor is on a prediction, not on a row of the screen. When predictions arrive, what the user looks at does not move.
//   - It does no I/O, and everything except the keys is bounded: a history of millions of predictions takes no longer to draw than
//     one of a hundred.
package list

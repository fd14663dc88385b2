// Package history keeps the journal of all predictions, searches it, and keeps their pictures on disk.
//
// # The journal
//
// history.jsonl in the data folder is the only source of truth. It is a file of JSON Lines: each line is an Entry, the complete state of
// one prediction at one moment. Among the lines with one key, the one with the greatest revision counts, and among equal revisions the
// later line; a prediction that is done or failed stays so. A bad line therefore loses one moment of a prediction, never the prediction,
// and two files can be joined by concatenating them. Lines are only appended, never changed; Compact and Mend write a new file and keep the
// old one. README.md in this folder documents the format, what is promised about it, and the decisions behind it.
//
// # Writing
//
// Append is the only way to write. Under a lock that all programs share (history.lock) it reads what others appended, and writes
// one line with a single write; a failed write is truncated away, and the line is synced before Append returns. Package filelock
// describes the locks. The folder has the mode 0700, the files 0600. Before a purchase, Reserve and CheckRoom make sure that there is room
// for its lines and its pictures.
//
// # Reading
//
// The index in memory has a row of a few dozen bytes for each entry, and each distinct prompt once, folded to lower case, in one
// block of memory that search scans. It is built in the background; what is on the screen at the start comes from the end of
// the file alone. Entries themselves are read from the file when they are asked for.
//
// # Text
//
// All text is stored as it came, from users and from servers. Whoever displays it must clean it first (package ui/text).
package history

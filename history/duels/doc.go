// Package duels keeps what a person chose between two pictures. duels.jsonl in the data folder is a file of JSON Lines beside the journal, and
// has its protocol: lines are only appended, one write each, under the lock that all programs share; a line that a crash left incomplete is
// ended by the next one; lines that cannot be read are kept, counted and ignored; unknown fields and lines of newer versions stay in the file.
//
// A duel is known by its time and its two pictures, so two files can be joined by concatenating them: a line that occurs twice counts once. A
// duel is undone by a line of its own, which names it. Two programs can therefore append and undo at the same time.
package duels

// Package duel is the screen on which a person compares pictures two by two, without knowing anything about them, and the
// ranking that follows from it.
//
// Its rules: a pair is shown in two equal places, both pictures at once or none, with no word about either. Nothing is bought. Each choice is
// on the disk before the next pair is shown, and a choice counts only for a pair that was in sight for a moment. What uses the disk, or ranks,
// is in commands.
package duel

// Package text holds text that is safe to draw on a terminal, and nothing else.
//
// Everything that comes from outside (the network, the history, file names, the environment, the clipboard) is a plain string
// until Clean or CleanLine has read it. Everything that is drawn on the terminal is a Safe. Its rules:
//
//   - It is valid UTF-8, at most MaxBytes long.
//   - It has no control characters: C0 becomes its picture (U+2400…), DEL becomes ␡, C1 becomes U+FFFD, a tab becomes a space,
//     and a line break stays a line break (Clean) or becomes a space (CleanLine).
//   - Format characters (bidirectional overrides, zero-width spaces, tags, soft hyphens) are dropped, except the joiner in
//     emoji, and so are private characters, one of which kitty uses for pictures.
//   - A grapheme cluster has at most MaxCluster code points, so that stacked accents cannot reach into other rows.
//
// Cleaning twice is the same as cleaning once. Widths are by grapheme cluster; see Columns where terminals disagree.
package text

// Safe is text that cannot control a terminal. Only Clean, CleanLine, Join and this package's cutting functions make
// one from outside text. A constant of the program may be written as a Safe directly.
type Safe string

// Limits of a Safe.
const (
	MaxBytes   = 64 << 10 // bytes of one Safe
	MaxCluster = 32       // code points of one grapheme cluster
)

// Package text holds the text that is safe to draw, and nothing else.
//
// Everything that comes from outside (the network, the history, file names, the environment, the clipboard) is a plain
// string until Clean or Line has read it; what a terminal is shown is a Safe. The rules are those of a program that
// prints what strangers wrote:
//
//   - it is valid UTF-8, at most MaxBytes long;
//   - no control character is left: C0 becomes its picture (U+2400…), DEL becomes ␡, C1 becomes U+FFFD, a tab becomes a
//     space, and a line break stays a line break (Clean) or becomes a space (Line);
//   - format characters (bidirectional overrides, zero-width spaces, tags, soft hyphens) are dropped, except the joiner
//     that emoji are made with, and so are private characters, one of which kitty takes for a picture;
//   - a grapheme cluster has at most MaxCluster code points, so that no heap of accents climbs out of its row.
//
// Cleaning twice is cleaning once. Widths are by grapheme cluster, as Bubble Tea's renderer measures them.
package text

// Safe is text that a terminal cannot obey. Only Clean, Line, Join and this package's cutting functions make one from
// outside text; a constant of the program's own may be written as a Safe directly.
type Safe string

// The bounds of a Safe.
const (
	MaxBytes   = 64 << 10 // bytes of one Safe
	MaxCluster = 32       // code points of one grapheme cluster
)

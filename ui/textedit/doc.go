// Package textedit edits text in terminal cells: an area of several lines (Area), a single line (Line), with readline's
// keys, undo and a kill buffer, and the recall of earlier texts (Recall).
//
// A text consists of grapheme clusters, so that no key splits a flag or separates an accent from its letter. It holds the
// text as it is sent, without control characters, and draws it only after text.Clean. It is not Bubbles' textarea, which
// deletes by code point, has no undo and no yank, and draws pasted text as it is.
package textedit

// Package textedit edits text in terminal cells: an area of several lines and a single line, with undo, a kill buffer and recall of earlier texts.
package textedit

// Package picture turns images into what a terminal can show: kitty graphics, iTerm2 images or sixel where the terminal has
// them, and cells of coloured block glyphs everywhere else.
//
// Its rules:
//
//   - It does not know Bubble Tea and never touches the terminal: it returns bytes and styled lines, and its caller writes them.
//     The caller also sends the queries (Query) and passes on the replies (Answer). Only Overlay wraps an output.
//   - Each protocol has one file and one row in the table protocols. All of them share one scaler (package raster).
//   - A file is shown as a viewer shows it: with its colours and orientation, its first frame, and what there is of a file that was
//     cut off (package imagefile).
//   - A file's header is read and checked against Limits before anything is allocated for its pixels.
//   - Decoding and encoding end soon after their context does, and run on any goroutine: nothing here keeps state between calls. (Large
//     pictures wait for each other.)
//   - The terminal is never asked to read a file (kitty's t=f, t=t, t=s). All data goes inline, so that it works over SSH.
//   - Lines hold only text and SGR codes and have exactly the number of cells asked for. No two lines of a picture have the same
//     text, because Bubble Tea's renderer takes equal lines for lines that moved (see unique_lines.go).
//
// README.md in this folder says which terminal gets which protocol and how to add one.
package picture

// Package picture turns pixels into what a terminal can show: kitty graphics, iTerm2 and sixel where they are, and cells of
// coloured blocks everywhere else.
//
// Its rules:
//
//   - It is free of Bubble Tea and never touches the terminal: it returns bytes and styled lines, and whoever owns the
//     terminal writes them. What was asked (Query) and answered (Answer) passes through its caller as well.
//   - One file a protocol, one row each in the table protocols; one scaler (scale.go), one cell fitter (fit.go).
//   - A file's header is read and held against Limits before anything is allocated for its pixels; decoding and encoding
//     end soon after their context does, and run wherever the caller likes: nothing here keeps state between calls.
//   - The terminal is never asked to read a file (kitty's t=f, t=t, t=s): all data goes inline, so it works over SSH.
//   - Lines hold SGR codes and text alone, exactly as many cells as asked for. The text of each line differs from that of
//     every other (guard.go), because Bubble Tea's renderer takes lines of equal text for lines that have moved and
//     scrolls the screen, the picture with it.
//
// Which terminal shows what is in the paper terminal-pictures.md; decide.go has its table.
package picture

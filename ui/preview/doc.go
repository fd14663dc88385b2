// Package preview shows pictures in their places: which picture is wanted, which one is shown until that one is ready, what is made
// ready next, and how pictures, plates, captions and facts are drawn. Its rules:
//
//   - A picture stays in its cells until the one that follows can be drawn: no frame between two pictures is empty.
//   - A picture is first drawn as a draft, in cells from its thumbnail, which is there at once. It is drawn as well as the terminal can
//     once the user has paused.
//   - One picture is made ready at a time. Render and TrimThumbnails return functions, which the program runs in the background;
//     nothing else here reads a file or writes to the terminal.
//   - A picture that is not there has a plate of its shape, in its place: it shows how far its job is, or says how it ended. No other
//     prediction's picture, facts or log are beside that, except the previous picture of a purchase, whose caption says so.
//   - Facts are fitted to their room by rank, so that no line ends in the middle: in a line (fitFacts), or in a table.
//   - It knows neither screens nor keys: the program says where there is room (Place), what covers it (Cover) and what is known about
//     predictions (Source).
package preview

// Package picker is a list to choose from, filtered while the user types.
//
// A picker keeps its own cursor and filter and draws into the room that it is given; the rules around it and what happens
// to the choice are up to the caller. Its default keys are fixed: enter, tab, esc, the arrows and the keys of a text line.
package picker

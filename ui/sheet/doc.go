// Package sheet is the screen of a plan: a table of its cells, which fills with pictures while they are bought.
//
// Its rules: it buys nothing itself, and asks the program to; only one of its actions does. It changes no cell but by leaving it out.
// Two axes are in sight, of the others one value each. Labels are never cut: they wrap.
package sheet

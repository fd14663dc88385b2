// Package bisect finds which change makes a good picture bad: of the words and parameters in which two predictions differ. It is pure: it says
// which picture is needed next, as a plan of one cell, and is told how it came out.
package bisect

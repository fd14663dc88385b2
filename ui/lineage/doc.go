// Package lineage finds where pictures came from: which prediction was made from which. It is pure, but for Graphs, which
// reads the journal.
//
// A prediction has two kinds of parents: the one that it was used from (the journal's field "parent"), and those whose pictures it has as
// input images, which are found by the sha256 of the image. So one prediction may have several parents. The first of them is its main parent:
// the one it was used from, where that is known. By their main parents alone predictions are trees, which is how they are shown.
//
// A journal that is damaged or was put together of several may have a prediction that is its own ancestor. Within such a cycle the edges are cut
// that lead from a newer prediction to an older one; Graph.Cycles tells them.
//
// What each prediction changed of its main parent is said by Tree.Describe, for the command and the screen.
package lineage

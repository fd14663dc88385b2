// Package list is the list of predictions: which are in sight, the cursor, marks, and how a row is written.
package list

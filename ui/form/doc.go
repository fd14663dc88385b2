// Package form is the settings of the next prediction: rows with values, their pickers, input images, and the file that keeps them.
package form

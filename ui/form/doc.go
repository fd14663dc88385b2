// Package form is the settings of the next prediction: rows with values, their pickers and input images, and the file
// that keeps them between two starts.
//
// Settings holds the values that the user chose for any model, and derives from them what the present model takes; every
// change goes through Set, SetModel, Load or Restore. It keeps apart the rows with several values (several), what no
// row holds of a plan that was loaded (carried), and what models cost (terms). Settings opens no dialogs itself: a key or a click returns a
// Request, and the caller shows the Picker. Only Load and the functions that File.Prepare returns read or write the
// disk.
package form

// Package watchfile reads and writes the file of a prompt that is edited in another program, and notices when it is saved.
//
// The file has the prompt, which is a template. Settings may precede it: as TOML, between two lines +++. State decides what is a save, and
// does no I/O. Watch applies it to a file on disk.
package watchfile

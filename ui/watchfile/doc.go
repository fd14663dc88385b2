// Package watchfile reads and writes the file of a prompt that is edited in an editor of one's own, and notices when it is saved.
//
// The file is the prompt, which is a template. Before it may be settings as TOML, between two lines +++. State decides what is a save, and
// does no I/O; Watch joins it with the folder of a file.
package watchfile

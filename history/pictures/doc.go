// Package pictures saves downloaded pictures in the folder pictures of a data folder.
//
// A picture is first written to a partial file, which outlives the program, so that the next one can resume the download. It gets
// its final name only when it is complete, valid and durable. Three rules hold at every moment, whatever fails:
//
//   - no incomplete picture has a final name;
//   - a file under a final name is never overwritten;
//   - a picture's name contains nothing that a server chose, and no name leads out of the folder.
package pictures

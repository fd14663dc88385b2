package filelock

// nonBlocking is nothing: on Windows the name of a file in a folder is never a pipe's.
const nonBlocking = 0

package filelock

// nonBlocking is not needed on Windows, where a file in a folder is never a pipe.
const nonBlocking = 0

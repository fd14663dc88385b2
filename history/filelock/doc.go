// Package filelock takes locks in a data folder, on a disk of this machine and on storage that machines share.
//
// On a disk of this machine a lock is the system's (flock), which ends with the program that holds it. On NFS, SMB and the like
// the system may have no locks, or locks that only this machine knows of: there a lock is a file besides, with a sign of life
// that its holder renews.
package filelock

// Package filelock locks files of a data folder, both on a local disk and on storage that several machines share.
//
// On a local disk a lock is the operating system's (flock), which ends with the process that holds it. On NFS, SMB and the
// like the system may have no locks, or locks that only this machine sees. There, each lock also has a lock file. Its name
// is the lock's with the suffix .held, it names its owner, and the owner renews it every 15 seconds. A lock file whose
// process has ended, or that an owner on another machine has not renewed for a minute, is taken over.
package filelock

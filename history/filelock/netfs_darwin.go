package filelock

import "syscall"

// networkStorage names the kind of storage that a folder is on, if other machines may use it too: what the system does not
// count as local (statfs(2)). "" for a disk of this machine.
func networkStorage(dir string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil || s.Flags&mntLocal != 0 {
		return ""
	}
	var name []byte
	for _, c := range s.Fstypename {
		if c == 0 {
			break
		}
		name = append(name, byte(c))
	}
	return string(name)
}

// mntLocal is MNT_LOCAL of sys/mount.h.
const mntLocal = 0x1000

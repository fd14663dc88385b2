package filelock

import "syscall"

// networkKind returns the type of a folder's file system if the system does not count it as local (statfs(2)), "" if it does.
func networkKind(dir string) string {
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

// mntLocal is MNT_LOCAL (sys/mount.h).
const mntLocal = 0x1000

package filelock

import "syscall"

// networkStorage names the kind of storage that a folder is on, if other machines may use it too: by the magic number of its
// file system (statfs(2), linux/magic.h). "" for a disk of this machine, and where nobody can tell.
func networkStorage(dir string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return ""
	}
	return networkMagic[uint32(s.Type)]
}

var networkMagic = map[uint32]string{
	0x6969:     "NFS",
	0x517b:     "SMB",
	0xff534d42: "SMB", // CIFS
	0xfe534d42: "SMB", // SMB2
	0x01021997: "9P",
	0x00c36400: "Ceph",
	0x5346414f: "AFS",
	0x6b414653: "AFS", // of the kernel
	0x73757245: "Coda",
	0x564c:     "NetWare",
	0x0bd00bd0: "Lustre",
	0x47504653: "GPFS",
	0x19830326: "BeeGFS",
}

package filelock

import "syscall"

// networkKind returns the kind of network storage that a folder is on, by the magic number of its file system (statfs(2),
// linux/magic.h); "" for a local disk, and when it is unknown.
func networkKind(dir string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return ""
	}
	return networkFileSystems[uint32(s.Type)]
}

var networkFileSystems = map[uint32]string{
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

package disk

import "syscall"

// errQuota is ERROR_DISK_FULL (winerror.h): Windows has no EDQUOT.
const errQuota = syscall.Errno(112)

package history

import "syscall"

// errQuota is ERROR_DISK_FULL of winerror.h: Windows has no EDQUOT.
const errQuota = syscall.Errno(112)

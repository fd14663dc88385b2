//go:build !windows

package history

import "syscall"

const errQuota = syscall.EDQUOT

//go:build !linux

package history

// smallDiskDir and runOnDisk need the mount namespaces of Linux.
const smallDiskDir, smallDiskKind = "TINTYPE_TEST_HURDLE", "TINTYPE_TEST_HURDLE_KIND"

func runOnDisk(string, string) {}

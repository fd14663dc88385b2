package filelock

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// endedPID returns the number of a process that has ended.
func endedPID(t testing.TB) int {
	t.Helper()
	p, err := os.StartProcess(os.Args[0], []string{os.Args[0], "-test.run=^$"}, &os.ProcAttr{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Wait(); err != nil {
		t.Fatal(err)
	}
	return p.Pid
}

// TestFaultNFSHomeTakesOverDeadOwners: the lock of a dead owner is taken over, at once when its process on this machine has ended,
// and after a minute without heartbeats when it is on another machine. The lock of a living owner is not.
func TestFaultNFSHomeTakesOverDeadOwners(t *testing.T) {
	t.Parallel()
	ended, self := endedPID(t), thisProcess()
	parent := owner{Host: self.Host, PID: os.Getppid()}
	parent.Start, _ = startTime(os.Getppid())
	const almost, longer = deadAfter - heartbeatInterval, deadAfter + heartbeatInterval
	for name, c := range map[string]struct {
		who    owner
		silent time.Duration
		taken  bool
	}{
		"a process that has ended":                    {owner{Host: self.Host, PID: ended, Start: "1"}, 0, true},
		"a process that has the number of an old one": {owner{Host: self.Host, PID: os.Getppid(), Start: "1"}, 0, true},
		"a running process":                           {parent, 0, false},
		"a running process, silent for an hour":       {parent, time.Hour, false},
		"another machine":                             {owner{Host: "other", PID: ended}, 0, false},
		"another machine, silent for a while":         {owner{Host: "other", PID: ended}, almost, false},
		"another machine, silent for long":            {owner{Host: "other", PID: ended}, longer, true},
		"unknown":                                     {owner{}, 0, false},
		"unknown, silent for long":                    {owner{}, longer, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "some.lock")
			leaveLock(t, path+heldSuffix, c.who, c.silent)
			yearsBehind := func() time.Time { return time.Now().AddDate(-9, 0, 0) } // of the clock of the disk
			lock, held, err := New(dir, Options{FileLock: noFlock, Now: yearsBehind}).Try(path)
			if held != c.taken || err != nil {
				t.Errorf("taken over: %v, %v", held, err)
			}
			if who, _, err := readOwner(path + heldSuffix); !c.taken && who.Token != "LEFT" {
				t.Errorf("the living owner's lock is now %+v, %v", who, err)
			}
			lock.Release()
			if left, _ := filepath.Glob(filepath.Join(dir, "running/*")); len(left) > 0 {
				t.Error("files left behind:", left)
			}
		})
	}
}

package history

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"tintype/history/filelock"
)

// deadPID is of a process that has ended.
func deadPID(t testing.TB) int {
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

// TestFaultNFSHomeTakesOver: the lock of a program that is gone is taken over: at once when its process on this machine has
// ended, after a minute of silence when it was on another. One that lives is waited for, and then nothing is recorded. Row
// “NFS/SMB home”.
func TestFaultNFSHomeTakesOver(t *testing.T) {
	dead, me := deadPID(t), filelock.ThisProgram()
	parent := filelock.Holder{Host: me.Host, PID: os.Getppid()}
	parent.Start, _ = filelock.Started(os.Getppid())
	for name, c := range map[string]struct {
		who    filelock.Holder
		silent time.Duration
		over   bool
	}{
		"a process that has ended":            {filelock.Holder{Host: me.Host, PID: dead, Start: "1"}, 0, true},
		"a process with a dead one's number":  {filelock.Holder{Host: me.Host, PID: os.Getppid(), Start: "1"}, 0, true},
		"a process that runs":                 {parent, 0, false},
		"a process that runs, and was silent": {parent, time.Hour, false},
		"another machine":                     {filelock.Holder{Host: "other", PID: dead}, 0, false},
		"another machine, silent for a while": {filelock.Holder{Host: "other", PID: dead}, filelock.GoneAfter - filelock.BeatGap, false},
		"another machine, silent for long":    {filelock.Holder{Host: "other", PID: dead}, filelock.GoneAfter + filelock.BeatGap, true},
		"nobody knows whose":                  {filelock.Holder{}, 0, false},
		"nobody knows whose, and old":         {filelock.Holder{}, filelock.GoneAfter + filelock.BeatGap, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			h := openShared(t, dir, "")
			leaveLock(t, h.Path("history.lock.held"), c.who, c.silent)
			synctest.Test(t, func(t *testing.T) { // where two seconds of patience are none, and the clock is years behind the disk's
				_, err := h.Append(NewKey(noon), prompt("a boat"))
				var trouble *WriteError
				if c.over && err != nil || !c.over && (!errors.As(err, &trouble) || trouble.Code != "busy") {
					t.Errorf("%v", err)
				}
			})
			if data, _ := os.ReadFile(h.journal()); (len(data) > 0) != c.over {
				t.Errorf("the journal is %q", data)
			}
			if who, _, err := filelock.ReadHolder(h.Path("history.lock.held")); !c.over && who.Token != "LEFT" {
				t.Errorf("the lock of one that lives is now %+v, %v", who, err)
			}
			if left, _ := filepath.Glob(h.Path("running/*")); len(left) > 0 {
				t.Error("left behind:", left)
			}
		})
	}
}

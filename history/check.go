package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"tintype/history/disk"
	"tintype/history/filelock"
	"tintype/history/jsonscan"
	"tintype/history/pictures"
)

// A FindingKind is what a Finding is about.
type FindingKind string

// What Check finds.
const (
	Truncated        FindingKind = "torn"            // a line that ends too early, as after a crash
	ZeroBytes        FindingKind = "nul"             // a line of zero bytes, as after a power loss
	Foreign          FindingKind = "foreign"         // a line that is not an entry
	Newer            FindingKind = "newer"           // a line that a newer version wrote
	TooLong          FindingKind = "too_long"        // a line longer than LineLimit
	Duplicate        FindingKind = "duplicate"       // a second line with the same key and revision
	Unfinished       FindingKind = "unfinished"      // a prediction that has not ended and that no program follows
	Suspicious       FindingKind = "unconfirmed"     // a prediction that may have been billed
	PictureMissing   FindingKind = "picture_missing" // an entry names a picture that does not exist
	PictureChanged   FindingKind = "picture_changed" // a picture has another sha256 than its entry (only with verify)
	OrphanPicture    FindingKind = "picture_stray"   // a picture that no entry names
	StalePartial     FindingKind = "part_left"       // an unfinished download
	StaleLock        FindingKind = "lock_left"       // the lock of a program that has ended
	OpenPermissions  FindingKind = "mode"            // others may read the folder or the journal
	NotWritable      FindingKind = "trouble"         // nothing can be recorded
	SetAside         FindingKind = "set_aside"       // a file with lines that Mend could not read
	ConflictCopy     FindingKind = "copy"            // a file with lines of a history that is not the journal, as synchronising leaves it
	BadDuel          FindingKind = "duel_line"       // a line of the duels that cannot be read
	UnreadableDuels  FindingKind = "duels"           // the file of the duels cannot be read at all
	NewerDuel        FindingKind = "duel_newer"      // lines of the duels that a newer version wrote
	OnNetworkStorage FindingKind = "shared_storage"  // the folder is on storage that machines share; lock files are used
)

// A Finding is one thing that Check reports. Its text may come from files: clean it before it is displayed.
type Finding struct {
	Kind     FindingKind `json:"kind"`
	Key      string      `json:"key,omitempty"`
	Path     string      `json:"path,omitempty"` // relative to the data folder
	Line     int         `json:"line,omitempty"` // counted from 1
	Sentence string      `json:"sentence"`
	Fix      string      `json:"mend,omitempty"` // what to do about it, a sentence or a command

	Provider, BaseURL string `json:"-"` // of an Unfinished one: where it can be followed
}

// A Report has the counts of a Check.
type Report struct {
	Path        string              `json:"path"`
	Bytes       int64               `json:"bytes"`
	Lines       int                 `json:"lines"`   // without empty ones
	Entries     int                 `json:"entries"` // distinct keys
	Bad         int                 `json:"bad"`     // lines that are ignored: truncated, zero bytes, foreign, too long
	Active      int                 `json:"unfinished"`
	Unconfirmed int                 `json:"unconfirmed"`
	Pictures    int                 `json:"pictures"` // that entries name
	Verified    int                 `json:"verified"` // whose sha256 is right
	Duels       int                 `json:"duels"`
	BadDuels    int                 `json:"bad_duels"` // lines of the duels that cannot be read
	Counts      map[FindingKind]int `json:"counts"`
}

// MaxFindings is how many findings of a kind Check reports. Report.Counts has how many there are.
const MaxFindings = 1000

// Check examines the entire journal and its folder, reports what it finds, and changes nothing. With verify it reads every
// picture and compares its sha256. When ctx is cancelled it ends early with the error of ctx.
func (h *History) Check(ctx context.Context, verify bool, report func(Finding)) (Report, error) {
	c := &checker{
		h: h, verify: verify, report: report, latest: map[string]checkedEntry{}, referenced: map[string]bool{},
		result: Report{Path: h.journalPath(), Counts: map[FindingKind]int{}},
	}
	_ = h.Unreadable() // reads what WriteError needs
	if err := h.WriteError(); err != nil {
		c.add(Finding{Kind: NotWritable, Sentence: err.Error(), Fix: "Nothing is bought until that is fixed."})
	}
	c.checkPlaces()
	if s := c.h.NetworkStorage(); s != "" {
		c.add(Finding{Kind: OnNetworkStorage, Sentence: s, Fix: "Nothing needs to be done. If it is a disk of this machine alone, delete " + c.h.Path(filelock.Marker) + "."})
	}
	c.checkModes()
	err := c.checkJournal(ctx)
	c.addTruncated()
	if err != nil {
		return c.result, err
	}
	c.checkDuels()
	c.checkCopies()
	c.checkSetAside()
	if err := c.checkEntries(ctx); err != nil {
		return c.result, err
	}
	c.checkFolders()
	return c.result, ctx.Err()
}

type checker struct {
	h          *History
	verify     bool
	report     func(Finding)
	result     Report
	latest     map[string]checkedEntry // by key
	referenced map[string]bool         // the pictures that entries name, in copies of the journal too
	setAside   bool                    // there are lines that Mend could not read
	truncated  []truncatedLine         // their findings are added when all lines are known
}

// checkedEntry is what the checks need of an entry. There may be millions of them.
type checkedEntry struct {
	rev     int
	state   State
	driver  string
	seller  *seller
	outputs []checkedOutput // those with a path
}

type checkedOutput struct{ path, sha256 string }

// seller is where a prediction was bought.
type seller struct{ provider, baseURL string }

func (c *checker) add(f Finding) {
	if c.result.Counts[f.Kind]++; c.result.Counts[f.Kind] <= MaxFindings {
		c.report(f)
	}
}

// checkPlaces reports, without writing anything, what would keep a purchase from being recorded or its picture from being saved.
func (c *checker) checkPlaces() {
	lock, err := c.h.lock()
	if err == nil {
		lock.Release()
	} else if c.h.WriteError() == nil {
		c.add(Finding{Kind: NotWritable, Sentence: disk.ExplainLock(c.h.dir, err).Error(), Fix: "Nothing is bought until that is fixed."})
	}
	folder := c.h.Path(pictures.Dir)
	if _, err := os.Lstat(folder); err != nil {
		return // it is made when it is needed
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		c.add(Finding{Kind: NotWritable, Path: pictures.Dir, Sentence: disk.ExplainFolder(folder, err).Error(), Fix: "Nothing is bought until that is fixed."})
	}
}

func (c *checker) checkModes() {
	if os.PathSeparator != '/' {
		return
	}
	for _, kept := range []struct {
		name string
		want os.FileMode
	}{{"", 0o700}, {"history.jsonl", 0o600}} {
		path := c.h.Path(kept.name)
		info, err := os.Stat(path)
		if err == nil && info.IsDir() == (kept.name == "") && info.Mode().Perm()&^kept.want != 0 {
			c.add(Finding{
				Kind: OpenPermissions, Path: kept.name, Sentence: fmt.Sprintf("Others on this machine may look into %s (mode %04o).", path, info.Mode().Perm()),
				Fix: fmt.Sprintf("chmod %04o %s", kept.want, path),
			})
		}
	}
}

func (c *checker) checkJournal(ctx context.Context) error {
	f, size, _, err := c.h.currentFile()
	if err != nil || f == nil {
		return err
	}
	c.result.Bytes = size
	line := 0
	sellers := map[seller]*seller{}
	if c.h.isEncoded() { // WriteError has said so
		return eachEntry(f, size, func(entry []byte, _ Entry, b []byte) error {
			line++
			if entry != nil {
				b = entry
			}
			c.checkLine(line, b, sellers)
			return ctx.Err()
		})
	}
	return eachLine(f, size, func(_ int64, b []byte) error {
		line++
		if !jsonscan.IsBlank(b) {
			c.checkLine(line, b, sellers)
		}
		if line%4096 == 0 {
			return ctx.Err()
		}
		return nil
	})
}

func (c *checker) checkLine(number int, b []byte, sellers map[seller]*seller) {
	c.result.Lines++
	e, err := decode(b)
	if err != nil || len(b) > LineLimit {
		c.result.Bad++
		c.addBadLine(number, b)
		return
	}
	if e.V > Version {
		c.add(Finding{
			Kind: Newer, Key: e.Key, Line: number, Sentence: fmt.Sprintf("Line %d was written by a newer version (%d).", number, e.V),
			Fix: "Nothing is lost. A newer tintype shows all of it.",
		})
	}
	old, seen := c.latest[e.Key]
	if seen && old.rev == e.Rev {
		c.add(Finding{
			Kind: Duplicate, Key: e.Key, Line: number, Sentence: fmt.Sprintf("Line %d has the key and revision of an earlier line; the later one counts.", number),
			Fix: "tintype compact leaves one line for each prediction.",
		})
	}
	if seen && outranks(old.rev, old.state, e.Rev, e.State) {
		return
	}
	at := seller{e.Provider, e.BaseURL}
	if sellers[at] == nil {
		sellers[at] = &at
	}
	checked := checkedEntry{rev: e.Rev, state: e.State, driver: e.Driver, seller: sellers[at]}
	for _, o := range e.Outputs {
		if o.Path != "" {
			checked.outputs = append(checked.outputs, checkedOutput{o.Path, o.SHA256})
		}
	}
	c.latest[e.Key] = checked
}

func (c *checker) checkEntries(ctx context.Context) error {
	c.result.Entries = len(c.latest)
	for _, key := range sortedKeys(c.latest) {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := c.latest[key]
		c.checkState(key, e)
		for _, o := range e.outputs {
			c.checkPicture(key, o)
		}
	}
	return nil
}

func (c *checker) checkState(key string, e checkedEntry) {
	switch {
	case e.state == Unconfirmed:
		c.result.Unconfirmed++
		c.add(Finding{
			Kind: Suspicious, Key: key, Sentence: fmt.Sprintf("Nobody knows whether %s was accepted; it may be billed.", key),
			Fix: "Look at the provider's own list, then open it in tintype: stop asking, or send it again.",
		})
	case e.state != "" && !e.state.Ended():
		c.result.Active++
		if c.h.DriverAlive(e.driver) {
			return
		}
		c.add(Finding{
			Kind: Unfinished, Key: key, Sentence: fmt.Sprintf("%s is unfinished (%s), and no program follows it.", key, e.state),
			Fix: "tintype follow resumes it.", Provider: e.seller.provider, BaseURL: e.seller.baseURL,
		})
	}
}

func (c *checker) checkPicture(key string, o checkedOutput) {
	c.result.Pictures++
	c.referenced[path.Clean(o.path)] = true
	bad := Finding{Key: key, Path: o.path}
	if !isLocal(o.path) {
		bad.Kind, bad.Sentence = PictureMissing, fmt.Sprintf("%s names a picture outside of the data folder.", key)
		bad.Fix = "It is never opened. The line was not written by tintype."
		c.add(bad)
		return
	}
	f, err := disk.OpenToRead(c.h.Path(o.path))
	if errors.Is(err, os.ErrNotExist) {
		bad.Kind, bad.Sentence = PictureMissing, fmt.Sprintf("The picture %s is not there.", o.path)
		bad.Fix = "The provider keeps pictures for an hour only. Put it back from a backup, or make it again: its prompt and settings are in the history."
		c.add(bad)
		return
	}
	if err == nil {
		defer f.Close()
	}
	if !c.verify || o.sha256 == "" {
		return
	}
	sum := []byte{}
	if err == nil {
		sum, err = pictures.Sum(f)
	}
	if err != nil || fmt.Sprintf("%x", sum) != o.sha256 {
		bad.Kind, bad.Sentence = PictureChanged, fmt.Sprintf("The picture %s is not the one that was saved.", o.path)
		bad.Fix = "Put it back from a backup, if it was not changed on purpose."
		c.add(bad)
		return
	}
	c.result.Verified++
}

// mayLack reports whether a prediction may be missing from what was read, in which case no picture can be called superfluous.
func (c *checker) mayLack() bool {
	return c.result.Bad > 0 || c.setAside || c.h.unreadable.Load() != nil
}

// checkFolders looks for pictures that no entry names, unfinished downloads, and locks of programs that have ended.
func (c *checker) checkFolders() {
	names, _ := os.ReadDir(c.h.Path(pictures.Dir))
	for _, n := range names {
		name := pictures.Dir + "/" + n.Name()
		switch {
		case strings.HasSuffix(name, ".etag"):
		case strings.HasSuffix(name, ".part"):
			fix := "tintype follow finishes it while the provider has the picture; later it can be deleted."
			if c.mayLack() {
				fix = "Keep it: a line that cannot be read may name it. tintype follow finishes it while the provider has the picture."
			}
			c.add(Finding{Kind: StalePartial, Path: name, Sentence: fmt.Sprintf("The download %s was not finished.", name), Fix: fix})
		case !c.referenced[name]:
			sentence, fix := "No prediction names %s.", "Keep it or delete it as you like."
			if c.mayLack() {
				sentence, fix = "No line that can be read names %s.", "Keep it: a line that cannot be read may name it."
			}
			c.add(Finding{Kind: OrphanPicture, Path: name, Sentence: fmt.Sprintf(sentence, name), Fix: fix})
		}
	}
	names, _ = os.ReadDir(c.h.Path("running"))
	for _, n := range names {
		name := "running/" + n.Name()
		if strings.HasSuffix(name, ".lock") && !c.h.locks.IsHeld(c.h.Path(name)) {
			c.add(Finding{Kind: StaleLock, Path: name, Sentence: fmt.Sprintf("The lock %s belongs to a program that is gone.", name), Fix: "tintype compact removes it."})
		}
	}
}

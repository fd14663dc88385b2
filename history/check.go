package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"tintype/history/filelock"
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
	Unfinished       FindingKind = "unended"         // a prediction that has not ended and that no program follows
	Suspicious       FindingKind = "unconfirmed"     // a prediction that may have been billed
	PictureMissing   FindingKind = "picture_missing" // an entry names a picture that does not exist
	PictureChanged   FindingKind = "picture_changed" // a picture has another sha256 than its entry (only with verify)
	OrphanPicture    FindingKind = "picture_stray"   // a picture that no entry names
	StalePartial     FindingKind = "part_left"       // an unfinished download
	StaleLock        FindingKind = "lock_left"       // the lock of a program that has ended
	OpenPermissions  FindingKind = "mode"            // others may read the folder or the journal
	NotWritable      FindingKind = "trouble"         // nothing can be recorded
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
	Active      int                 `json:"unended"`
	Unconfirmed int                 `json:"unconfirmed"`
	Pictures    int                 `json:"pictures"` // that entries name
	Verified    int                 `json:"verified"` // whose sha256 is right
	Counts      map[FindingKind]int `json:"counts"`
}

// Check examines the entire journal and its folder, reports each finding, and changes nothing. With verify it reads every
// picture and compares its sha256. When ctx is cancelled it ends early with the error of ctx.
func (h *History) Check(ctx context.Context, verify bool, report func(Finding)) (Report, error) {
	c := &checker{
		h: h, verify: verify, report: report, latest: map[string]Entry{}, referenced: map[string]bool{},
		result: Report{Path: h.journalPath(), Counts: map[FindingKind]int{}},
	}
	if err := h.WriteError(); err != nil {
		c.add(Finding{Kind: NotWritable, Sentence: err.Error(), Fix: "Nothing is bought until that is mended."})
	}
	if s := c.h.NetworkStorage(); s != "" {
		c.add(Finding{Kind: OnNetworkStorage, Sentence: s, Fix: "Nothing needs to be done. If it is a disk of this machine alone, delete " + c.h.Path(filelock.Marker) + "."})
	}
	c.checkModes()
	if err := c.checkJournal(ctx); err != nil {
		return c.result, err
	}
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
	latest     map[string]Entry // by key, with only the fields that are needed
	referenced map[string]bool  // the pictures that entries name
}

func (c *checker) add(f Finding) {
	c.result.Counts[f.Kind]++
	c.report(f)
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
		if err == nil && info.Mode().Perm()&^kept.want != 0 {
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
	return eachLine(f, size, func(_ int64, b []byte) error {
		line++
		if len(bytes.TrimSpace(b)) > 0 {
			c.checkLine(line, b)
		}
		if line%4096 == 0 {
			return ctx.Err()
		}
		return nil
	})
}

func (c *checker) checkLine(number int, b []byte) {
	c.result.Lines++
	e, err := decode(b)
	if err != nil || len(b) > LineLimit {
		c.result.Bad++
		c.add(describeBadLine(number, b))
		return
	}
	if e.V > Version {
		c.add(Finding{
			Kind: Newer, Key: e.Key, Line: number, Sentence: fmt.Sprintf("Line %d was written by a newer version (%d).", number, e.V),
			Fix: "Nothing is lost. A newer tintype shows all of it.",
		})
	}
	old, seen := c.latest[e.Key]
	if seen && old.Rev == e.Rev {
		c.add(Finding{
			Kind: Duplicate, Key: e.Key, Line: number, Sentence: fmt.Sprintf("Line %d has the key and revision of an earlier line; the later one counts.", number),
			Fix: "tintype compact leaves one line for each prediction.",
		})
	}
	if !seen || !old.supersedes(e) {
		c.latest[e.Key] = Entry{Key: e.Key, Rev: e.Rev, State: e.State, Driver: e.Driver, Provider: e.Provider, BaseURL: e.BaseURL, Outputs: e.Outputs}
	}
}

// describeBadLine returns the finding for a line that is not an entry.
func describeBadLine(number int, b []byte) Finding {
	f := Finding{Line: number, Fix: "The line is kept and passed over. Nothing needs to be done."}
	switch {
	case len(b) > LineLimit:
		f.Kind, f.Sentence = TooLong, fmt.Sprintf("Line %d is longer than a line may be.", number)
	case len(bytes.Trim(b, "\x00\r")) == 0:
		f.Kind, f.Sentence = ZeroBytes, fmt.Sprintf("Line %d is empty bytes, as a power loss leaves them.", number)
	case bytes.HasPrefix(bytes.TrimLeft(b, "\x00"), []byte(`{"v":`)):
		f.Kind, f.Sentence = Truncated, fmt.Sprintf("Line %d was not written to its end, as a crash leaves it.", number)
	default:
		f.Kind, f.Sentence = Foreign, fmt.Sprintf("Line %d is no entry of a history.", number)
	}
	return f
}

func (c *checker) checkEntries(ctx context.Context) error {
	c.result.Entries = len(c.latest)
	for _, key := range sortedKeys(c.latest) {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := c.latest[key]
		c.checkState(e)
		for _, o := range e.Outputs {
			if o.Path != "" {
				c.checkPicture(e, o)
			}
		}
	}
	return nil
}

func (c *checker) checkState(e Entry) {
	switch {
	case e.State == Unconfirmed:
		c.result.Unconfirmed++
		c.add(Finding{
			Kind: Suspicious, Key: e.Key, Sentence: fmt.Sprintf("Nobody knows whether %s was accepted; it may be billed.", e.Key),
			Fix: "Look at the provider's own list, then mark it as settled or send it again in tintype.",
		})
	case e.State != "" && !e.State.Ended():
		c.result.Active++
		if c.h.DriverAlive(e.Driver) {
			return
		}
		c.add(Finding{
			Kind: Unfinished, Key: e.Key, Sentence: fmt.Sprintf("%s has not ended (%s), and no program follows it.", e.Key, e.State),
			Fix: "tintype follow takes it up.", Provider: e.Provider, BaseURL: e.BaseURL,
		})
	}
}

func (c *checker) checkPicture(e Entry, o Output) {
	c.result.Pictures++
	c.referenced[path.Clean(o.Path)] = true
	bad := Finding{Key: e.Key, Path: o.Path}
	if !filepath.IsLocal(filepath.FromSlash(o.Path)) {
		bad.Kind, bad.Sentence = PictureMissing, fmt.Sprintf("%s names a picture outside of the data folder.", e.Key)
		c.add(bad)
		return
	}
	f, err := os.Open(c.h.Path(o.Path))
	if errors.Is(err, os.ErrNotExist) {
		bad.Kind, bad.Sentence = PictureMissing, fmt.Sprintf("The picture %s is not there.", o.Path)
		bad.Fix = "The provider keeps pictures for an hour only. Put it back from a backup, or make it again: r loads the prediction."
		c.add(bad)
		return
	}
	if err == nil {
		defer f.Close()
	}
	if !c.verify || o.SHA256 == "" {
		return
	}
	sum := []byte{}
	if err == nil {
		sum, err = pictures.Sum(f)
	}
	if err != nil || fmt.Sprintf("%x", sum) != o.SHA256 {
		bad.Kind, bad.Sentence = PictureChanged, fmt.Sprintf("The picture %s is not the one that was saved.", o.Path)
		bad.Fix = "Put it back from a backup, if it was not changed on purpose."
		c.add(bad)
		return
	}
	c.result.Verified++
}

// checkFolders looks for pictures that no entry names, unfinished downloads, and locks of programs that have ended.
func (c *checker) checkFolders() {
	names, _ := os.ReadDir(c.h.Path(pictures.Dir))
	for _, n := range names {
		name := pictures.Dir + "/" + n.Name()
		switch {
		case strings.HasSuffix(name, ".etag"):
		case strings.HasSuffix(name, ".part"):
			c.add(Finding{
				Kind: StalePartial, Path: name, Sentence: fmt.Sprintf("%s is a download that was not finished.", name),
				Fix: "tintype follow finishes it while the provider has the picture; later it can be deleted.",
			})
		case !c.referenced[name]:
			c.add(Finding{Kind: OrphanPicture, Path: name, Sentence: fmt.Sprintf("No prediction names %s.", name), Fix: "Keep it or delete it as you like."})
		}
	}
	names, _ = os.ReadDir(c.h.Path("running"))
	for _, n := range names {
		name := "running/" + n.Name()
		if strings.HasSuffix(name, ".lock") && !c.h.locks.IsHeld(c.h.Path(name)) {
			c.add(Finding{Kind: StaleLock, Path: name, Sentence: fmt.Sprintf("%s belongs to a program that is gone.", name), Fix: "tintype compact removes it."})
		}
	}
}

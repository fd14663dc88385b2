package history

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"tintype/history/disk"
)

// ownFiles matches the names of tintype's own files in the data folder. Other programs made the rest.
var ownFiles = regexp.MustCompile(`^(history\.(jsonl(\.new)?|lock.*|shared)|history-\d{4}-\d\d-\d\d(-\d+)?\.(jsonl\.old|unreadable)|form\.json.*|duels\.jsonl|demo\.jsonl|probe\.tmp)$`)

// errFound stops reading a file.
var errFound = errors.New("found")

// findCopies returns the names of files in the data folder that hold lines of a history and are not tintype's own. Editors leave such
// files, and so do programs that synchronise folders. They are recognised by their content, since each program has its own names.
func (h *History) findCopies() []string {
	entries, _ := os.ReadDir(h.dir)
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && !ownFiles.MatchString(entry.Name()) && holdsEntries(filepath.Join(h.dir, entry.Name())) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// copySearch is how much of a file is searched for a line of a history, in bytes.
const copySearch = 2 * LineLimit

func holdsEntries(name string) bool {
	f, err := disk.OpenToRead(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	return errFound == eachEntry(f, min(info.Size(), copySearch), func(entry []byte, _ Entry, _ []byte) error {
		if entry != nil {
			return errFound
		}
		return nil
	})
}

// eachCopiedEntry calls do with each entry of a copy, and its line.
func (h *History) eachCopiedEntry(name string, do func(line []byte, e Entry) error) error {
	f, err := disk.OpenToRead(filepath.Join(h.dir, name))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return eachEntry(f, info.Size(), func(entry []byte, e Entry, _ []byte) error {
		if entry == nil {
			return nil
		}
		return do(entry, e)
	})
}

// checkCopies reports copies of the journal, and how much they hold that it lacks.
func (c *checker) checkCopies() {
	for _, name := range c.h.findCopies() {
		lacking := map[string]bool{}
		err := c.h.eachCopiedEntry(name, func(_ []byte, e Entry) error {
			if have, ok := c.latest[e.Key]; !ok || e.Rev > have.rev {
				lacking[e.Key] = true
			}
			for _, o := range e.Outputs {
				if o.Path != "" {
					c.referenced[path.Clean(o.Path)] = true
				}
			}
			return nil
		})
		f := Finding{Kind: ConflictCopy, Path: name, Fix: "tintype doctor --mend joins it to the history. By hand, while no tintype runs: cat " + quote(c.h.Path(name)) + " >> " + quote(c.h.journalPath())}
		switch {
		case err != nil:
			f.Sentence = fmt.Sprintf("The file %s is a copy of the history, as programs that synchronise folders leave it, and cannot be read.", name)
		case len(lacking) == 0:
			f.Sentence = fmt.Sprintf("The file %s is a copy of the history, as programs that synchronise folders leave it. Everything in it is also in the history.", name)
		default:
			f.Sentence = fmt.Sprintf("The file %s is a copy of the history, as programs that synchronise folders leave it. For %d of its predictions, it has lines that the history lacks.", name, len(lacking))
		}
		c.add(f)
	}
}

// quote quotes a path for a shell.
func quote(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }

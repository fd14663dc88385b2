package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
)

// TestIDNotOnDisk: if the disk fails between a purchase and its answer, the screen shows the id and says that it is not on the disk, asks
// before the user leaves, and writes the id as soon as the disk works.
func TestIDNotOnDisk(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 160, h: 50})
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Duration, k.Faults = time.Minute, []demo.Fault{{On: demo.Create, Delay: 2 * time.Second}}
		})
		s.develop("a boat")
		s.wait(time.Second)
		file := filepath.Join(s.dir, "history.jsonl")
		if err := errors.Join(os.Rename(file, file+".gone"), os.Mkdir(file, 0o700)); err != nil {
			t.Fatal(err)
		}
		s.wait(3 * time.Second)
		s.expectText("its id could not be written to the disk. Note it:")
		rows := s.m.session.withoutID()
		if len(rows) != 1 || rows[0].ID == "" {
			t.Fatalf("%+v", rows)
		}
		s.press("ctrl+c")
		s.expectText("lost if you quit")
		s.expectText(rows[0].ID)
		s.press("esc")
		if err := errors.Join(os.Remove(file), os.Rename(file+".gone", file)); err != nil {
			t.Fatal(err)
		}
		s.wait(20 * time.Second)
		if e, err := s.m.session.History.Get(rows[0].Key); err != nil || e.ID != rows[0].ID || len(s.m.session.withoutID()) > 0 {
			t.Errorf("the history has the id %q, %v", e.ID, err)
		}
		s.expectPurchases(1)
	})
}

// TestUnreadableHistory: a history that cannot be read is not shown as an empty one, and blocks buying.
func TestUnreadableHistory(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "history.jsonl"), []byte("\xff\xfe{\x00}\x00\n\x00"), 0o600); err != nil {
			t.Fatal(err)
		}
		s := newApp(t, appOptions{dir: dir, w: 160, h: 50})
		s.expectText("history is unreadable: nothing is bought")
		s.expectNoText("No pictures yet.")
		s.expectNoText("Describe a picture")
		for _, at := range allSizes[:3] { // what is wrong is said once, in full
			s.resize(at.w, at.h)
			all := strings.Join(strings.Fields(strings.ReplaceAll(s.screenText(), "│", " ")), " ")
			if strings.Count(all, "makes it readable") != 1 || strings.Contains(all, "Describe a picture") {
				t.Errorf("at %d×%d:\n%s", at.w, at.h, s.screenText())
			}
		}
		s.resize(160, 50)
		s.develop("a boat")
		s.wait(time.Second)
		s.expectPurchases(0)
	})
}

package ui

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSharedStorageIsReportedOnce: that the folder may be shared by machines is reported at the start, and not again.
func TestSharedStorageIsReportedOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "history.shared"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		const notice = "The data folder is on storage that machines"
		s := newApp(t, appOptions{dir: dir, smallPictures: true})
		s.expectText(notice)
		s.press("x", "backspace")
		s.wait(2 * noteDuration)
		s.expectNoText(notice)
		s.typeText("A boat")
		s.press("enter")
		s.wait(2 * noteDuration)
		s.expectNoText(notice)
	})
}

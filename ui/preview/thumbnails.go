package preview

import (
	"os"
	"path/filepath"
	"slices"
	"time"
)

// ThumbnailsFolder is the folder of small copies of pictures, beside the pictures. All of it may be deleted at any time.
const ThumbnailsFolder = "thumbnails"

// maxThumbnails bounds the files in it, about 12 KB each; thumbnailsLeft is how many are left after old ones are deleted.
const (
	maxThumbnails  = 20_000
	thumbnailsLeft = 16_000
)

// TrimThumbnails returns a function that deletes the oldest files of the folder of thumbnails if there are too many; nil if that was done
// before, or while a picture is being made ready.
func (p *Preview) TrimThumbnails(folder string) func() {
	if p.renders.trimmed || p.renders.key != (FrameKey{}) {
		return nil
	}
	p.renders.trimmed = true
	return func() { trimFolder(folder, maxThumbnails, thumbnailsLeft) }
}

// trimFolder deletes the oldest files of a folder until left remain, if there are more than most. A file that cannot be deleted is tried
// again the next time.
func trimFolder(folder string, most, left int) {
	files, err := os.ReadDir(folder)
	if err != nil || len(files) <= most {
		return
	}
	type file struct {
		name    string
		changed time.Time
	}
	all := make([]file, 0, len(files))
	for _, f := range files {
		if info, err := f.Info(); err == nil && info.Mode().IsRegular() {
			all = append(all, file{f.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b file) int { return a.changed.Compare(b.changed) })
	for _, f := range all[:max(len(all)-left, 0)] {
		_ = os.Remove(filepath.Join(folder, f.name))
	}
}

package history

import "tintype/history/pictures"

// A PartialFile is an output of an entry that is being downloaded.
type PartialFile struct {
	*pictures.PartialFile
	output Output // as the entry has it
}

// Download starts to save an output of an entry, or resumes what an earlier attempt left. It returns pictures.ErrBusy while another
// program downloads the same output; errors of the disk are a *WriteError.
func (h *History) Download(e Entry, output int) (*PartialFile, error) {
	p, err := h.pictures.Begin(h.target(e, output))
	if err != nil {
		return nil, err
	}
	partial := &PartialFile{PartialFile: p}
	if output < len(e.Outputs) {
		partial.output = e.Outputs[output]
	}
	return partial, nil
}

// Commit commits the pictures.PartialFile. It returns the entry's output with the picture that was saved; the output keeps its URL
// and its star.
func (p *PartialFile) Commit() (Output, error) {
	saved, err := p.PartialFile.Commit()
	if err != nil {
		return Output{}, err
	}
	return Output{
		URL: p.output.URL, Star: p.output.Star,
		Path: saved.Path, SHA256: saved.SHA256, Bytes: saved.Bytes, Width: saved.Width, Height: saved.Height,
	}, nil
}

// SweepDownloads deletes the remains of unfinished downloads of predictions that no program will fetch any more. Files that belong to no
// readable line are kept. It takes as long as listing the pictures' folder.
func (h *History) SweepDownloads() {
	h.pictures.Sweep(func(key string) bool {
		e, err := h.Get(key)
		return err == nil && e.State.Ended() && (e.State != Lost || !h.mayBeFetched(e))
	})
}

// DiscardDownloads deletes the remains of unfinished downloads of one prediction.
func (h *History) DiscardDownloads(key string) {
	h.pictures.Sweep(func(swept string) bool { return swept == key })
}

// target says which output of an entry is to be saved.
func (h *History) target(e Entry, output int) pictures.Target {
	return pictures.Target{
		Key: e.Key, Prompt: e.Prompt(), Created: e.CreatedTime().In(h.now().Location()), Index: output, Count: len(e.Outputs),
	}
}

package cli

import (
	"path/filepath"
	"runtime"

	"tintype/api"
	"tintype/api/model"
	"tintype/config"
	"tintype/ui/studio"
)

// inputFolder is where, below the data folder, input images are kept that were given as data.
const inputFolder = "inputs"

// images takes in input images for a provider.
func (p *program) images(settings config.Settings, provider api.Provider) studio.Images {
	home := p.env("HOME")
	if runtime.GOOS == "windows" {
		home = p.env("USERPROFILE")
	}
	return studio.Images{Home: home, Folder: filepath.Join(settings.DataDir, inputFolder), Provider: provider}
}

// takeImages looks into the input images of a draft before it is bought: a file that is none is wrong use, and costs nothing.
func (p *program) takeImages(s *session, draft studio.Draft) (studio.Draft, error) {
	input, err := p.images(s.settings, s.provider).Input(model.Find(draft.Model), draft.Input)
	if err != nil {
		return draft, wrong("%s", err)
	}
	draft.Input = input
	return draft, nil
}

package cli

import (
	"tintype/api/model"
	"tintype/ui/runner"
)

// takeImages looks into the input images of a draft before it is bought: a file that is none is wrong use, and costs nothing.
func (p *program) takeImages(s *session, draft runner.Draft) (runner.Draft, error) {
	input, err := runner.NewImages(p.env, s.settings.DataDir, s.provider).Resolve(model.Find(draft.Model), draft.Input)
	if err != nil {
		return draft, wrong("%w", err)
	}
	draft.Input = input
	return draft, nil
}

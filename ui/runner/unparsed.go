package runner

import (
	"os"

	"tintype/api"
	"tintype/api/job"
)

// unparsedDir is the folder, in the data folder, for answers to purchases that cannot be read.
const unparsedDir = "unparsed"

// notCreated is the answer to a purchase that returned an error. If the error names a prediction all the same, that prediction
// is followed, and the provider then reports its state. An answer that cannot be read is kept for a person.
func (r *Runner) notCreated(key string, step job.Step, err error) job.Event {
	e := api.AsError(err)
	if e.ID != "" {
		return job.Created{Answer: r.answerTo(step), Prediction: api.Prediction{ID: e.ID, Status: api.Starting}}
	}
	r.keepAnswer(key, e.Answer)
	e.Answer = nil // it is on disk now
	return job.NotCreated{Failure: r.failure(step, e)}
}

// keepAnswer appends the bytes of an answer to unparsed/<key>.txt, as they came except for the API key. They are evidence for a
// person; nothing depends on them, so failures are ignored.
func (r *Runner) keepAnswer(key string, answer []byte) {
	if len(answer) == 0 {
		return
	}
	root, err := os.OpenRoot(r.history.Path("."))
	if err != nil {
		return
	}
	defer func() { _ = root.Close() }()
	if err := root.MkdirAll(unparsedDir, 0o700); err != nil {
		return
	}
	f, err := root.OpenFile(unparsedDir+"/"+key+".txt", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	_, _ = f.Write(answer)
	_ = f.Close()
}

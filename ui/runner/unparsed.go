package runner

import (
	"os"

	"tintype/api"
	"tintype/api/job"
)

// unparsedDir is the folder, in the data folder, of answers to purchases that cannot be read.
const unparsedDir = "unparsed"

// notCreated is the answer to a purchase that brought an error. One that names a prediction all the same is followed: the
// provider then says what became of it. What cannot be read is kept for a person.
func (r *Runner) notCreated(key string, step job.Step, err error) job.Event {
	e := api.AsError(err)
	if e.ID != "" {
		return job.Created{Answer: r.answerTo(step), Prediction: api.Prediction{ID: e.ID, Status: api.Starting}}
	}
	r.keepAnswer(key, e.Answer)
	e.Answer = nil // it lives on disk now
	return job.NotCreated{Failure: r.failure(step, e)}
}

// keepAnswer puts the bytes of an answer into unparsed/<key>.txt, as they came but for the key; those of a second purchase under the
// same key come after them. They are evidence for a person: nothing hangs on them, so a failure is passed over.
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

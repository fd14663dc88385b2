package cli

import (
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picturekey"
)

// progress says how far the search is while a picture is judged.
func (r *bisectRun) progress() string {
	s := r.search.Status()
	left := "the last picture"
	if s.AtMost > 1 {
		left = "at most " + format.Plural(s.AtMost-1, "more picture")
	}
	return fmt.Sprintf("%s in question, %s.", format.Plural(s.Between, "change"), left)
}

// printTold says once, at the beginning of a bisect, how many pictures it takes, what they cost, and why they may differ by chance.
func (r *bisectRun) printTold() {
	if r.told || len(r.search.Steps()) > 0 {
		return
	}
	r.told = true
	said, more := r.search.Told(r.price())
	r.p.printProgress(strings.TrimSpace(said + " " + more))
	if r.search.Warning != "" && r.search.Status().Next != nil {
		r.p.printProgress(r.search.Warning)
	}
}

// printNotMade says what can be done about a prediction without its picture.
func (r *bisectRun) printNotMade(e history.Entry, code int) {
	switch {
	case code == exitInterrupted:
	case !e.State.Ended():
		r.p.printProgress("This picture is not made yet. The same command goes on when it is here.")
	case r.flags.until != "":
		r.p.printProgress("This one failed in another way, which tells nothing. The same command tries it again.")
	default:
		r.p.printProgress("This picture was not made. Judge it with --verdict b or s, or try again with the same command.")
	}
}

// print prints how far the search is, and what is to be judged, or the cause. key is that of the next picture.
func (r *bisectRun) print(key string) error {
	if r.p.json {
		return r.p.writeJSON(r.json(key))
	}
	s := r.search.Status()
	r.printTold()
	if s.Next == nil {
		for _, c := range r.search.Cause() {
			r.p.printLine(r.p.out, c.Text())
		}
		r.p.printProgress(r.search.CauseSentence())
		return nil
	}
	if len(r.search.Steps()) > 0 && r.flags.dryRun {
		r.p.printProgress("To go on: " + r.price() + ".")
	}
	for _, i := range s.Next {
		r.p.printProgress("with " + r.search.Changes[i].Text())
	}
	if key == "" {
		return nil
	}
	entries, err := r.s.history.Entries([]string{key})
	if err != nil {
		return err
	}
	for _, e := range entries {
		r.p.printPicturePaths(r.s, e)
	}
	if len(entries) > 0 && entries[0].State == history.Done {
		r.p.printProgress(r.progress() + " Tell how it is with the same command and --verdict g, b or s.")
	}
	return nil
}

// bisectJSON is a bisect as --json prints it.
type bisectJSON struct {
	Good  string        `json:"good"`
	Bad   string        `json:"bad"`
	Steps []verdictJSON `json:"steps"`
	Next  *nextJSON     `json:"next"`  // the picture to judge; null once the cause is found
	Cause []causeJSON   `json:"cause"` // empty until it is found
	Sure  bool          `json:"sure"`  // each of the causes is known to matter
}

type verdictJSON struct {
	Key     string `json:"key"`
	Verdict string `json:"verdict"`
}

// nextJSON is the picture that is to be judged.
type nextJSON struct {
	Key     string   `json:"key"` // "" if it is not made
	Changes []string `json:"changes"`
	AtMost  int      `json:"at_most"` // pictures, with this one
}

type causeJSON struct {
	Kind string `json:"kind"` // words, parameter or model
	Text string `json:"text"`
}

func (r *bisectRun) json(key string) bisectJSON {
	out := bisectJSON{Good: r.good.Key, Bad: r.bad.Key, Steps: []verdictJSON{}, Cause: []causeJSON{}}
	keys := map[picturekey.Key]string{}
	for _, v := range r.verdicts {
		keys[v.Picture] = v.Key
	}
	for _, step := range r.search.Steps() {
		out.Steps = append(out.Steps, verdictJSON{keys[r.search.KeyOf(step)], string(step.Verdict)})
	}
	s := r.search.Status()
	if s.Next == nil {
		out.Sure = s.Sure
	}
	for _, c := range r.search.Cause() {
		out.Cause = append(out.Cause, causeJSON{string(c.Kind), c.Text()})
	}
	if s.Next != nil {
		out.Next = &nextJSON{Key: key, Changes: []string{}, AtMost: s.AtMost}
		for _, i := range s.Next {
			out.Next.Changes = append(out.Next.Changes, r.search.Changes[i].Text())
		}
	}
	return out
}

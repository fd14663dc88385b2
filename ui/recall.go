package ui

// recall walks through earlier prompts as a shell does, the draft last.
type recall struct {
	prompts []string
}

// set gives it the prompts, newest first, each once. A walk under way goes on.
func (r *recall) set(prompts []string) {}

// earlier and later give the next text of the walk; false at the ends. The first earlier keeps draft.
func (r *recall) earlier(draft string) (string, bool) { return "", false }
func (r *recall) later() (string, bool)               { return "", false }

// leave ends the walk: what stands in the prompt is the draft. Call it when the text changes or is sent.
func (r *recall) leave() {}

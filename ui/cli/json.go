package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"tintype/ui/text"
)

// marshalJSON writes indented JSON in which every character that a terminal would interpret is escaped as \uXXXX: C0, C1 and
// bidirectional controls.
func marshalJSON(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("this cannot be written as JSON: %w", err)
	}
	return text.EscapeJSON(bytes.TrimRight(b.Bytes(), "\n")), nil
}

// writeJSON prints one value to standard output.
func (p *program) writeJSON(v any) error {
	b, err := marshalJSON(v, "")
	if err != nil {
		return err
	}
	return p.write(append(b, '\n'))
}

// write writes a result to standard output, without keys.
func (p *program) write(b []byte) error {
	if _, err := io.WriteString(p.out, p.redactKeys(string(b))); err != nil {
		return fmt.Errorf("the result could not be written: %w", err)
	}
	return nil
}

// jsonArray prints values one by one as one JSON array, so that a long history is never in memory as a whole.
type jsonArray struct {
	p       *program
	started bool
}

func (a *jsonArray) add(v any) error {
	b, err := marshalJSON(v, "  ")
	if err != nil {
		return err
	}
	before := ",\n  "
	if !a.started {
		before = "[\n  "
	}
	a.started = true
	return a.p.write(append([]byte(before), b...))
}

func (a *jsonArray) end() error {
	if !a.started {
		return a.p.write([]byte("[]\n"))
	}
	return a.p.write([]byte("\n]\n"))
}

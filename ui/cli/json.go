package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"tintype/ui/text"
)

// encode makes JSON that a terminal cannot obey: every such character stands as \uXXXX, C1 and bidirectional ones too.
func encode(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("this cannot be written as JSON: %w", err)
	}
	return text.EscapeJSON(bytes.TrimRight(b.Bytes(), "\n")), nil
}

// writeJSON prints one value on standard output.
func (p *program) writeJSON(v any) error {
	b, err := encode(v, "")
	if err != nil {
		return err
	}
	return p.write(append(b, '\n'))
}

func (p *program) write(b []byte) error {
	if _, err := io.WriteString(p.out, p.keyless(string(b))); err != nil {
		return fmt.Errorf("the result could not be written: %w", err)
	}
	return nil
}

// array prints values one by one as one array of JSON, so that a long history never stands in memory as a whole.
type array struct {
	p     *program
	began bool
}

func (a *array) add(v any) error {
	b, err := encode(v, "  ")
	if err != nil {
		return err
	}
	before := ",\n  "
	if !a.began {
		before = "[\n  "
	}
	a.began = true
	return a.p.write(append([]byte(before), b...))
}

func (a *array) end() error {
	if !a.began {
		return a.p.write([]byte("[]\n"))
	}
	return a.p.write([]byte("\n]\n"))
}

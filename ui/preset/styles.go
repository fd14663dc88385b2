package preset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Styles reads the presets of A1111's styles.csv: a line has a name, a prompt and a negative prompt. The notes say what was
// changed or left out. The error says what is wrong with the file, but not its name.
func Styles(file io.Reader) (presets []Preset, notes []string, err error) {
	lines, header, err := openStyles(file)
	if err != nil {
		return nil, nil, err
	}
	dropped := 0
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line := 0
			if wrong := (*csv.ParseError)(nil); errors.As(err, &wrong) {
				line = wrong.StartLine
			}
			return nil, nil, fmt.Errorf("line %d: the quotes of a field are wrong. A field with a quote in it is written in quotes, with \"\" for the sign itself", line)
		}
		line, _ := lines.FieldPos(0)
		field := func(column string) string {
			if i := slices.Index(header, column); i >= 0 && i < len(fields) {
				return strings.TrimSpace(fields[i])
			}
			return ""
		}
		if field("negative_prompt") != "" {
			dropped++
		}
		p := Preset{Name: safeName(field("name")), Prompt: field("prompt")}
		switch {
		case p.Prompt == "":
			continue // a heading, or a negative prompt alone
		case p.Name == "":
			notes = append(notes, fmt.Sprintf("Line %d has no name, and was left out.", line))
			continue
		case p.Name != field("name"):
			notes = append(notes, fmt.Sprintf("Line %d: %q is called %q here.", line, field("name"), p.Name))
		}
		presets = append(presets, p)
	}
	if dropped > 0 {
		notes = append(notes, fmt.Sprintf("The negative prompts of %d were left out: no model here takes one.", dropped))
	}
	return presets, notes, nil
}

// openStyles reads the file and its first line, and returns the lines after it.
func openStyles(file io.Reader) (lines *csv.Reader, header []string, err error) {
	raw, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, nil, err
	}
	if len(raw) > maxFileSize {
		return nil, nil, errors.New("it is larger than 1 MiB")
	}
	lines = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	lines.FieldsPerRecord = -1
	header, err = lines.Read()
	if err != nil || !slices.Contains(header, "name") || !slices.Contains(header, "prompt") {
		return nil, nil, errors.New("line 1: a styles.csv begins with name,prompt,negative_prompt")
	}
	return lines, header, nil
}

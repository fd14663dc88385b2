package wildcards

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"tintype/ui/format"
	"tintype/ui/template"
)

// errMissing says that there is no such file.
var errMissing = errors.New("no such file")

// isMissing reports whether there is no such file.
func isMissing(err error) bool { return errors.Is(err, errMissing) }

// read returns the lists of a file. It reads the file only if it has changed.
func (f *folder) read(name string) (map[string][]template.Value, error) {
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return nil, errMissing
	}
	defer func() { _ = root.Close() }()
	info, err := root.Stat(name)
	if link, linkErr := root.Lstat(name); errors.Is(err, fs.ErrNotExist) && linkErr == nil && link.Mode()&fs.ModeSymlink != 0 {
		return nil, fmt.Errorf("the list %s cannot be read: it is a link to a file that is not there.", name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.IsDir():
		return nil, errMissing
	case err != nil:
		return nil, fmt.Errorf("the list %s cannot be read: %s.", name, reason(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("the list %s is no plain file.", name)
	case info.Size() > maxFileSize:
		return nil, fmt.Errorf("the list %s is larger than %d MB.", name, maxFileSize>>20)
	}
	if known := f.files[name]; known != nil && known.changed.Equal(info.ModTime()) && known.size == info.Size() {
		return known.lists, known.err
	}
	read := &file{changed: info.ModTime(), size: info.Size()}
	read.lists, read.err = parseFile(root, name)
	f.files[name] = read
	return read.lists, read.err
}

// reason is the last part of a file error. An error of os.Root says that a path leads out.
func reason(err error) string {
	err = format.Cause(err)
	if strings.Contains(err.Error(), "escapes") {
		return "it is a link that leads out of the folder"
	}
	return err.Error()
}

// parseFile reads and parses a file.
func parseFile(root *os.Root, name string) (map[string][]template.Value, error) {
	opened, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the list %s cannot be read: %s.", name, reason(err))
	}
	defer func() { _ = opened.Close() }()
	raw, err := io.ReadAll(io.LimitReader(opened, maxFileSize))
	if err != nil {
		return nil, fmt.Errorf("the list %s cannot be read: %s.", name, reason(err))
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("the list %s is in UTF-16; save it in UTF-8.", name)
	}
	if line := wrongLine(raw); line > 0 {
		return nil, fmt.Errorf("line %d of the list %s is not UTF-8; save the file in UTF-8.", line, name)
	}
	p := &fileParser{name: name, lists: map[string][]template.Value{}}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	switch extensionOf(name) {
	case ".txt":
		p.text(string(raw))
	case ".json":
		p.json(raw)
	default:
		p.yaml(raw)
	}
	return p.lists, p.mistake
}

// wrongLine returns the first line that is not UTF-8, from 1; 0 if there is none.
func wrongLine(raw []byte) int {
	line := 0
	for text := range bytes.Lines(raw) {
		line++
		if !utf8.Valid(text) {
			return line
		}
	}
	return 0
}

// A fileParser collects the lists of a file.
type fileParser struct {
	name    string
	lists   map[string][]template.Value
	total   int
	mistake error
}

// maxDeep is how deep lists may be in a file.
const maxDeep = 100

// add adds a value to a list.
func (p *fileParser) add(list, text string, line int) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if p.total++; p.total > 10*MaxValues || len(p.lists[list]) >= MaxValues {
		p.fail("%s has more than %s values. Make several lists of it.", p.name, count(MaxValues))
		return
	}
	place := p.name
	if line > 0 {
		place += ":" + strconv.Itoa(line)
	}
	v := template.Value{Text: text, Weight: 1, Place: place}
	if before, after, ok := strings.Cut(text, "::"); ok && strings.Trim(before, "0123456789.") == "" {
		if weight, err := strconv.ParseFloat(before, 64); err == nil {
			v.Text, v.Weight = strings.TrimSpace(after), weight
		}
	}
	p.lists[list] = append(p.lists[list], v)
}

// declare makes a list known that may have no values, so that it is not said to be missing.
func (p *fileParser) declare(list string) {
	if _, known := p.lists[list]; !known {
		p.lists[list] = nil
	}
}

// fail notes the first mistake.
func (p *fileParser) fail(format string, values ...any) {
	if p.mistake == nil {
		p.mistake = fmt.Errorf(format, values...)
	}
}

// text reads a value a line. A line that begins with # is a remark.
func (p *fileParser) text(raw string) {
	p.lists[""] = nil
	line := 0
	for text := range strings.Lines(raw) {
		line++
		if !strings.HasPrefix(text, "#") {
			p.add("", text, line)
		}
		if p.mistake != nil {
			return
		}
	}
}

// json reads lists in objects at any depth.
func (p *fileParser) json(raw []byte) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		p.fail("%s is no JSON: %s.", p.name, strings.TrimPrefix(err.Error(), "json: "))
		return
	}
	p.object("", value, 0)
}

// object reads a value of JSON.
func (p *fileParser) object(list string, value any, deep int) {
	if deep > maxDeep || p.mistake != nil {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			p.object(join(list, key), inner, deep+1)
		}
	case []any:
		p.declare(list)
		for _, inner := range v {
			p.object(list, inner, deep+1)
		}
	case nil:
		p.declare(list)
	default:
		p.add(list, fmt.Sprint(v), 0)
	}
}

// join joins the names of a path within a file.
func join(list, key string) string { return strings.Trim(path.Join(list, strings.TrimSpace(key)), "/") }

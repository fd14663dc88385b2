package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tintype/config/atomicfile"
)

// Budget is what may be spent, in USD; 0 for no limit.
type Budget struct {
	Day      float64 // since midnight
	Month    float64 // since the first of the month
	AskAbove float64 // one press that costs more is asked about
	Unknown  string  // what to do about an unknown price: ask, refuse
}

// budgetFields are the numbers of [budget] by name.
func (b *Budget) fields() map[string]*float64 {
	return map[string]*float64{"day": &b.Day, "month": &b.Month, "ask_above": &b.AskAbove}
}

// setBudget reads [budget]. A name that is not known is an error: a limit that is misspelt would not hold.
func (l *loader) setBudget(name string, value any) {
	table, ok := value.(map[string]any)
	if !ok {
		l.addFileError(fmt.Errorf("in the settings file %s, budget must be a table: [budget], then lines such as day = 2.00", name))
		return
	}
	b := &l.settings.Budget
	for _, key := range slices.Sorted(maps.Keys(table)) {
		field := b.fields()[key]
		switch text, isText := table[key].(string); {
		case field != nil:
			if usd, err := dollars(table[key]); err != nil {
				l.addFileError(l.errorAt(name, "budget", key, err))
			} else {
				*field = usd
			}
		case key == "unknown" && isText && (text == "ask" || text == "refuse"):
			b.Unknown = text
		case key == "unknown":
			l.addFileError(l.errorAt(name, "budget", key, errors.New(`it must be "ask" or "refuse"`)))
		default:
			l.addFileError(l.errorAt(name, "budget", key, errors.New("it is not known here; there are day, month, ask_above and unknown")))
		}
	}
}

// setPrices reads [prices]: US dollars for a picture, by the model's owner/name or short name. A name that no model has is an error: its price
// would not count.
func (l *loader) setPrices(name string, value any) {
	table, ok := value.(map[string]any)
	if !ok {
		l.addFileError(fmt.Errorf("in the settings file %s, prices must be a table: [prices], then lines such as \"owner/model\" = 0.02", name))
		return
	}
	l.settings.Prices = map[string]float64{}
	for _, model := range slices.Sorted(maps.Keys(table)) {
		id, err := l.modelID(model)
		usd, wrong := dollars(table[model])
		err = cmp.Or(wrong, err)
		if short, _, hasVersion := strings.Cut(model, ":"); hasVersion && err == nil {
			err = fmt.Errorf("a price is that of a model in all its versions; write %s", short)
		}
		if _, twice := l.settings.Prices[id]; twice && err == nil {
			err = fmt.Errorf("%s has two prices; take one of them away", id)
		}
		if err != nil {
			l.addFileError(l.errorAt(name, "prices", model, err))
			continue
		}
		l.settings.Prices[id] = usd
	}
}

// modelID returns the owner/name of a model, or why there is none of that name.
func (l *loader) modelID(name string) (string, error) {
	if l.known.ModelID == nil {
		return name, nil
	}
	return l.known.ModelID(name)
}

// dollars reads an amount of the file.
func dollars(value any) (float64, error) {
	var usd float64
	switch v := value.(type) {
	case int64:
		usd = float64(v)
	case float64:
		usd = v
	default:
		return 0, errors.New("it must be a number of dollars without quotes or signs, such as 2.00")
	}
	if math.IsNaN(usd) || math.IsInf(usd, 0) || usd < 0 || usd > 1e9 {
		return 0, errors.New("it must be a number of dollars from 0 to 1,000,000,000, such as 2.00")
	}
	return usd, nil
}

// errorAt is an error about a value of a table, with its line if that is found.
func (l *loader) errorAt(name, table, key string, err error) error {
	where := ""
	if n := lineOf(l.raw, table, key); n > 0 {
		where = fmt.Sprintf(" at line %d", n)
	}
	return fmt.Errorf("in the settings file %s%s, %s of [%s]: %w", name, where, key, table, err)
}

// lineOf returns the number of the line that sets a key of a table, 0 if there is none.
func lineOf(raw []byte, table, key string) int {
	in := ""
	for i, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			in = strings.Trim(strings.TrimSpace(strings.SplitN(line, "#", 2)[0]), "[] ")
			continue
		}
		name, _, isValue := strings.Cut(line, "=")
		if isValue && in == table && strings.Trim(strings.TrimSpace(name), `"'`) == key {
			return i + 1
		}
	}
	return 0
}

// SetBudget sets a value of [budget] in a settings file, and keeps everything else in it as it is. The file is replaced at once. text
// is a number of dollars for day, month and ask_above, or ask or refuse for unknown.
func SetBudget(file, key, text string) error {
	value, err := budgetValue(key, text)
	if err != nil {
		return err
	}
	if file == "" {
		return errors.New("there is no settings file here; name one with --config")
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target // the link stays
	}
	raw, err := readSmallFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the settings file %s cannot be read: %s", file, reason(err))
	}
	changed := withBudget(raw, key, value)
	if err := toml.Unmarshal(bytes.TrimPrefix(changed, []byte("\ufeff")), new(map[string]any)); err != nil {
		return fmt.Errorf("%w. It is left as it is; set %s in its [budget] yourself", syntaxError(file, err), key)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("the folder of the settings file %s cannot be made: %s", file, reason(err))
	}
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode()
	}
	if err := atomicfile.Write(file, changed, mode); err != nil {
		return fmt.Errorf("the settings file %s cannot be written: %s", file, reason(err))
	}
	return nil
}

func budgetValue(key, text string) (string, error) {
	if key == "unknown" && (text == "ask" || text == "refuse") {
		return strconv.Quote(text), nil
	}
	if (&Budget{}).fields()[key] == nil {
		return "", fmt.Errorf("%q cannot be set so; day=2.00, month=20, ask_above=0.25 and unknown=ask or refuse can", key+"="+text)
	}
	usd, err := strconv.ParseFloat(text, 64)
	if err == nil {
		_, err = dollars(usd)
	}
	if err != nil || strings.ContainsAny(text, "xX_pP") {
		return "", fmt.Errorf("the limit of %s takes a number of dollars, such as %s=2.00; %q is not", key, key, text)
	}
	return strconv.FormatFloat(usd, 'f', -1, 64), nil
}

// withBudget returns the text of a settings file in which a value of [budget] is set. A remark behind the old value stays.
func withBudget(raw []byte, key, value string) []byte {
	lines := strings.SplitAfter(string(raw), "\n")
	if n := lineOf(raw, "budget", key); n > 0 {
		old := lines[n-1]
		remark := ""
		if at := strings.Index(old, "#"); at >= 0 {
			remark = " " + strings.TrimRight(old[at:], "\r\n")
		}
		lines[n-1] = key + " = " + value + remark + lineEnd(old)
		return []byte(strings.Join(lines, ""))
	}
	for i, line := range lines {
		if strings.HasPrefix(strings.ReplaceAll(strings.TrimSpace(line), " ", ""), "[budget]") {
			if lineEnd(line) == "" {
				lines[i] += "\n"
			}
			lines = slices.Insert(lines, i+1, key+" = "+value+"\n")
			return []byte(strings.Join(lines, ""))
		}
	}
	text := strings.Join(lines, "")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if text != "" {
		text += "\n"
	}
	return []byte(text + "[budget]\n" + key + " = " + value + "\n")
}

func lineEnd(line string) string { return line[len(strings.TrimRight(line, "\r\n")):] }

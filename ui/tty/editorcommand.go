package tty

import (
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// EditorCommand returns the program and the arguments of a setting such as EDITOR. It reads quotes and backslashes as a shell does. On
// Unix, sh runs a setting that uses more of a shell's language (a variable, ~, a pipe), as in Git. On Windows only double quotes quote, and
// a backslash is part of a path. The result is nil if the setting has no words.
func EditorCommand(setting string) []string {
	if runtime.GOOS == "windows" {
		return splitWindows(setting)
	}
	return splitUnix(setting)
}

// UsualEditor returns the first program of those that systems usually have which lookPath (exec.LookPath) finds, for users who set no
// editor; nil if there is none.
func UsualEditor(lookPath func(name string) (string, error)) []string {
	names := []string{"nano", "vim", "vi"}
	if runtime.GOOS == "windows" {
		names = []string{"notepad"}
	}
	for _, name := range names {
		if _, err := lookPath(name); err == nil {
			return []string{name}
		}
	}
	return nil
}

// HasOpenQuote reports whether a setting such as EDITOR has a quotation mark that is not closed, so that it cannot be run.
func HasOpenQuote(setting string) bool {
	if runtime.GOOS == "windows" {
		return strings.Count(setting, `"`)%2 != 0
	}
	quote, escaped := rune(0), false
	for _, r := range setting {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && quote != '\'':
			escaped = true
		case r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		}
	}
	return quote != 0
}

// shellSigns are the characters outside quotes that only a shell can interpret.
const shellSigns = "$`|&;<>()*?[]{}#!"

func splitUnix(setting string) []string {
	words, plain := splitWords(setting)
	hasControls := strings.ContainsFunc(setting, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) || r == utf8.RuneError })
	switch {
	case len(words) == 0:
		return nil
	case plain, hasControls: // sh would print control characters in a name that it does not find
		return words
	}
	command := setting + ` "$@"`
	if !strings.ContainsAny(setting, "|&;()<>=") {
		command = "exec " + command // so that a signal to sh reaches the editor
	}
	return []string{"sh", "-c", command, setting}
}

// splitWords splits a command into words by the rules of POSIX for quoting (XCU 2.2). plain is false if the command needs a shell: it uses
// more of a shell's language, or a quote is not closed.
func splitWords(s string) (words []string, plain bool) {
	var word strings.Builder
	quote, escaped, begun, plain := rune(0), false, false, true
	for _, r := range s {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune("$`\"\\\n", r) {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, begun = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			plain = plain && !needsShell(r, quote, begun, len(words) == 0)
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words, plain && quote == 0 && !escaped
}

// needsShell reports whether only a shell can interpret a character. begun is true if it is not the first of its word: a ~ has a meaning
// only there. first is true for the first word, where = sets a variable.
func needsShell(r, quote rune, begun, first bool) bool {
	switch quote {
	case '\'':
		return false
	case '"':
		return r == '$' || r == '`'
	}
	return strings.ContainsRune(shellSigns, r) || r == '~' && !begun || r == '=' && first
}

// splitWindows splits a command at blanks outside double quotes.
func splitWindows(s string) (words []string) {
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range s {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case !quoted && (r == ' ' || r == '\t'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

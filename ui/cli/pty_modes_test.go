//go:build unix

package cli_test

import (
	"bytes"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// modes are the terminal modes that a program may set, with the sequences that set and reset them.
var modes = []struct{ name, on, off string }{
	{"alternate screen", "\x1b[?1049h", "\x1b[?1049l"},
	{"hidden cursor", "\x1b[?25l", "\x1b[?25h"},
	{"bracketed paste", "\x1b[?2004h", "\x1b[?2004l"},
	{"mouse clicks", "\x1b[?1000h", "\x1b[?1000l"},
	{"mouse drags", "\x1b[?1002h", "\x1b[?1002l"},
	{"mouse moves", "\x1b[?1003h", "\x1b[?1003l"},
	{"mouse in decimal", "\x1b[?1006h", "\x1b[?1006l"},
	{"focus reports", "\x1b[?1004h", "\x1b[?1004l"},
	{"size reports", "\x1b[?2048h", "\x1b[?2048l"},
	{"grapheme widths", "\x1b[?2027h", "\x1b[?2027l"},
	{"synchronized output", "\x1b[?2026h", "\x1b[?2026l"},
	{"xterm's key modifiers", "\x1b[>4;2m", "\x1b[>4m"},
}

// checkRestored checks that the terminal of an ended program is as it was before (I12): the line's modes, the screen, the cursor, and
// all modes that the program has set.
func (x *terminal) checkRestored() {
	x.t.Helper()
	if !reflect.DeepEqual(x.modesAfter, x.modes) {
		x.t.Errorf("the line's modes were %+v, and are %+v", x.modes, x.modesAfter)
	}
	if !x.waitForOutput() {
		x.t.Fatal("what the program wrote cannot be read to its end")
	}
	if !bytes.Contains(x.written, []byte(modes[0].on)) {
		x.t.Fatal("the program never used the alternate screen")
	}
	for _, mode := range modes {
		on, off := bytes.LastIndex(x.written, []byte(mode.on)), bytes.LastIndex(x.written, []byte(mode.off))
		if on > off {
			x.t.Errorf("%s: set at byte %d of %d, reset at %d (-1: never)", mode.name, on, len(x.written), off)
		}
	}
	if flags := keyboardFlags(x.written); len(flags) > 0 {
		x.t.Errorf("kitty's keyboard flags are left as %v", flags)
	}
	for what, last := range map[string]*regexp.Regexp{"title": titlePattern, "progress bar": progressPattern, "cursor's shape": cursorPattern} {
		set := last.FindAllSubmatch(x.written, -1)
		if n := len(set); n > 0 && len(set[n-1][1]) > 0 {
			x.t.Errorf("the %s is left as %q", what, set[n-1][1])
		}
	}
}

// What the terminal shows beside its cells. The argument is empty when it is reset.
var (
	titlePattern    = regexp.MustCompile(`\x1b\][02];([^\x1b\a]*)(?:\x1b\\|\a)`)
	progressPattern = regexp.MustCompile(`\x1b\]9;4;0?([1-4]?)[0-9;]*(?:\x1b\\|\a)`)
	cursorPattern   = regexp.MustCompile(`\x1b\[0?([1-6]?) q`)
)

// keyboardPattern matches changes of kitty's keyboard flags, of which each of the two screens has a stack, and of the screen.
var keyboardPattern = regexp.MustCompile(`\x1b\[(?:\?1049([hl])|([<>=])([0-9;]*)u)`)

// keyboardFlags returns the flags left on the stacks of both screens.
func keyboardFlags(written []byte) []string {
	var stacks [2][]string
	at := 0
	for _, m := range keyboardPattern.FindAllSubmatch(written, -1) {
		argument, _, _ := strings.Cut(string(m[3]), ";")
		stack := stacks[at]
		switch {
		case string(m[1]) == "h":
			at = 1
		case string(m[1]) == "l":
			at = 0
		case string(m[2]) == ">":
			stacks[at] = append(stack, argument)
		case string(m[2]) == "<":
			n, err := strconv.Atoi(argument)
			if err != nil {
				n = 1
			}
			stacks[at] = stack[:max(0, len(stack)-n)]
		case len(stack) > 0:
			stack[len(stack)-1] = argument
		default:
			stacks[at] = []string{argument}
		}
	}
	return append(stacks[0], stacks[1]...)
}

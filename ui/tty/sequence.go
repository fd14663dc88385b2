package tty

import "unicode/utf8"

func (in *parser) beginESC() {
	in.reset()
	in.state, in.seq, in.escAt = afterESC, []byte{esc}, in.now
}

// emitESC emits an ESC, or two of them, as keys.
func (in *parser) emitESC() {
	for range 1 + btoi(in.alt) {
		in.decode([]byte{esc})
	}
}

// continueESC takes the byte after an ESC.
func (in *parser) continueESC(c byte) {
	switch {
	case c == '[':
		in.state = inCSI
	case c == 'O':
		in.state = inSS3
	case c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X':
		in.state = inString
	case c == esc && in.alt:
		in.decode([]byte{esc})
		return
	case c == esc:
		in.alt = true
		return
	case in.alt: // the first ESC was the key esc
		in.alt = false
		in.decode([]byte{esc})
		in.continueESC(c)
		return
	case c < ' ' && c != '\r' && c != '\t' && c != '\b', in.now.Sub(in.escAt) >= escWait: // ctrl+c right after esc is ctrl+c
		in.emitESC()
		in.reset()
		in.take(c)
		return
	case c >= utf8.RuneSelf:
		in.beginChar(c)
		return
	default:
		in.reset()
		in.decode([]byte{esc, c})
		return
	}
	in.keep(c)
}

// keep adds a byte to the sequence.
func (in *parser) keep(c byte) {
	if len(in.seq) >= maxSequence {
		in.tooLong = true
		return
	}
	in.seq = append(in.seq, c)
}

// continueSequence takes a byte of a sequence that has no text in it.
func (in *parser) continueSequence(c byte) {
	switch {
	case c < ' ', c >= del && in.state != inMouse:
		in.abort(c)
	case in.state == inMouse:
		in.keep(c)
		if len(in.seq) == len("\x1b[Mxyz") {
			in.finish()
		}
	case in.state == inFunction:
		in.keep(c)
		in.finish()
	case in.state == inCSI && len(in.seq) == 2 && c == '[':
		in.keep(c)
		in.state = inFunction
	case in.state == inCSI && len(in.seq) == 2 && c == 'M':
		in.keep(c)
		in.state = inMouse
	default:
		in.keep(c)
		if c >= '@' || in.isShiftedURXVT() {
			in.finish()
		}
	}
}

// isShiftedURXVT reports whether the sequence is a key with shift in rxvt-unicode, such as ESC [ 7 $. No other sequence ends with that
// byte.
func (in *parser) isShiftedURXVT() bool {
	n := len(in.seq)
	if n < 4 || n > 5 || in.seq[n-1] != '$' {
		return false
	}
	for _, c := range in.seq[2 : n-1] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// continueString takes a byte of a string. Only control characters that no answer contains end it, so that typed keys are not held back for
// long.
func (in *parser) continueString(c byte) {
	switch {
	case in.state == inStringESC && c == '\\':
		in.keep(c)
		in.finish()
	case in.state == inStringESC: // the ESC began something else
		in.beginESC()
		in.take(c)
	case c == esc:
		in.keep(c)
		in.state = inStringESC
	case c == bel:
		in.keep(c)
		in.finish()
	case c == ctrlC || c == cancel || c == subst:
		in.abort(c)
	default:
		in.keep(c)
	}
}

// abort drops the sequence because of a byte that cannot be in it. The byte is a key, but a line end or a tab is dropped: an enter might
// buy.
func (in *parser) abort(c byte) {
	in.reset()
	if c != '\r' && c != '\n' && c != '\t' {
		in.take(c)
	}
}

// finish handles a complete sequence.
func (in *parser) finish() {
	seq, tooLong, alt, late := in.seq, in.tooLong, in.alt, in.late
	in.reset()
	switch {
	case tooLong:
	case string(seq) == "\x1b[200~":
		if alt {
			in.decode([]byte{esc})
		}
		in.state, in.paste, in.tail = inPaste, nil, [len(pasteEnd)]byte{}
	case string(seq) == pasteEnd: // the paste had ended already, so the clipboard contained an end marker
		in.disarmLastEnter()
	default:
		in.decodeSequence(seq, alt, late)
	}
}

// continuePaste takes a byte of a paste.
func (in *parser) continuePaste(c byte) {
	copy(in.tail[:], in.tail[1:])
	in.tail[len(in.tail)-1] = c
	if len(in.paste) < maxPaste+len(pasteEnd) {
		in.paste = append(in.paste, c)
	}
	if c == '~' && string(in.tail[:]) == pasteEnd {
		in.paste = in.paste[:min(max(0, len(in.paste)-len(pasteEnd)), maxPaste)]
		in.endPaste()
	}
}

// emitAsKeys emits as keys what came after an ESC and turned out not to be a sequence: ASCII characters that were typed.
func (in *parser) emitAsKeys() {
	now, typed := in.now, in.seq[1:]
	in.reset()
	in.now = in.last
	for _, c := range typed {
		in.decode([]byte{c})
	}
	in.now = now
}

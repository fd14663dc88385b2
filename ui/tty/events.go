package tty

import (
	"bytes"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// endPaste emits the text of a paste.
func (in *parser) endPaste() {
	content := string(in.paste[:min(len(in.paste), maxPaste)])
	in.paste, in.pasted, in.burst = nil, in.now, burst{} // package guard holds back an enter after a paste
	in.reset()
	in.out = append(in.out, uv.PasteEvent{Content: strings.ToValidUTF8(content, "")})
}

// cutEndMarker removes the beginning of an end marker from the end of a paste.
func (in *parser) cutEndMarker() {
	for n := len(pasteEnd) - 1; n > 0; n-- {
		in.paste = bytes.TrimSuffix(in.paste, []byte(pasteEnd[:n]))
	}
}

// decode decodes one key or sequence and emits it.
func (in *parser) decode(b []byte) { in.decodeSequence(b, false, false) }

// decodeSequence decodes a sequence and emits it. alt means that an ESC came before it. late means that its ESC was emitted as a key, so
// the rest may be an answer but not another key.
func (in *parser) decodeSequence(seq []byte, alt, late bool) {
	event := in.event(seq)
	if several, ok := event.(uv.MultiEvent); ok {
		for _, one := range several {
			in.emit(one, alt, late)
		}
		return
	}
	in.emit(event, alt, late)
}

// event decodes a sequence. It returns nil for an unknown one.
func (in *parser) event(seq []byte) uv.Event {
	if len(seq) == len("\x1b[[A") && string(seq[:3]) == "\x1b[[" && seq[3] >= 'A' && seq[3] <= 'E' {
		return uv.KeyPressEvent{Code: uv.KeyF1 + rune(seq[3]-'A')} // Linux console
	}
	n, event := in.decoder.Decode(seq)
	if n != len(seq) {
		return nil
	}
	return event
}

// emit emits an event, unless it is unknown.
func (in *parser) emit(event uv.Event, alt, late bool) {
	key, isKey := event.(uv.KeyPressEvent)
	if alt && !isKey {
		in.decode([]byte{esc}) // that was the key
	}
	switch event.(type) {
	case nil, uv.UnknownEvent, uv.UnknownCsiEvent, uv.UnknownSs3Event, uv.UnknownOscEvent, uv.UnknownDcsEvent, uv.UnknownSosEvent,
		uv.UnknownPmEvent, uv.UnknownApcEvent:
		return
	case uv.KeyPressEvent:
		if late {
			return
		}
		if alt {
			key.Mod |= uv.ModAlt
			key.Text = ""
		}
		event = in.burst.disarm(key, in.now)
	case uv.KeyReleaseEvent, uv.MouseEvent:
		if late {
			return
		}
	case uv.FocusEvent, uv.BlurEvent:
	default:
		in.onAnswer(event)
	}
	in.out = append(in.out, event)
}

// onAnswer records an answer of the terminal.
func (in *parser) onAnswer(event uv.Event) {
	in.hasAnswered = true
	switch e := event.(type) {
	case uv.PrimaryDeviceAttributesEvent:
		in.attributes++
		in.owedUntil = in.now
	case uv.KeyboardEnhancementsEvent:
		in.escIsCoded = e.SupportsKeyDisambiguation()
	}
}

// endRun emits the text that arrived together: as keys, or as a Burst.
func (in *parser) endRun() {
	run, cr := in.run, in.cr
	in.run = nil
	if len(run) == 0 {
		return
	}
	in.cr = run[len(run)-1] == '\r'
	if cr && run[0] == '\n' && in.burst.has(in.now) {
		run = run[1:] // part of the same line end
	}
	var printed int
	for _, r := range run {
		printed += btoi(r >= ' ')
	}
	if printed == 0 {
		for _, r := range run {
			in.decode([]byte{byte(r)})
		}
		return
	}
	in.burst.add(printed, in.now)
	text := lineEnds.Replace(string(run))
	if isBurst(text) {
		in.out = append(in.out, Burst(text))
		return
	}
	for _, r := range text {
		in.decode(utf8.AppendRune(nil, r))
	}
}

// lineEnds replaces each end of a line by one line feed.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// isBurst reports whether a text that arrived at once is more than keys that a slow connection delivered together: it has at least three
// characters, and is not one key that is held.
func isBurst(text string) bool {
	_, first := utf8.DecodeRuneInString(text)
	return utf8.RuneCountInString(text) >= burstLength && strings.Trim(text, text[:first]) != ""
}

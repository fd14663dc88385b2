package tty

import (
	"bytes"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// endPaste hands on the text of a paste.
func (in *Input) endPaste() {
	content := string(in.paste[:min(len(in.paste), maxPaste)])
	in.paste, in.pasted, in.burst = nil, in.now, burst{} // package guard holds back an enter after a paste
	in.reset()
	in.ended = true
	in.out = append(in.out, uv.PasteEvent{Content: strings.ToValidUTF8(content, "")})
}

// cutEndMarker removes the beginning of an end marker from the end of a paste.
func (in *Input) cutEndMarker() {
	for n := len(pasteEnd) - 1; n > 0; n-- {
		in.paste = bytes.TrimSuffix(in.paste, []byte(pasteEnd[:n]))
	}
}

// decode decodes one key or sequence, and hands it on.
func (in *Input) decode(b []byte) { in.decodeSequence(b, false, false) }

// decodeSequence decodes a sequence. alt: an ESC came before it. late: its ESC was handed on as a key, so it may still be an answer, but
// not another key.
func (in *Input) decodeSequence(seq []byte, alt, late bool) {
	event := in.event(seq)
	if several, ok := event.(uv.MultiEvent); ok {
		for _, one := range several {
			in.emit(one, alt, late)
		}
		return
	}
	in.emit(event, alt, late)
}

// event decodes a sequence; nil if it is none that is known.
func (in *Input) event(seq []byte) uv.Event {
	if len(seq) == len("\x1b[[A") && string(seq[:3]) == "\x1b[[" && seq[3] >= 'A' && seq[3] <= 'E' {
		return uv.KeyPressEvent{Code: uv.KeyF1 + rune(seq[3]-'A')} // Linux console
	}
	n, event := in.decoder.Decode(seq)
	if n != len(seq) {
		return nil
	}
	return event
}

// emit hands on an event, unless it is unknown.
func (in *Input) emit(event uv.Event, alt, late bool) {
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

// onAnswer takes note of an answer of the terminal.
func (in *Input) onAnswer(event uv.Event) {
	in.heard = true
	switch e := event.(type) {
	case uv.PrimaryDeviceAttributesEvent:
		in.attributes++
		in.owedUntil = in.now
	case uv.KeyboardEnhancementsEvent:
		in.escIsCoded = e.SupportsKeyDisambiguation()
	}
}

// endRun hands on the text that arrived together: as keys, or as a Burst.
func (in *Input) endRun() {
	run, cr := in.run, in.cr
	in.run = nil
	if len(run) == 0 {
		return
	}
	in.cr = run[len(run)-1] == '\r'
	if cr && run[0] == '\n' && in.burst.has(in.now) {
		run = run[1:] // of the same line end
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

// lineEnds makes each end of a line one line feed.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// isBurst reports whether a text that arrived at once is more than keys that a slow line brought together: at least three characters,
// and not a key that is held.
func isBurst(text string) bool {
	_, first := utf8.DecodeRuneInString(text)
	return utf8.RuneCountInString(text) >= burstLength && strings.Trim(text, text[:first]) != ""
}

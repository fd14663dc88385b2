package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/config"
	"tintype/ui/dialog"
	"tintype/ui/format"
)

// KeyDesk is what the program does with a key that was entered. A key is only ever an argument of these functions: it is in no message,
// so that no trace of messages has it. The errors are sentences without it.
type KeyDesk struct {
	Try  func(ctx context.Context, provider, key string) error            // asks the provider, free of charge; an *api.Error
	Keep func(provider, key string) error                                 // writes its key file
	Open func(ctx context.Context, provider, key string) (Session, error) // opens a session; without a key with the one that is found
}

// KeyPlace is where the key of a provider is looked for.
type KeyPlace struct {
	Provider api.Provider
	From     string // the variable or the file where it was found; "" if there is none
	Variable string // a variable that is set, and counts before the file; "" for none
	File     string // where a key that is entered is kept
}

// keyEntry is a key that is being entered.
type keyEntry struct {
	place  KeyPlace
	secret *dialog.Secret
	key    func() string // what is being tried; behind a function, so that no message that is printed has it
	stop   context.CancelFunc
}

// enterKey opens the panel of keys, whether there is a key or not.
func enterKey(m *Model) tea.Cmd {
	if len(m.session.Keys) == 0 {
		m.notify(whyNoKeyEntry(m))
		return nil
	}
	place := m.session.Keys[0]
	d := dialog.Decision{
		Title: "Key for " + place.Provider.Title,
		Text: []string{
			"Paste your key. It stays hidden, is tried free of charge, and is kept for you alone in " + place.File + ".",
			"Keys are made at",
		},
		Code:    place.Provider.KeyURL,
		OnPaste: func(pasted string) tea.Cmd { return openKeyEntry(m, place, pasted) },
		Answers: []dialog.Answer{{Key: "k", Word: "type a key", Do: func() tea.Cmd { return openKeyEntry(m, place, "") }}},
	}
	switch {
	case m.session.ReadOnly.Long != "":
		d.Text = append([]string{format.Clean(m.session.ReadOnly.Long)}, d.Text...)
	case m.session.Runner == nil:
		d.Title = "No key for " + place.Provider.Title
	}
	if len(m.session.Keys) > 1 {
		other := m.session.Keys[1]
		d.Answers = append(d.Answers, dialog.Answer{Key: "p", Word: "use " + other.Provider.Title + foundText(other), Do: func() tea.Cmd { return useProvider(m, other) }})
	}
	if m.options.OpenDemo != nil && m.session.Runner == nil {
		d.Answers = append(d.Answers, dialog.Answer{Key: "d", Word: "start the demo (free)", Do: m.startDemo})
	}
	d.Answers = append(d.Answers, dialog.Answer{Key: "esc", Word: "look around"})
	m.openDecision(d)
	return nil
}

// whyNoKeyEntry says why no key can be entered.
func whyNoKeyEntry(m *Model) string {
	switch {
	case m.session.Provider.Free:
		return "The demo needs no key."
	case m.session.Runner == nil:
		return m.session.readOnlySentence(m.options.OpenDemo != nil)
	}
	return "A key cannot be entered here."
}

// foundText says where a provider's key was found; "" without one.
func foundText(place KeyPlace) string {
	if place.From == "" {
		return ""
	}
	return " (key in " + place.From + ")"
}

// useProvider uses another provider: with its key, or it asks for one.
func useProvider(m *Model, place KeyPlace) tea.Cmd {
	if place.From == "" {
		return openKeyEntry(m, place, "")
	}
	return useKey(m, place, "", "")
}

// openKeyEntry opens the line for a provider's key, with what was pasted.
func openKeyEntry(m *Model, place KeyPlace, pasted string) tea.Cmd {
	e := &keyEntry{place: place}
	e.secret = &dialog.Secret{Check: checkKey, Enter: func(typed string) tea.Cmd { return e.try(m, typed) }}
	d := dialog.Decision{
		Title: "Key for " + place.Provider.Title, Text: []string{"Paste or type it. Keys are made at"}, Code: place.Provider.KeyURL, Secret: e.secret,
		Answers: []dialog.Answer{
			{Key: "enter", Word: "try it, free of charge, and keep it"},
			{Key: "esc", Word: "forget it", Do: func() tea.Cmd { e.cancel(); return nil }},
		},
	}
	if place.Variable != "" {
		d.After = []string{place.Variable + " is set too. It counts before the file, so unset it, or change it there."}
	}
	m.openDecision(d)
	if pasted != "" {
		m.dialogs.Paste(pasted)
	}
	return nil
}

// checkKey returns a sentence that says why a text cannot be a key; nil if it can.
func checkKey(typed string) error {
	if err := config.CheckKey(typed); err != nil {
		return errors.New(format.Sentence(err.Error()))
	}
	return nil
}

// cancel stops the request, if one was sent.
func (e *keyEntry) cancel() {
	if e.stop != nil {
		e.stop()
	}
}

// try asks the provider whether it takes the key.
func (e *keyEntry) try(m *Model, typed string) tea.Cmd {
	if err := checkKey(typed); err != nil {
		e.secret.Refuse(err.Error(), false)
		return nil
	}
	e.secret.Wait("Asking " + e.place.Provider.Title + " …")
	e.key = func() string { return typed }
	var ctx context.Context
	ctx, e.stop = context.WithCancel(m.ctx)
	return ask(func() keyTriedMsg { return keyTriedMsg{e, m.options.KeyDesk.Try(ctx, e.place.Provider.Name, typed)} })
}

// onTried keeps and uses a key that the provider takes. One that it refuses is forgotten. If the provider could not be asked, the user
// decides.
func (e *keyEntry) onTried(m *Model, err error) tea.Cmd {
	if e.cancel(); !m.dialogs.IsOpen(e.secret) {
		return nil // esc closed it
	}
	title := e.place.Provider.Title
	switch {
	case err == nil:
		m.dialogs.CloseDecision()
		return keepKey(m, e.place, e.key())
	case api.AsError(err).Code == api.CodeUnauthorized:
		e.key = nil
		e.secret.Refuse(title+" refused this key. It is not kept.", true)
		return nil
	}
	m.openDecision(dialog.Decision{
		Title: "This key could not be tried",
		Text:  []string{format.Sentence(format.Clean(err.Error())), "It can be kept untested."},
		Answers: []dialog.Answer{
			{Key: "y", Word: "keep it untested", Do: func() tea.Cmd { return keepKey(m, e.place, e.key()) }},
			{Key: "r", Word: "try again", Do: func() tea.Cmd { openKeyEntry(m, e.place, e.key()); return nil }},
			{Key: "esc", Word: "forget it"},
		},
	})
	return nil
}

// keepKey keeps a key and uses it.
func keepKey(m *Model, place KeyPlace, key string) tea.Cmd {
	problem := ""
	return useKeyAfter(m, place, key, func() string {
		err := m.options.KeyDesk.Keep(place.Provider.Name, key)
		switch {
		case err != nil:
			problem = "This key is used until you quit, but it is not kept: " + err.Error()
		case place.Variable != "":
			problem = fmt.Sprintf("The key is kept in %s. At the next start %s counts before it: unset that.", place.File, place.Variable)
		default:
			problem = "The key is kept in " + place.File + "."
		}
		return problem
	})
}

// useKey opens a session of a provider, with a key or with the one that is found.
func useKey(m *Model, place KeyPlace, key, note string) tea.Cmd {
	return useKeyAfter(m, place, key, func() string { return note })
}

// useKeyAfter opens a session once first has returned a note to show. The draft and the settings stay.
func useKeyAfter(m *Model, place KeyPlace, key string, first func() string) tea.Cmd {
	started := m.options.Provider.Name
	return switchSession(m, func(ctx context.Context) (Session, error) {
		note := first()
		s, err := m.options.KeyDesk.Open(ctx, place.Provider.Name, key)
		if name := place.Provider.Name; name != started {
			note += " At the next start: tintype --provider " + name
		}
		if note != "" {
			s.Problem = format.Sentence(note)
		}
		return s, err
	}, m.currentForm())
}

// leastKey is the length from which on a text that begins like a key is taken for one.
const leastKey = 20

// isKey reports whether a pasted text is probably a key of a provider. It must not become a prompt or a filter, which are kept.
func isKey(pasted string) bool { return keyProvider(pasted) != "" }

// keyProvider returns the name of the provider whose key a text probably is; "" if it is none.
func keyProvider(pasted string) string {
	pasted = strings.TrimSpace(pasted)
	for _, row := range api.Providers() {
		if row.KeyPrefix != "" && strings.HasPrefix(pasted, row.KeyPrefix) && len(pasted) >= leastKey && config.CheckKey(pasted) == nil {
			return row.Name
		}
	}
	return ""
}

// onPastedKey opens the line for a key that was pasted elsewhere, with it.
func onPastedKey(m *Model, pasted string) tea.Cmd {
	m.notify("That looks like a key, so it was not put in here.")
	for _, place := range m.session.Keys {
		if place.Provider.Name == keyProvider(pasted) {
			return openKeyEntry(m, place, pasted)
		}
	}
	return nil
}

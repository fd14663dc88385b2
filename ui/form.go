package ui

// savedSettings is what the form keeps of the settings.
type savedSettings struct {
	Model string         `json:"model"`
	Set   map[string]any `json:"set,omitempty"`
	Row   string         `json:"row,omitempty"`
}

// form is the form as it was left: form.json in the data folder.
type form struct {
	Version  int           `json:"v"`
	Draft    string        `json:"draft"`
	Cursor   int           `json:"cursor"` // bytes into Draft
	Settings savedSettings `json:"settings"`
	Selected string        `json:"selected,omitempty"` // the selected entry's key
	View     int           `json:"view,omitempty"`     // 1–4, 0 as 1
	Filter   string        `json:"filter,omitempty"`
	Unseen   []string      `json:"unseen,omitempty"` // keys that ended elsewhere and were not looked at
}

// loadForm reads dir/form.json. found is false when there is none; err is one sentence when it was there and is of no use.
func loadForm(dir string) (f form, found bool, err error) { return form{}, false, nil }

// storeForm writes dir/form.json by rename.
func storeForm(dir string, f form) error { return nil }

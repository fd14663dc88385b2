package cli

import (
	"os"
	"reflect"
	"regexp"
	"testing"

	"tintype/config"
)

// TestSettingsReachTheScreen: each text of the appearance is the setting of its name.
func TestSettingsReachTheScreen(t *testing.T) {
	var settings config.Settings
	given := reflect.ValueOf(&settings).Elem()
	for i := range given.NumField() {
		if given.Field(i).Kind() == reflect.String {
			given.Field(i).SetString("a " + given.Type().Field(i).Name)
		}
	}
	look := reflect.ValueOf(appearance(settings))
	for i := range look.NumField() {
		name := look.Type().Field(i).Name
		if look.Field(i).Kind() == reflect.String && look.Field(i).String() != "a "+name {
			t.Errorf("%s is %q", name, look.Field(i).String())
		}
	}
}

// TestREADMEShowsTheSettings: the README's example of a settings file has every setting that is chosen from a list, with its default.
func TestREADMEShowsTheSettings(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, setting := range config.All() {
		if len(choicesOf(setting)) == 0 {
			continue
		}
		line := regexp.MustCompile(`(?m)^` + setting.Name + ` += "` + setting.Default + `[^"]*"`)
		if !line.Match(readme) {
			t.Errorf("%s is not in the README's settings file, or with another default", setting.Name)
		}
	}
}

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func loadText(t *testing.T, text string) (Settings, string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, _, err := Load(func(string) string { return "" }, Values{"config": file}, Allowed{Providers: []string{"demo"}})
	return s, file, err
}

func TestBudgetOfTheFile(t *testing.T) {
	s, _, err := loadText(t, "[budget]\nday = 2\nmonth = 20.5\nask_above = 0.25\nunknown = \"refuse\"\n[prices]\n\"a/b\" = 0.02\n")
	if err != nil || s.Budget != (Budget{2, 20.5, 0.25, "refuse"}) || s.Prices["a/b"] != 0.02 {
		t.Fatalf("%+v, %v, %v", s.Budget, s.Prices, err)
	}
}

func TestBadBudgetIsRefused(t *testing.T) {
	for _, line := range []string{"day = -1", "day = nan", "day = inf", `day = "$2"`, "day = $2", "day = 2,00", "dya = 2", "day = true", `unknown = "maybe"`} {
		_, _, err := loadText(t, "# a remark\n[budget]\n"+line+"\n")
		if err == nil || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%s: %v", line, err)
		}
	}
	if _, _, err := loadText(t, "[prices]\n\"a/b\" = -0.1\n"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a negative price: %v", err)
	}
}

func TestSetBudgetKeepsTheFile(t *testing.T) {
	before := "# mine\nmodel = \"x\" # a remark\n\n[keys]\nstar = \"*\"\n\n[budget]\n# less is more\nday = 1.5 # a day\n"
	s, file, _ := loadText(t, before)
	if s.Budget.Day != 1.5 {
		t.Fatal(s.Budget)
	}
	for _, change := range [][2]string{{"day", "2.50"}, {"month", "20"}} {
		if err := SetBudget(file, change[0], change[1]); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := os.ReadFile(file)
	want := "# mine\nmodel = \"x\" # a remark\n\n[keys]\nstar = \"*\"\n\n[budget]\nmonth = 20\n# less is more\nday = 2.5 # a day\n"
	if string(got) != want {
		t.Errorf("the file is\n%s", got)
	}
	for _, bad := range [][2]string{{"day", "$2"}, {"day", "2,00"}, {"day", "-1"}, {"day", "NaN"}, {"dya", "1"}, {"unknown", "x"}} {
		if SetBudget(file, bad[0], bad[1]) == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	if after, _ := os.ReadFile(file); string(after) != want {
		t.Error("a refused value changed the file")
	}
	fresh := filepath.Join(t.TempDir(), "new", "config.toml")
	if err := SetBudget(fresh, "day", "2"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(fresh); string(got) != "[budget]\nday = 2\n" {
		t.Errorf("a new file is %q", got)
	}
}

package config

import (
	"errors"
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
	for _, broken := range []string{"x = = 1\n", "budget = {day = 1}\n", "budget.day = 1\n"} {
		if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		err := SetBudget(file, "day", "2")
		if after, _ := os.ReadFile(file); err == nil || string(after) != broken {
			t.Errorf("%s: %v, and the file is\n%s", broken, err, after)
		}
	}
	if err := os.WriteFile(file, []byte("[budget]\nday = $1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := SetBudget(file, "day", "2"); err != nil {
		t.Errorf("a line that is wrong is not replaced: %v", err)
	}
	fresh := filepath.Join(t.TempDir(), "new", "config.toml")
	if err := SetBudget(fresh, "day", "2"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(fresh); string(got) != "[budget]\nday = 2\n" {
		t.Errorf("a new file is %q", got)
	}
}

// TestPricesByAnyName: a short name is that of its model, and a price that would not count is told with its line.
func TestPricesByAnyName(t *testing.T) {
	load := func(text string) (Settings, error) {
		file := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, _, err := Load(func(string) string { return "" }, Values{"config": file}, Allowed{
			Providers: []string{"demo"},
			ModelID: func(name string) (string, error) {
				if name == "dve" {
					return "", errors.New("no model is called dve")
				}
				return "a/" + strings.TrimPrefix(name, "a/"), nil
			},
		})
		return s, err
	}
	s, err := load("[prices]\ndev = 0.02\n\"a/pro\" = 1\n")
	if err != nil || len(s.Prices) != 2 || s.Prices["a/dev"] != 0.02 || s.Prices["a/pro"] != 1 {
		t.Errorf("%v, %v", s.Prices, err)
	}
	for text, want := range map[string]string{
		"[prices]\n\"a/dev:1f\" = 1\n":       "at line 2, a/dev:1f of [prices]: a price is that of a model in all its versions; write a/dev",
		"[prices]\ndve = 1\n":                "at line 2, dve of [prices]: no model is called dve",
		"[prices]\n\"a/dev\" = 1\ndev = 2\n": "at line 3, dev of [prices]: a/dev has two prices; take one of them away",
		"[prices]\ndev = -1\n":               "at line 2, dev of [prices]: it must be a number of dollars from 0 to 1,000,000,000, such as 2.00",
	} {
		if _, err := load(text); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

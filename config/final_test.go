package config

import (
	"strings"
	"testing"
)

// TestFinalOfTheFile: [final] names a model, and a mistake in it is told with its line.
func TestFinalOfTheFile(t *testing.T) {
	s, _, err := loadText(t, "[final]\nmodel = \"flux-2-pro\"\n")
	if err != nil || s.FinalModel != "flux-2-pro" {
		t.Errorf("%q, %v", s.FinalModel, err)
	}
	for _, line := range []string{"model = 3", "modle = \"x\""} {
		if _, _, err := loadText(t, "# a remark\n[final]\n"+line+"\n"); err == nil || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%s: %v", line, err)
		}
	}
	if _, _, err := loadText(t, "final = \"x\"\n"); err == nil || !strings.Contains(err.Error(), "[final]") {
		t.Errorf("not a table: %v", err)
	}
}

package cli

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	t.Parallel()
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "89f3ae1c0ffee0123456789"}
	dirty := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for _, c := range []struct {
		module   string
		settings []debug.BuildSetting
		want     string
	}{
		{"", nil, "(devel)"},
		{"(devel)", nil, "(devel)"},
		{"(devel)", []debug.BuildSetting{commit}, "(devel) 89f3ae1"},
		{"(devel)", []debug.BuildSetting{commit, dirty}, "(devel) 89f3ae1+dirty"},
		{"(devel)", []debug.BuildSetting{{Key: "vcs.modified", Value: "false"}, commit}, "(devel) 89f3ae1"},
		{"v0.0.0-20261128221500-89f3ae1c0ffe", []debug.BuildSetting{commit}, "(devel) 89f3ae1"},
		{"v0.0.0-20261128221500-89f3ae1c0ffe+dirty", []debug.BuildSetting{commit, dirty}, "(devel) 89f3ae1+dirty"},
		{"v1.2.4-0.20261128221500-89f3ae1c0ffe", []debug.BuildSetting{commit}, "(devel) 89f3ae1"},
		{"v1.2.3", nil, "v1.2.3"},
		{"v1.2.3", []debug.BuildSetting{commit}, "v1.2.3 89f3ae1"},
		{"v1.2.3-rc.1", []debug.BuildSetting{commit}, "v1.2.3-rc.1 89f3ae1"},
	} {
		info := &debug.BuildInfo{Settings: c.settings}
		info.Main.Version = c.module
		if got := versionOf(info); got != c.want {
			t.Errorf("%s with %v: %q, want %q", c.module, c.settings, got, c.want)
		}
	}
}

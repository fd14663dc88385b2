package cli

import (
	"cmp"
	"context"
	"regexp"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the tag that the program was built from, or else "(devel)", and the commit where it is known: "v1.2.0 89f3ae1",
// "(devel) 89f3ae1+dirty".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	return versionOf(info)
}

// versionOf is version for the given build.
func versionOf(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	v := cmp.Or(info.Main.Version, "(devel)")
	if pseudoVersion.MatchString(v) {
		v = "(devel)"
	}
	const shortCommit = 7
	commit := settings["vcs.revision"]
	if commit == "" {
		return v
	}
	v += " " + commit[:min(len(commit), shortCommit)]
	if settings["vcs.modified"] == "true" {
		v += "+dirty"
	}
	return v
}

// pseudoVersion matches the version that Go gives to a commit without a tag (go.dev/ref/mod#pseudo-versions).
var pseudoVersion = regexp.MustCompile(`[.-]\d{14}-[0-9a-f]{12}(\+dirty)?$`)

// printVersion prints the program's name, its version and Go's.
func (p *program) printVersion() { p.printLine(p.out, "tintype "+version()+", "+runtime.Version()) }

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version: tag or commit, and Go",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usageError("version takes no words")
			}
			p.printVersion()
			return exitOK, nil
		}),
	}
}

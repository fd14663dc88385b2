package cli

import (
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lineage"
)

func (p *program) doctorCommand() *cobra.Command {
	var verify, reach, mend bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check history, settings, key and terminal",
		Long: "Checks the history and its folders, the settings and where each came from, where the key was found, and what the " +
			"terminal can do. It says what to do about each problem, and changes nothing. It exits with 0 if nothing is wrong, else with 1.\n\n" +
			"The provider is asked only with --reach, which buys nothing. --mend first repairs a history that other programs have " +
			"changed, joins the copies that they left in its folder, and keeps all old files under other names.",
		Example: "tintype doctor\ntintype doctor --verify --json\ntintype doctor --reach --provider replicate\ntintype doctor --mend",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usageError("doctor takes no words, only --verify, --reach, --mend and --json")
			}
			return p.doctor(ctx, verify, reach, mend)
		}),
	}
	c.Flags().BoolVar(&verify, "verify", false, "read every picture and compare its sha256")
	c.Flags().BoolVar(&reach, "reach", false, "ask the provider whether it can be reached and accepts the key")
	c.Flags().BoolVar(&mend, "mend", false, "repair the history, join its copies, keep the old files")
	return c
}

// diagnosis is the result of doctor, as --json prints it.
type diagnosis struct {
	OK       bool            `json:"ok"` // no finding, or only harmless ones
	Mended   *history.Mended `json:"mended,omitempty"`
	Findings []findingJSON   `json:"findings"`
	History  history.Report  `json:"history"`
	Folders  []folderJSON    `json:"folders"`
	Settings []settingJSON   `json:"settings"`
	Key      keyJSON         `json:"key"`
	Provider providerJSON    `json:"provider"`
	Terminal terminalJSON    `json:"terminal"`
}

// findingJSON is one finding.
type findingJSON struct {
	history.Finding
	Harmless bool `json:"harmless,omitempty"` // nothing needs to be done
}

// harmlessKinds are the kinds of findings that need no fix.
var harmlessKinds = []history.FindingKind{history.Newer, history.OrphanPicture, history.StaleLock, history.OnNetworkStorage, history.BadDuel, history.NewerDuel, findingCycle}

// addFinding adds a finding.
func (d *diagnosis) addFinding(f history.Finding) {
	f.Sentence = format.Sentence(f.Sentence)
	d.Findings = append(d.Findings, findingJSON{f, slices.Contains(harmlessKinds, f.Kind)})
}

// The kinds of findings beside those of history.Check.
const (
	findingSetting history.FindingKind = "setting"
	findingKey     history.FindingKind = "key"
	findingPreset  history.FindingKind = "preset"
	findingReach   history.FindingKind = "reach"
	findingCycle   history.FindingKind = "cycle"
)

func (p *program) doctor(ctx context.Context, verify, reach, mend bool) (int, error) {
	settings, provider, warnings, err := p.loadWithWarnings()
	broken := settingsFileError(err)
	if err != nil && broken == nil {
		return 0, err
	}
	ctx, stop := withInterrupt(ctx)
	defer stop()
	d := &diagnosis{Findings: []findingJSON{}, Terminal: p.probeTerminal(ctx, settings).toJSON()}
	p.reportSettings(d, broken, warnings)
	s := &session{settings: settings, provider: provider}
	if noFolder := requireDataDir(settings); noFolder != nil {
		d.addFinding(history.Finding{Kind: findingSetting, Sentence: noFolder.Error()})
	} else if s, err = p.openWith(settings, provider); err != nil {
		return 0, err
	}
	defer s.close()
	if mend && s.history != nil {
		mended, err := s.history.Mend(ctx)
		if err != nil {
			return afterInterrupt(ctx, err)
		}
		d.Mended = &mended
	}
	err = p.checkHistory(ctx, s, d, verify)
	if err == nil {
		d.checkFolders(settings)
		d.listSettings(settings)
		d.checkPresets(settings)
		p.checkKey(s, d)
		p.checkProvider(ctx, s, d, reach && broken == nil)
	}
	if err := cmp.Or(err, ctx.Err()); err != nil {
		return afterInterrupt(ctx, err)
	}
	d.OK = !slices.ContainsFunc(d.Findings, func(f findingJSON) bool { return !f.Harmless })
	return p.printDiagnosis(d, verify)
}

// checkHistory examines the history, if there is one.
func (p *program) checkHistory(ctx context.Context, s *session, d *diagnosis, verify bool) (err error) {
	if s.history == nil {
		return nil
	}
	d.History, err = s.history.Check(ctx, verify, func(f history.Finding) {
		if f.Kind == history.Unfinished {
			f.Fix = p.followHint(f.Provider, f.BaseURL)
		}
		d.addFinding(f)
	})
	if err == nil {
		d.checkCycles(ctx, s.history)
	}
	return err
}

// checkCycles reports predictions that came from each other in a circle. What cannot be read was reported by the check of the history.
func (d *diagnosis) checkCycles(ctx context.Context, h *history.History) {
	links, err := h.Links(ctx)
	if err != nil {
		return
	}
	short, _ := h.ShortKeys() // the zero value keeps the keys
	for _, c := range lineage.New(links).Cycles() {
		d.addFinding(history.Finding{Kind: findingCycle, Key: c.Keys[0], Sentence: c.Sentence(short.Of), Fix: "Nothing is lost: tintype tree shows all of it but these links."})
	}
}

// afterInterrupt returns the end of a command that failed with err, perhaps because of an interrupt.
func afterInterrupt(ctx context.Context, err error) (int, error) {
	if ctx.Err() != nil {
		return exitInterrupted, nil //nolint:nilerr // the error is the interrupt's
	}
	return 0, err
}

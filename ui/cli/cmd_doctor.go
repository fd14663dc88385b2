package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api"
	"tintype/config"
	"tintype/history"
)

func (p *program) doctorCommand() *cobra.Command {
	var verify, reach bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look over history, settings, key and terminal",
		Long: "Looks over the history, its folders, the settings with where each came from, where the key was found, and what the " +
			"terminal can do; says for each thing that is not as it should be what to do about it; and changes nothing. It exits " +
			"with 0 when nothing is wrong, else with 1. The provider is asked only with --reach, which buys nothing.",
		Example: "tintype doctor\ntintype doctor --verify --json\ntintype doctor --reach --provider replicate",
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, wrong("doctor takes no words, only --verify, --reach and --json")
			}
			return p.doctor(ctx, verify, reach)
		}),
	}
	c.Flags().BoolVar(&verify, "verify", false, "read every picture, and compare its sha256")
	c.Flags().BoolVar(&reach, "reach", false, "ask the provider whether it can be reached, and takes the key")
	return c
}

// diagnosis is what doctor found out, as --json prints it.
type diagnosis struct {
	OK       bool            `json:"ok"` // nothing is wrong: no finding, or harmless ones only
	Findings []findingObject `json:"findings"`
	History  history.Report  `json:"history"`
	Folders  []folderObject  `json:"folders"`
	Settings []settingObject `json:"settings"`
	Key      keyObject       `json:"key"`
	Provider reachObject     `json:"provider"`
	Terminal probeObject     `json:"terminal"`
}

// findingObject is one thing that is not as it should be.
type findingObject struct {
	history.Finding
	Harmless bool `json:"harmless,omitempty"` // it may stay as it is for ever
}

// harmless are the kinds that mean nothing bad by themselves.
var harmless = []history.FindingKind{history.Newer, history.OrphanPicture, history.StaleLock, history.OnNetworkStorage}

// find adds a finding.
func (d *diagnosis) find(f history.Finding) {
	f.Sentence = sentence(f.Sentence)
	d.Findings = append(d.Findings, findingObject{f, slices.Contains(harmless, f.Kind)})
}

// settingObject is a setting, its value and where it came from: default, file, an environment name or a flag.
type settingObject struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

// keyObject says where a key was found; never the key.
type keyObject struct {
	Needed bool     `json:"needed"` // the demo needs none
	Found  bool     `json:"found"`
	From   *string  `json:"from"`  // the environment name or the file
	Names  []string `json:"names"` // where it is looked for, strongest first
}

// The kinds of findings that are not the history's.
const (
	badSetting history.FindingKind = "setting"
	badKey     history.FindingKind = "key"
	badLine    history.FindingKind = "reach"
)

func (p *program) doctor(ctx context.Context, verify, reach bool) (int, error) {
	settings, provider, warnings, err := p.asked()
	broken := damaged(err)
	if err != nil && broken == nil {
		return 0, err
	}
	s, err := p.openWith(settings, provider)
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := interruptible(ctx)
	defer stop()
	d := &diagnosis{Findings: []findingObject{}, Terminal: p.askTerminal(settings).object()}
	p.lookAside(d, broken, warnings)
	d.History, err = s.history.Check(ctx, verify, func(f history.Finding) {
		if f.Kind == history.Unfinished {
			f.Fix = p.following(f.Provider, f.BaseURL)
		}
		d.find(f)
	})
	if err == nil {
		d.lookOverFolders(settings)
		d.lookOverSettings(settings)
		p.lookForKey(s, d)
		p.lookAtProvider(ctx, s, d, reach && broken == nil)
	}
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	if err != nil {
		return 0, err
	}
	d.OK = !slices.ContainsFunc(d.Findings, func(f findingObject) bool { return !f.Harmless })
	return p.tellDiagnosis(d, verify)
}

// lookAside tells what of the settings cannot be used, and what was left aside.
func (p *program) lookAside(d *diagnosis, broken *config.FileError, warnings []config.Warning) {
	if broken != nil {
		for _, part := range broken.Errors {
			d.find(history.Finding{Kind: badSetting, Sentence: part.Error(), Fix: "Mend it: until then nothing is bought, and no provider is asked."})
		}
	}
	for _, warning := range warnings {
		d.find(history.Finding{Kind: badSetting, Sentence: string(warning), Fix: "Take it out, or spell it as the list of settings does."})
		if p.given["provider"] != "" { // named for this run, it leaves aside what is set for another one
			d.Findings[len(d.Findings)-1].Harmless = true
		}
	}
}

// lookAtProvider says which one it is, and asks it where that is wanted.
func (p *program) lookAtProvider(ctx context.Context, s *session, d *diagnosis, ask bool) {
	d.Provider = reachObject{Name: s.provider.Name, BaseURL: s.provider.BaseURL}
	if base, err := api.CheckBaseURL(s.settings.BaseURL); err == nil {
		d.Provider.BaseURL = base
	}
	if ask {
		p.reach(ctx, s, d)
	}
}

// lookOverSettings lists every setting. An address that cannot be used is not printed: it may hold a password.
func (d *diagnosis) lookOverSettings(settings config.Settings) {
	for _, setting := range config.All() {
		value := settings.Value(setting.Name)
		if _, err := api.CheckBaseURL(value); setting.Name == "base_url" && value != "" && err != nil {
			value = "(cannot be used)"
			d.find(history.Finding{
				Kind: badSetting, Sentence: "The base URL (from " + string(settings.From("base_url")) + ") cannot be used: " + err.Error(),
				Fix: "Name what stands directly above /models and /predictions, or leave it out.",
			})
		}
		d.Settings = append(d.Settings, settingObject{setting.Name, value, string(settings.From(setting.Name))})
	}
	for _, action := range slices.Sorted(maps.Keys(settings.Keys)) {
		d.Settings = append(d.Settings, settingObject{"keys." + action, strings.Join(settings.Keys[action], " "), string(config.SourceFile)})
	}
}

// lookForKey says where the key is.
func (p *program) lookForKey(s *session, d *diagnosis) {
	d.Key = keyObject{Needed: !s.provider.Free, Names: append([]string{}, s.provider.KeyNames...)}
	if s.provider.Free {
		return
	}
	value, from, err := p.key(s)
	switch {
	case err != nil:
		d.find(history.Finding{Kind: badKey, Sentence: err.Error(), Fix: "Set " + s.provider.KeyNames[0] + " anew, or mend the file."})
	case value == "":
		d.find(history.Finding{
			Kind: badKey, Sentence: "There is no key for " + s.provider.Title + ".",
			Fix: fmt.Sprintf("Set %s, or try the demo with --demo. Keys are made at %s.", s.provider.KeyNames[0], s.provider.KeyURL),
		})
	default:
		d.Key.Found, d.Key.From = true, known(from)
	}
}

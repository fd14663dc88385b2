package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/params"
)

// rankFlags are the flags of rank.
type rankFlags struct {
	by, plan string
	csv      bool
}

// What rank may be by, beside parameters.
const (
	byPicture = "picture"
	byPrompt  = "prompt"
	byModel   = "model"
)

func rankCommand(p *program) *cobra.Command {
	var f rankFlags
	c := &cobra.Command{
		Use:   "rank [QUERY]",
		Short: "Which pictures, prompts, models or settings won their duels",
		Long: "Ranks the pictures that were compared in duels, best first: how often each wins against the average one, with the interval " +
			"that holds the truth 95 times in 100. A place has a number once its order is sure at 0.9; below the list it says which places " +
			"are not told apart yet, and about how many more duels would do it.\n\n" +
			"A query as in list chooses pictures; duels with others count all the same. --by prompt, model or a parameter ranks values instead: by " +
			"how much a picture with the value is stronger than one with the average value. Outside of a balanced plan a value only occurs in better " +
			"pictures, and need not make them so.\n\n" +
			"--json prints [{key, output, strength, low, high, duels}], with --by value in the place of key and output. A strength is the logarithm " +
			"of the odds against the average.",
		Example: "tintype rank\ntintype rank fox model:dev --json\ntintype rank --by guidance --plan 4k2x\ntintype rank --by model --csv",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			return runRank(ctx, p, strings.Join(args, " "), f)
		}),
	}
	c.Flags().StringVar(&f.by, "by", byPicture, "what is ranked: picture, prompt, model or a parameter")
	c.Flags().StringVar(&f.plan, "plan", "", "only pictures that were compared as those of a plan, by its key or its beginning")
	c.Flags().BoolVar(&f.csv, "csv", false, "print a table for spreadsheets")
	addCompletion(c, "by", append([]string{byPicture, byPrompt, byModel}, rankableParameters()...))
	return c
}

// rankableParameters returns the names of the parameters of all models, but for the prompt.
func rankableParameters() (names []string) {
	for _, m := range model.All() {
		for _, parameter := range m.Parameters {
			if parameter.Name != params.Prompt && !slices.Contains(names, parameter.Name) {
				names = append(names, parameter.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// runRank ranks what was compared, and prints it.
func runRank(ctx context.Context, p *program, words string, f rankFlags) (int, error) {
	if p.json && f.csv {
		return 0, usageError("--json and --csv cannot both be meant")
	}
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := withInterrupt(ctx)
	defer stop()
	c, wrongQuery, err := readComparison(ctx, s.history, words, f.plan, p)
	if err != nil {
		return afterInterrupt(ctx, err)
	}
	if f.by == byPicture || f.by == "" {
		err = printRanking(p, s.history, c, f)
	} else {
		c.findCells(ctx, newLab(p, s))
		err = printValues(p, c, f)
	}
	if err == nil {
		warnOfDuels(p, c)
		err = wrongQuery
	}
	return exitOK, err
}

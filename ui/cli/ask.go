package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/runner"
	"tintype/ui/runner/inputimage"
	"tintype/ui/text"
)

// askToBuy asks a person at a terminal a question that ends with what y does. Only y or yes is consent: an empty line, the end of input and
// anything else are not. asked is false where nobody can be asked. An interrupt ends the program, as nothing handles it yet.
func askToBuy(p *program, question string) (agreed, asked bool) {
	answer, asked := askAtTerminal(p, question+", anything else does not: ")
	if agreed = answer == "y" || answer == "yes"; asked && !agreed {
		p.printProgress("Nothing is bought.")
	}
	return agreed, asked
}

// askAtTerminal asks a person at a terminal, and returns the answer in small letters, "" at the end of input. asked is false where nobody can be
// asked.
func askAtTerminal(p *program, question string) (answer string, asked bool) {
	in, ok := p.in.(*os.File)
	if !ok || !isTerminal(in) || !isTerminal(p.err) {
		return "", false
	}
	_, _ = io.WriteString(p.err, strings.TrimRight(string(text.CleanLine(p.redactKeys(question))), " ")+" ")
	answer, err := bufio.NewReader(in).ReadString('\n')
	if err != nil {
		_, _ = io.WriteString(p.err, "\n") // nobody ended the line
		return "", true
	}
	return strings.ToLower(strings.TrimSpace(answer)), true
}

// mayBuyOne reports whether one prediction may be bought: it costs no more than ask_above in the settings, or --yes or a person says so.
func mayBuyOne(p *program, s *session, draft runner.Draft, yes bool) (bool, error) {
	above := s.settings.Budget.AskAbove
	m := model.Find(draft.Model)
	price, known := m.Estimate(s.provider.Name, draft.Input, inputimage.Sizes(m, draft.Input, s.provider))
	if yes || above <= 0 || !known || price.USD <= above+1e-9 {
		return true, nil
	}
	agreed, asked := askToBuy(p, fmt.Sprintf("Buy this for about %s? y buys", format.Dollars(price.USD)))
	if !asked {
		return false, usageError("this costs about %s, and what costs more than %s is asked about (ask_above in the settings): add --yes",
			format.Dollars(price.USD), format.Dollars(above))
	}
	return agreed, nil
}

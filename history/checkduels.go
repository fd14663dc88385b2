package history

import (
	"fmt"

	"tintype/history/duels"
)

// checkDuels reports the lines of the duels that cannot be read, or only by a newer version.
func (c *checker) checkDuels() {
	report, err := c.h.duels.Read()
	if err != nil {
		c.add(Finding{Kind: UnreadableDuels, Path: duels.Name, Sentence: err.Error(), Fix: "The predictions are not concerned."})
		return
	}
	c.result.Duels, c.result.BadDuels = len(report.Duels), report.Unread
	for _, b := range report.Bad {
		c.add(Finding{
			Kind: BadDuel, Path: duels.Name, Line: b.Number, Sentence: fmt.Sprintf("In %s: %s", duels.Name, b.Reason),
			Fix: "The line is kept and ignored. Nothing needs to be done.",
		})
	}
	if more := report.Unread - len(report.Bad); more > 0 {
		c.result.Counts[BadDuel] += more
	}
	if report.Newer > 0 {
		c.add(Finding{
			Kind: NewerDuel, Path: duels.Name, Sentence: fmt.Sprintf("In %s, a newer version wrote %d of %d lines.", duels.Name, report.Newer, report.Lines),
			Fix: "Nothing is lost. A newer tintype reads all of it.",
		})
	}
}

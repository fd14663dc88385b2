package keymap

// Group is what actions are for. The help and the menus list them by it.
type Group int

// The groups, in the order of the help.
const (
	Ungrouped Group = iota
	Make            // a picture: the prompt, the settings, and earlier runs whose input is used again
	Look            // at pictures
	Find            // them
	Decide          // what to do with them
	Stop            // or undo something
	Move            // the cursor or the focus
)

// String returns the group's name in the help.
func (g Group) String() string {
	return [...]string{"Other", "Make", "Look", "Find", "Decide", "Stop", "Move"}[g]
}

// MenuName returns the group's name in a menu, where there are fewer entries.
func (g Group) MenuName() string {
	switch g {
	case Look, Find, Move:
		return "Go to"
	default:
		return g.String()
	}
}

// inMenu returns the group's position in a menu, where those with one name are one group.
func (g Group) inMenu() Group {
	switch g {
	case Find, Move:
		return Look
	default:
		return g
	}
}

// State is what decides whether an action can do anything now. Hints and menus offer only what can be done.
type State struct {
	Selected bool // a run is under the cursor
	// These are about that run.
	Unconfirmed bool // it needs a decision
	HasPicture  bool
	HasURL      bool // of a picture
	HasSeed     bool
	HasID       bool
	// These are about the marked runs, or that one.
	Runs       bool // one of them can be cancelled
	Followable bool // one of them is not followed any more, and may have been bought

	Total    int  // runs in the history
	Rows     int  // runs in the list, as it is filtered
	Marked   int  // runs
	Running  bool // some job runs
	Filtered bool // a filter or a view is set
	Unseen   bool // another run is new
	Compared bool // there is something to compare
	Flicks   bool // something was seen before this one
	Zooms    bool // the picture can be enlarged
	CanUndo  bool

	Prompt     bool                      // there is text in the prompt
	Varies     bool                      // the prompt or a setting has several values, so that enter shows the plan
	CanStep    bool                      // the setting under the cursor has another value beside its own
	IsSet      bool                      // the setting under the cursor is not its default
	Takes      func(setting string) bool // whether the model has a setting, and it has an effect; nil: none
	TakesImage bool                      // the model takes an input image
	Example    bool                      // the prompt takes an example
	HasDemo    bool                      // the demo can be started
	TakesKey   bool                      // a provider's key can be entered
	Plan       PlanState
	Bisect     BisectState
	Duel       DuelState
	Tree       TreeState
}

// BisectState is the same for the bisect that is shown. The zero BisectState is for none.
type BisectState struct {
	Buys             bool // its next picture is to be bought
	Good, Bad, Skips bool // the new picture may be judged so
	Undoes           bool // there is a verdict
}

// DuelState is the same for the duel that is shown.
type DuelState struct {
	CanUndo  bool // a duel of this screen can be undone
	Revealed bool // it is said what the pictures are
	Unseen   bool // only one of the pictures was in sight yet
	Flicks   bool // one picture has the room of both
}

// TreeState is the same for the row under the cursor of a tree. The zero TreeState is for no tree.
type TreeState struct {
	Here    bool // it is a prediction that is in the history
	Parent  bool // its parent is too
	Folds   bool // its branches can be folded
	Unfolds bool // some are folded
}

// PlanState is the same for the plan that is shown. The zero PlanState is for no plan.
type PlanState struct {
	Buys     bool // some of its cells are new, and it is not being bought
	Buying   bool // some of its cells wait to be sent, or are running
	Sends    bool // some of its cells wait to be sent
	Slices   bool // it has more than two axes
	Turns    bool // it has more than one axis
	Table    bool // its cells are shown as a table
	List     bool // they are shown as a list, and there is room for the table
	Pictures bool // some of its cells have a prediction
}

// TakesSetting reports whether the model has a setting, and it has an effect.
func (s State) TakesSetting(name string) bool { return s.Takes != nil && s.Takes(name) }

package tty

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// Pauses does nothing: Windows stops no program for a while.
type Pauses struct {
	In     *os.File
	Ending context.Context
	Left   chan struct{}
}

func (*Pauses) Begin(*tea.Program) (stop func())        { return func() {} }
func (*Pauses) Filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

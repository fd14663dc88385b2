package ui

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// pauses does nothing: Windows stops no program for a while.
type pauses struct {
	in     *os.File
	ending context.Context
	left   chan struct{}
}

func (*pauses) begin(*tea.Program) (stop func())        { return func() {} }
func (*pauses) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

package model

import "fmt"

// Parse reads a value as a person types it.
func (p Parameter) Parse(s string) (any, error) { return s, nil }

// Format writes a value as a person would type it.
func (p Parameter) Format(v any) string { return fmt.Sprint(v) }

// Next steps a value.
func (p Parameter) Next(v any, by int) any { return v }

// Check says what is wrong with an input.
func (m Model) Check(input map[string]any) error { return nil }

// Fit moves the values of another model's form into this one.
func (m Model) Fit(input map[string]any) (fitted map[string]any, dropped []string) { return input, nil }

// Size is the size of the pictures.
func (m Model) Size(input map[string]any) (w, h int, ok bool) { return 1024, 1024, true }

// Pictures is how many pictures are asked for.
func (m Model) Pictures(input map[string]any) int { return 1 }

// Cost is what a prediction costs.
func (m Model) Cost(provider string, input map[string]any) (usd float64, ok bool) { return 0, false }

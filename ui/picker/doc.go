// Package picker is a list to choose from, filtered as one types.
package picker

// Package preview shows pictures in their places: what is wanted, what is shown until it is ready, and the rendered frames.
package preview

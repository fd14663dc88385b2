// Package theme is how the screen looks: colour tokens, the styles made from them, and the signs. A component asks for a role, never for a colour.
package theme

// Package theme is how the screen looks: colour tokens, the styles that are made from them, and the glyphs.
//
// A component asks for a role (Styles.Muted, Glyphs.Star), never for a colour or a sign of its own. Colours are chosen so
// that every text keeps the contrast of WCAG level AA on the background that the terminal reports, and no state is shown
// by colour alone.
package theme

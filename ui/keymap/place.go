package keymap

// Place is where a key is pressed: a part of the home screen, or a screen. Places are bits, so that a binding may hold in several.
type Place uint32

// The places, in the order in which the help lists them.
const (
	Everywhere   Place = 1 << iota // listed last
	InPrompt                       // letters are text
	InSettings                     // letters do nothing, digits are numbers
	InParameters                   // the settings' page of further parameters: hints alone, its keys are those of InSettings
	InList                         // letters are verbs
	InFull                         // one picture on the whole screen
	InGallery                      // thumbnails
	InCompare                      // two to four pictures side by side
	firstFree
)

// OnRows is where one moves through predictions, OnAny wherever letters are verbs.
const (
	OnRows = InList | InFull | InGallery
	OnAny  = OnRows | InCompare
)

// placeName is a place with its name in the help.
type placeName struct {
	where Place
	name  string
}

// places are the places that the help lists, but for Everywhere.
var places = []placeName{
	{InPrompt, "prompt"}, {InSettings, "settings"}, {InList, "list"}, {InFull, "full screen"}, {InGallery, "gallery"}, {InCompare, "compare"},
}

// NewPlace returns a place of its own for a further screen, under its name in the help. Call it once, from a package variable.
func NewPlace(name string) Place {
	next := firstFree << (len(places) - 6)
	places = append(places, placeName{next, name})
	return next
}

package keymap

// Place is where a key is pressed: a part of the home screen, or another screen. Places are bits, so that a binding may have several.
type Place uint32

// The places, in the order in which the help lists them.
const (
	Everywhere   Place = 1 << iota // listed last
	InPrompt                       // letters are text
	InSettings                     // letters do nothing, digits are numbers
	InParameters                   // the settings' page of further parameters: only for hints, since its keys are those of InSettings
	InList                         // letters are commands
	InFull                         // one picture on the entire screen
	InGallery                      // thumbnails
	InCompare                      // two to four pictures side by side
	firstFree
)

// OnRows is where keys move among predictions, OnAny where letters are commands.
const (
	OnRows = InList | InFull | InGallery
	OnAny  = OnRows | InCompare
)

// placeName is a place and its name in the help.
type placeName struct {
	where Place
	name  string
}

// ownPlaces is how many of the places belong to this package.
const ownPlaces = 6

// places are the places that the help lists, except Everywhere.
var places = []placeName{
	{InPrompt, "prompt"}, {InSettings, "settings"}, {InList, "list"}, {InFull, "full screen"}, {InGallery, "gallery"}, {InCompare, "comparison"},
}

// Name returns the name of a place, as in the help: "list"; "" if it has none.
func Name(where Place) string {
	for _, p := range places {
		if p.where == where {
			return p.name
		}
	}
	return ""
}

// NewPlace returns a new place for an extra screen, with its name in the help. Call it from a package variable, since it is not safe for
// concurrent use.
func NewPlace(name string) Place {
	next := firstFree << (len(places) - ownPlaces)
	places = append(places, placeName{next, name})
	return next
}

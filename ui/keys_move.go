package ui

import (
	"strconv"

	"tintype/ui/keymap"
	"tintype/ui/list"
)

// findKeys declares the keys that filter the list and find things in it.
func findKeys() []keyAction {
	hasHistory := func(s keyState) bool { return s.Total > 0 }
	return []keyAction{
		{
			name: "filter", group: keymap.Find, words: "search query", when: hasHistory, keys: keys{on(onRows, "/", "filter by words, model:dev, cost>0.01")},
			menu:  entry(12, "/", "filter", "filter the list"),
			hints: hints{hint(inList, 15, "filter"), hint(inGallery, 9, "filter")}, do: (*Model).find,
		},
		{
			name: "view-all", group: keymap.Find, words: "view everything", keys: keys{on(inList|inGallery, "1", "show all")},
			do: onList(func(l *list.List) { l.SetView(list.ViewAll) }),
		},
		{
			name: "view-running", group: keymap.Find, words: "view live jobs", keys: keys{on(inList|inGallery, "2", "show what is running")},
			do: onList(func(l *list.List) { l.SetView(list.ViewLive) }),
		},
		{
			name: "view-starred", group: keymap.Find, words: "view favourites favorites", keys: keys{on(inList|inGallery, "3", "show what is starred")},
			do: onList(func(l *list.List) { l.SetView(list.ViewStarred) }),
		},
		{
			name: "view-new", group: keymap.Find, words: "view unseen", keys: keys{on(inList|inGallery, "4", "show what is new")},
			do: onList(func(l *list.List) { l.SetView(list.ViewNew) }),
		},
		{
			name: "next-new", group: keymap.Find, words: "unseen finished done", when: func(s keyState) bool { return s.Unseen },
			keys: keys{on(onRows, "n", "go to the next new picture")}, hints: hints{hint(inList, 12, "next new")}, do: (*Model).nextNew,
		},
	}
}

// moveKeys declares the keys that move among runs.
func moveKeys() []keyAction {
	return []keyAction{
		{
			name: "up", group: keymap.Move, keys: keys{on(onRows, "up k", "go up")}, pair: pair("down", "↑ ↓, k j", "go up or down"),
			do: onList(func(l *list.List) { l.Move(-1) }),
		},
		{name: "down", group: keymap.Move, keys: keys{on(onRows, "down j", "go down")}, do: onList(func(l *list.List) { l.Move(+1) })},
		{
			name: "left", group: keymap.Move, words: "outputs previous", keys: keys{on(onAny, "left h", "go to the previous picture")},
			pair:  pair("right", "← →, h l", "go to the previous or next picture"),
			hints: hints{hint(inCompare, 1, "choose", "right")}, do: onList(func(l *list.List) { l.EnterOutput(-1) }),
		},
		{
			name: "right", group: keymap.Move, keys: keys{on(onAny, "right l", "go to the next picture")},
			do: onList(func(l *list.List) { l.EnterOutput(+1) }),
		},
		{
			name: "top", group: keymap.Move, words: "first beginning start", keys: keys{on(onRows, "g home", "go to the newest")},
			pair: pair("bottom", "g G, home end", "go to the newest or oldest"),
			do:   onList(func(l *list.List) { l.Move(-l.Keys().Len()) }),
		},
		{
			name: "bottom", group: keymap.Move, words: "last", keys: keys{on(onRows, "G end", "go to the oldest")},
			do: onList(func(l *list.List) { l.Move(l.Keys().Len()) }),
		},
		{
			name: "page-up", group: keymap.Move, words: "scroll", keys: keys{on(onRows, "pgup", "go a page up")}, pair: pair("page-down", "pgup, pgdn", "go a page up or down"),
			do: onList(func(l *list.List) { l.MovePage(-1, 1) }),
		},
		{
			name: "page-down", group: keymap.Move, keys: keys{on(onRows, "pgdown", "go a page down")},
			do: onList(func(l *list.List) { l.MovePage(+1, 1) }),
		},
		{
			name: "half-page-up", group: keymap.Move, words: "scroll", keys: keys{on(onRows, "ctrl+u", "go half a page up")},
			pair: pair("half-page-down", "ctrl+u, ctrl+d", "go half a page up or down"),
			do:   onList(func(l *list.List) { l.MovePage(-1, 2) }),
		},
		{
			name: "half-page-down", group: keymap.Move, keys: keys{on(onRows, "ctrl+d", "go half a page down")},
			do: onList(func(l *list.List) { l.MovePage(+1, 2) }),
		},
	}
}

// outputKeys declares the keys that go to one of the pictures of a run, or of those compared.
func outputKeys() []keyAction {
	actions := []keyAction{{group: keymap.Look, keys: keys{on(inFull, "1…9", "go to that picture of the run"), on(inCompare, "1…4", "choose A to D")}}}
	for n := 1; n <= keymap.MaxPictureNumber; n++ {
		actions = append(actions, keyAction{
			name: keymap.ActPicture(n), group: keymap.Look, keys: keys{on(inFull|inCompare, strconv.Itoa(n), "")}, do: withoutCmd(func(m *Model) { m.notify(m.list.GoToOutput(n)) }),
		})
	}
	return actions
}

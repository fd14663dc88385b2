package main

// words are the columns from which prompts are made. separators are between them.
var words = [6][]string{
	{
		"A paper boat", "A lighthouse", "An old fisherman", "A red fox", "A steam locomotive", "Two herons", "A glass greenhouse",
		"A ceramic teapot", "A cat in a raincoat", "A lonely astronaut", "A field of poppies", "A mountain hut", "A night market",
		"A violin maker", "A whale", "A hot-air balloon", "A tiny robot", "A wooden bridge", "An origami crane", "A dancer",
		"A street musician", "A snow leopard", "Ein Leuchtturm", "Une vieille librairie", "Лодка", "一只小船", "A zeppelin",
		"A child with a kite", "An empty swimming pool", "A bowl of ramen", "A typewriter", "A library of moss", "A desert road",
	},
	{
		"floating", "standing still", "seen from above", "in the rain", "half in shadow", "covered in frost", "lit by lanterns",
		"surrounded by birds", "reflected in water", "behind wet glass", "under a vast sky", "overgrown with ivy", "in motion",
	},
	{
		"on calm water", "at the edge of a cliff", "in a narrow alley", "in an endless wheat field", "on a rooftop in Lisbon",
		"in a pine forest", "by the harbour", "on the moon", "in a quiet kitchen", "beside a frozen lake", "under an iron bridge",
		"among skyscrapers", "on black sand",
	},
	{
		"at sunrise", "at dusk", "at midnight", "in the golden hour", "in thick fog", "during a storm", "on a winter morning",
		"under the northern lights", "in the blue hour", "at noon", "just after the rain",
	},
	{
		"watercolor", "tintype photograph", "35mm film, grain", "ukiyo-e woodblock print", "oil on canvas, thick strokes", "pencil sketch",
		"low-poly render", "art nouveau poster", "linocut in two colours", "macro photograph, shallow depth of field",
		"isometric illustration", "cinematic still, anamorphic",
	},
	{
		"muted colours, lots of empty space", "high contrast, deep shadows", "pastel palette, soft light",
		"\"HELLO\" written on a sign in hand-painted letters", "highly detailed, wide shot", "symmetrical composition, calm mood",
		"teal and orange, volumetric light", "warm light from a single window", "minimal, a single accent of red",
		"rich texture, visible brush marks, slight vignette, the horizon low in the frame and the rest of it sky",
	},
}

var separators = [5]string{" ", " ", " ", ", ", ", "}

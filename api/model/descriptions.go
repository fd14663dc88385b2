package model

// description is what a person wants to know before choosing a model.
type description struct {
	group Group
	about string
}

// descriptions say what each model of the catalogue is for. Each is at most 60 characters.
var descriptions = map[string]description{
	"flux-schnell":    {Fast, "drafts in a second: for trying prompts"},
	"flux-2-klein-4b": {Fast, "drafts that may start from your pictures"},
	"flux-2-klein-9b": {Fast, "better drafts, for a little more"},

	"flux-2-pro":           {Best, "final pictures, and edits of up to 8 pictures"},
	"flux-2-max":           {Best, "the most exact FLUX.2; slow and expensive"},
	"flux-2-flex":          {Best, "text and fine detail; you set steps and guidance"},
	"flux-2-dev":           {Best, "the open FLUX.2: good and cheap"},
	"flux-2-klein-4b-base": {Best, "undistilled klein: slower, more varied"},
	"flux-2-klein-9b-base": {Best, "undistilled klein 9B: slower, more varied"},
	"flux-3-image":         {Best, "the newest; knows the web, has no seed"},
	"flux-1.1-pro-ultra":   {Best, "up to 4 megapixels; raw mode looks like a photo"},
	"flux-1.1-pro":         {Best, "the proven one of the first generation"},
	"flux-pro":             {Best, "the first FLUX; 1.1 is better and cheaper"},
	"flux-dev":             {Best, "the open model: seeds repeat, you set the guidance"},
	"flux-krea-dev":        {Best, "photographs that do not look generated"},

	"flux-kontext-pro": {Edit, "changes a picture as you say: \"make it night\""},
	"flux-kontext-max": {Edit, "as kontext-pro, with better lettering"},
	"flux-kontext-dev": {Edit, "the open kontext: cheaper, and seeds repeat"},

	"flux-fill-pro":             {Tools, "repaints the white part of a mask, or extends a picture"},
	"flux-fill-dev":             {Tools, "repaints the white part of a mask"},
	"flux-redux-schnell":        {Tools, "quick variations of a picture"},
	"flux-redux-dev":            {Tools, "variations of a picture"},
	"flux-canny-pro":            {Tools, "keeps a picture's lines, and paints the rest"},
	"flux-canny-dev":            {Tools, "keeps a picture's lines; the open model"},
	"flux-depth-pro":            {Tools, "keeps a picture's depth, and paints the rest"},
	"flux-depth-dev":            {Tools, "keeps a picture's depth; the open model"},
	"flux-schnell-lora":         {Tools, "schnell in a style you trained (LoRA)"},
	"flux-dev-lora":             {Tools, "dev in a style you trained (LoRA)"},
	"flux-kontext-dev-lora":     {Tools, "kontext-dev in a style you trained (LoRA)"},
	"flux-2-klein-4b-base-lora": {Tools, "klein 4B with your own LoRAs"},
	"flux-2-klein-9b-base-lora": {Tools, "klein 9B with your own LoRAs"},
}

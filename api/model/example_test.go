package model_test

import (
	"fmt"

	"tintype/api/model"
)

func ExampleFind() {
	m := model.Find("flux-schnell")
	fmt.Println(m.ID, m.Known)
	other := model.Find("stability-ai/sdxl") // not in the catalogue, and still usable
	fmt.Println(other.ID, other.Known, len(other.Parameters))
	// Output:
	// black-forest-labs/flux-schnell true
	// stability-ai/sdxl false 4
}

func ExampleModel_Check() {
	fmt.Println(model.Find("flux-schnell").Check(map[string]any{"prompt": "a boat", "num_outputs": 9}))
	// Output: num_outputs takes a whole number from 1 to 4; "9" is not
}

func ExampleModel_Coerce() {
	dev := map[string]any{"prompt": "a boat", "num_inference_steps": int64(28), "guidance": 3.0}
	input, dropped := model.Find("flux-schnell").Coerce(dev)
	fmt.Println(input["num_inference_steps"], dropped)
	// Output: 4 [guidance]
}

func ExampleModel_Cost() {
	usd, known := model.Find("flux-schnell").Cost("replicate", map[string]any{"num_outputs": 4}, nil)
	fmt.Println(usd, known)
	e, _ := model.Find("flux-schnell").Estimate("cometapi", nil, nil) // CometAPI publishes no price
	fmt.Printf("%.4f, %s\n", e.USD, e.Price.Source)
	// Output:
	// 0.012 true
	// 0.0024, 0.8 × Replicate's list
}

func ExampleParameter_Parse() {
	p, _ := model.Find("flux-schnell").Parameter("go_fast")
	fmt.Println(p.Parse("off"))
	fmt.Println(p.Parse("perhaps"))
	// Output:
	// false <nil>
	// <nil> go_fast takes on or off; "perhaps" is not
}

func ExampleParameter_Step() {
	p, _ := model.Find("flux-schnell").Parameter("output_quality")
	fmt.Println(p.Step(int64(83), 1), p.Step(int64(83), -1))
	// Output: 85 80
}

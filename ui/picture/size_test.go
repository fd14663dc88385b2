package picture

import "testing"

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		w, h int
		box  Cells
		caps Capabilities
		want Cells
	}{
		// 1:1, 16:9 and 9:16 in the preview of three sizes of window
		{1024, 1024, Cells{105, 46}, Capabilities{}, Cells{92, 46}},
		{1920, 1080, Cells{105, 46}, Capabilities{}, Cells{105, 30}},
		{1080, 1920, Cells{105, 46}, Capabilities{}, Cells{52, 46}},
		{1024, 1024, Cells{72, 36}, Capabilities{}, Cells{72, 36}},
		{1920, 1080, Cells{72, 36}, Capabilities{}, Cells{72, 20}},
		{1080, 1920, Cells{72, 36}, Capabilities{}, Cells{40, 36}},
		{1024, 1024, Cells{46, 20}, Capabilities{}, Cells{40, 20}},
		{1920, 1080, Cells{46, 20}, Capabilities{}, Cells{46, 13}},
		{1080, 1920, Cells{46, 20}, Capabilities{}, Cells{22, 20}},
		{1920, 1080, Cells{40, 11}, Capabilities{}, Cells{39, 11}},
		{1080, 1920, Cells{40, 11}, Capabilities{}, Cells{12, 11}},
		{1024, 1024, Cells{40, 40}, Capabilities{CellWidth: 10, CellHeight: 10}, Cells{40, 40}},
		{1, 1, Cells{1, 1}, Capabilities{}, Cells{1, 1}},
		{10000, 1, Cells{30, 30}, Capabilities{}, Cells{30, 1}},
		{1, 10000, Cells{30, 30}, Capabilities{}, Cells{1, 30}},
		{0, 0, Cells{3, 3}, Capabilities{}, Cells{3, 3}},
		{5, 5, Cells{0, -1}, Capabilities{}, Cells{1, 1}},
	} {
		if got := Fit(tt.w, tt.h, tt.box, tt.caps); got != tt.want {
			t.Errorf("Fit(%d×%d, %v) = %v, want %v", tt.w, tt.h, tt.box, got, tt.want)
		}
	}
}

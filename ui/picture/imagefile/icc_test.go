package imagefile

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"slices"
	"testing"
)

// iccProfile makes a profile of tags.
func iccProfile(space string, tags map[string][]byte) []byte {
	out := make([]byte, iccTags)
	copy(out[iccColourSpace:], space)
	copy(out[iccConnectionSpace:], "XYZ ")
	copy(out[36:], "acsp")
	binary.BigEndian.PutUint32(out[iccTagCount:], uint32(len(tags)))
	at := iccTags + iccTagSize*len(tags)
	var data []byte
	for name, tag := range tags {
		out = binary.BigEndian.AppendUint32(append(out, name...), uint32(at+len(data)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tag)))
		data = append(data, tag...)
	}
	return append(out, data...)
}

func numbers(kind string, values ...float64) []byte {
	out := append([]byte(kind), 0, 0, 0, 0)
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(int32(v*65536+0.5)))
	}
	return out
}

// parametric is a curve of a function's parameters.
func parametric(function byte, values ...float64) []byte {
	return slices.Concat([]byte("para\x00\x00\x00\x00\x00"), []byte{function, 0, 0}, numbers("", values...)[4:])
}

func gamma(g float64) []byte {
	return binary.BigEndian.AppendUint16([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), uint16(g*256))
}

// sampled is sRGB's curve in n samples.
func sampled(n int) []byte {
	out := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(n))
	for i := range n {
		x := float64(i) / float64(n-1)
		lo, hi := 0.0, 1.0
		for range 40 { // the inverse, by bisection
			if middle := (lo + hi) / 2; encodeSRGB(middle) < x {
				lo = middle
			} else {
				hi = middle
			}
		}
		out = binary.BigEndian.AppendUint16(out, uint16(lo*65535+0.5))
	}
	return out
}

var sRGBCurve = parametric(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)

func matrixProfile(curve []byte, r, g, b [3]float64) []byte {
	return iccProfile("RGB ", map[string][]byte{
		"rXYZ": numbers("XYZ ", r[:]...), "gXYZ": numbers("XYZ ", g[:]...), "bXYZ": numbers("XYZ ", b[:]...), "rTRC": curve, "gTRC": curve, "bTRC": curve,
	})
}

func displayP3(curve []byte) []byte {
	return matrixProfile(curve, [3]float64{0.51512, 0.24120, -0.00105}, [3]float64{0.29198, 0.69225, 0.04189}, [3]float64{0.15710, 0.06657, 0.78407})
}

func adobeRGB() []byte {
	return matrixProfile(gamma(563.0/256), [3]float64{0.60974, 0.31111, 0.01947}, [3]float64{0.20528, 0.62567, 0.06087}, [3]float64{0.14919, 0.06322, 0.74457})
}

func sRGB(curve []byte) []byte {
	return matrixProfile(curve, [3]float64{0.43607, 0.22249, 0.01392}, [3]float64{0.38515, 0.71687, 0.09708}, [3]float64{0.14307, 0.06061, 0.71410})
}

// TestConversion: the wanted colours were computed from the matrices at D65 that the standards publish, and not from the profiles.
func TestConversion(t *testing.T) {
	t.Parallel()
	for name, profile := range map[string][]byte{
		"p3": displayP3(sRGBCurve), "p3, sampled": displayP3(sampled(1024)), "adobe": adobeRGB(),
	} {
		want := map[[3]byte][3]byte{{200, 100, 50}: {215, 93, 31}, {30, 180, 90}: {0, 183, 78}, {128, 128, 128}: {128, 128, 128}, {10, 20, 200}: {7, 20, 208}, {0, 0, 0}: {}, {255, 255, 255}: {255, 255, 255}}
		if name == "adobe" {
			want = map[[3]byte][3]byte{{200, 100, 50}: {227, 100, 42}, {30, 180, 90}: {0, 181, 83}, {128, 128, 128}: {129, 129, 129}, {10, 20, 200}: {0, 12, 205}}
		}
		convert := conversion(profile)
		if convert == nil {
			t.Fatalf("%s is not converted", name)
		}
		for in, out := range want {
			got := in
			convert(got[:])
			if near(got[0], out[0]) > 1 || near(got[1], out[1]) > 1 || near(got[2], out[2]) > 1 {
				t.Errorf("%s: %v is %v, want %v", name, in, got, out)
			}
		}
	}
	grey := conversion(iccProfile("GRAY", map[string][]byte{"kTRC": parametric(0, 1)}))
	if got := []byte{55, 55, 55}; grey == nil {
		t.Error("linear grey is not converted")
	} else if grey(got); got[0] != 128 || got[1] != 128 || got[2] != 128 {
		t.Errorf("linear grey is %v", got)
	}
}

// TestNoConversion: sRGB, and what cannot be used, is shown as it is.
func TestNoConversion(t *testing.T) {
	t.Parallel()
	damaged := displayP3(sRGBCurve)
	binary.BigEndian.PutUint32(damaged[iccTags+4:], 1<<31)
	for name, profile := range map[string][]byte{
		"none": nil, "sRGB": sRGB(sRGBCurve), "sRGB, sampled": sRGB(sampled(1024)), "a header alone": make([]byte, 128),
		"tables alone": iccProfile("RGB ", map[string][]byte{"A2B0": []byte("mft2")}), "CMYK": iccProfile("CMYK", nil), "damaged": damaged,
		"an unknown curve": displayP3(parametric(9, 1)), "a curve that is cut": displayP3([]byte("curv\x00\x00\x00\x00\x00\x00\xff\xff")),
	} {
		if conversion(profile) != nil {
			t.Errorf("%s is converted", name)
		}
	}
}

// withProfile are files of a picture with a profile: in a JPEG in two parts, of which the second is first.
func withProfile(t testing.TB, img image.Image, profile []byte) map[string][]byte {
	var compressed bytes.Buffer
	z := zlib.NewWriter(&compressed)
	if _, err := z.Write(profile); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	half := len(profile) / 2
	first := append([]byte(iccPrefix+"\x01\x02"), profile[:half]...)
	second := append([]byte(iccPrefix+"\x02\x02"), profile[half:]...)
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	return map[string][]byte{
		"png":  withChunk(encodePNG(t, img), "iCCP", append([]byte("a name\x00\x00"), compressed.Bytes()...)),
		"jpeg": withSegment(withSegment(encodeJPEG(t, img), markerAPP2, first), markerAPP2, second),
		"webp": extended(lossy(t, img, 100), w, h, 1<<5, riffChunk("ICCP", profile), nil),
	}
}

func TestProfilesInFiles(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range 256 {
		img.SetNRGBA(i%16, i/16, color.NRGBA{200, 100, 50, 255})
	}
	for format, file := range withProfile(t, img, displayP3(sRGBCurve)) {
		got, decoded, f, err := pixels(t.Context(), file)
		if err != nil || f.IsPlain() {
			t.Fatalf("%s: %+v, %v", format, f, err)
		}
		c := color.NRGBAModel.Convert(decoded.At(8, 8)).(color.NRGBA)
		if p := got.At(8, 8); near(p[0], 215) > 3 || near(p[1], 93) > 3 || near(p[2], 31) > 3 || !bytes.Equal(p, []byte{c.R, c.G, c.B}) {
			t.Errorf("%s is %v, and %v alone", format, p, c)
		}
	}
	for format, file := range withProfile(t, img, sRGB(sRGBCurve)) {
		if _, _, f, err := pixels(t.Context(), file); err != nil || !f.IsPlain() {
			t.Errorf("%s of sRGB is converted: %v", format, err)
		}
	}
}

// FuzzConversion: a profile of any bytes converts, or does not.
func FuzzConversion(f *testing.F) {
	f.Add(displayP3(sRGBCurve))
	f.Add(adobeRGB())
	f.Add(iccProfile("GRAY", map[string][]byte{"kTRC": sampled(7)}))
	f.Fuzz(func(t *testing.T, profile []byte) {
		if convert := conversion(profile); convert != nil {
			convert([]byte{0, 128, 255, 1, 2, 3})
		}
	})
}

package imagekind

import (
	"bytes"
	"encoding/binary"
	"io"
)

// Orientation returns how to turn a stored picture upright, by EXIF's tag of that name (CIPA DC-008, 4.6.5). 1 leaves it as it is, 2 to 8
// mirror or turn it, and 5 to 8 swap width and height. It is 1 if the file does not say.
func Orientation(k Kind, r io.ReaderAt, size int64) int {
	if value := orientationOf(exif(k, r, size)); value >= 1 && value <= 8 {
		return value
	}
	return 1
}

const (
	exifPrefix = "Exif\x00\x00" // before EXIF in a JPEG; some programs write it into WebP files too
	maxEXIF    = 256 << 10
)

// exif returns the EXIF data of a file, or nil.
func exif(k Kind, r io.ReaderAt, size int64) (data []byte) {
	take := func(chunk string) func(string, int64, int64) bool {
		return func(name string, at, length int64) bool {
			if name == chunk {
				data = readAt(r, at, min(length, maxEXIF))
			}
			return name != chunk
		}
	}
	switch k {
	case JPEG:
		EachSegment(r, size, func(marker byte, at, length int64) bool {
			if marker == application1 {
				if b := readAt(r, at, min(length, maxEXIF)); bytes.HasPrefix(b, []byte(exifPrefix)) {
					data = b
				}
			}
			return data == nil
		})
	case PNG:
		EachPNGChunk(r, size, take("eXIf"))
	case WebP:
		EachRIFFChunk(r, RIFFHeaderSize, size, take("EXIF"))
	}
	return data
}

// readAt returns up to n bytes at a place.
func readAt(r io.ReaderAt, at, n int64) []byte {
	b := make([]byte, n)
	got, _ := r.ReadAt(b, at)
	return b[:got]
}

// EXIF's numbers (CIPA DC-008, 4.5 and 4.6): a directory has entries of twelve bytes.
const (
	tiffHeaderSize, directoryEntrySize = 8, 12
	tagOrientation                     = 0x0112
	typeByte, typeShort, typeLong      = 1, 3, 4
)

// orientationOf returns the orientation in EXIF data, or 0 if there is none or the data is damaged.
func orientationOf(data []byte) int {
	data = bytes.TrimPrefix(data, []byte(exifPrefix))
	if len(data) < tiffHeaderSize {
		return 0
	}
	var order binary.ByteOrder
	switch string(data[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return 0
	}
	entries := data[at+2:]
	for n := order.Uint16(data[at:]); n > 0 && len(entries) >= directoryEntrySize; n-- {
		if order.Uint16(entries) == tagOrientation {
			return entryValue(entries, order)
		}
		entries = entries[directoryEntrySize:]
	}
	return 0
}

// entryValue reads the value of an entry, which should be a short, but has been seen as a byte and a long.
func entryValue(entry []byte, order binary.ByteOrder) int {
	switch order.Uint16(entry[2:]) {
	case typeByte:
		return int(entry[8])
	case typeShort:
		return int(order.Uint16(entry[8:]))
	case typeLong:
		return int(order.Uint32(entry[8:]) & 0xffff)
	}
	return 0
}

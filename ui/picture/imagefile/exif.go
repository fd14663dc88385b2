package imagefile

import (
	"bytes"
	"encoding/binary"

	"tintype/ui/picture/raster"
)

// exifPrefix begins EXIF in a JPEG; some writers put it into WebP files too.
const exifPrefix = "Exif\x00\x00"

// EXIF's numbers (CIPA DC-008, 4.5 and 4.6): a directory has entries of twelve bytes.
const (
	tiffHeaderSize, ifdEntrySize  = 8, 12
	tagOrientation                = 0x0112
	typeByte, typeShort, typeLong = 1, 3, 4
)

// orientation returns the tag Orientation of EXIF data, or 0 where there is none or the data is damaged.
func orientation(data []byte) raster.Turn {
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
	for n := order.Uint16(data[at:]); n > 0 && len(entries) >= ifdEntrySize; n-- {
		if order.Uint16(entries) == tagOrientation {
			return orientationValue(entries, order)
		}
		entries = entries[ifdEntrySize:]
	}
	return 0
}

// orientationValue reads the value of an entry, which should be a short, but has been seen as a byte and a long.
func orientationValue(entry []byte, order binary.ByteOrder) raster.Turn {
	value := uint32(0)
	switch order.Uint16(entry[2:]) {
	case typeByte:
		value = uint32(entry[8])
	case typeShort:
		value = uint32(order.Uint16(entry[8:]))
	case typeLong:
		value = order.Uint32(entry[8:])
	}
	if value < 1 || value > 8 {
		return 0
	}
	return raster.Turn(value)
}

package imagekind

import (
	"encoding/binary"
	"io"
)

// mostChunks is how many chunks or segments of a file are looked at.
const mostChunks = 100_000

// Markers of a JPEG (ITU-T T.81, B.1.1.3).
const (
	fill, endOfImage, startOfScan, application1  = 0xff, 0xd9, 0xda, 0xe1
	huffmanTables, jpgReserved, arithmeticTables = 0xc4, 0xc8, 0xcc
	firstFrame, progressiveFrame, lastFrame      = 0xc0, 0xc2, 0xcf
)

const pngSignatureSize, pngChecksumSize, chunkHeaderSize = 8, 4, 8

// EachSegment calls do for the segments of a JPEG before its first scan, until it returns false. The data of a segment begins at at.
func EachSegment(r io.ReaderAt, size int64, do func(marker byte, at, length int64) bool) {
	segment := make([]byte, 4)
	for at, n := int64(2), 0; at+4 <= size && n < mostChunks; n++ {
		if _, err := r.ReadAt(segment, at); err != nil || segment[0] != fill || segment[1] == startOfScan || segment[1] == endOfImage {
			return
		}
		if segment[1] == fill {
			at++
			continue
		}
		length := int64(binary.BigEndian.Uint16(segment[2:]))
		if !do(segment[1], at+4, max(0, length-2)) {
			return
		}
		at += 2 + length
	}
}

// EachPNGChunk calls do for the chunks of a PNG (W3C PNG, 5.3), until it returns false. The data of a chunk begins at at, and may go
// beyond the end of a file that is cut off. Checksums are not checked.
func EachPNGChunk(r io.ReaderAt, size int64, do func(name string, at, length int64) bool) {
	b := make([]byte, chunkHeaderSize)
	for at, n := int64(pngSignatureSize), 0; at+chunkHeaderSize <= size && n < mostChunks; n++ {
		if _, err := r.ReadAt(b, at); err != nil {
			return
		}
		length := int64(binary.BigEndian.Uint32(b))
		at += chunkHeaderSize
		if !do(string(b[4:]), at, length) {
			return
		}
		at += length + pngChecksumSize
	}
}

// RIFFHeaderSize is where the first chunk of a WebP begins, in bytes.
const RIFFHeaderSize = 12

// EachRIFFChunk calls do for the chunks of a WebP between two places (RFC 9649, 2.3), until it returns false. The data of a chunk begins
// at at, and may go beyond end.
func EachRIFFChunk(r io.ReaderAt, begin, end int64, do func(name string, at, length int64) bool) {
	b := make([]byte, chunkHeaderSize)
	for at, n := begin, 0; at+chunkHeaderSize <= end && n < mostChunks; n++ {
		if _, err := r.ReadAt(b, at); err != nil {
			return
		}
		length := int64(binary.LittleEndian.Uint32(b[4:]))
		at += chunkHeaderSize
		if !do(string(b[:4]), at, length) {
			return
		}
		at += length + length&1
	}
}

// Package raster scales images to small opaque RGB rasters, on all processors. It reads the image types that decoders return where
// they are in memory, which is several times faster than golang.org/x/image/draw: 1024² to 320² takes 2.3 ms instead of 14.4 with
// its BiLinear.
package raster

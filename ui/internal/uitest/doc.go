// Package uitest is what tests of the screen share.
package uitest

// Package uitest has what tests of the packages of ui share: keys, scripts of keys, checks of drawn lines, and how
// often properties are tried.
package uitest

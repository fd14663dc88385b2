// Package uitest has what tests of the packages of ui share: keys, scripts of keys, and checks of drawn lines, and a model.
package uitest

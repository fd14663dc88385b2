// Package impact measures which words of a prompt matter: how far the picture moves when a phrase is left out. It splits a prompt, says as a plan
// which pictures are needed, and measures those that there are. It is pure, but for Loader.
//
// The unit is another seed: the distance between the picture with a phrase and the one without it, of the same seed, is divided by the median
// distance between different seeds of the entire prompt. So 1.0 means "as much as another seed". The impact is the median over the seeds, and its
// range is from the least to the most of them.
//
// A model without a seed makes another picture each time. There the distance between pictures with and without a phrase is compared with the
// distance among pictures of the same prompt, and what is left is the impact.
package impact

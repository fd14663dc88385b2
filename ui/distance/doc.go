// Package distance measures how different two pictures look: 0 for the same picture, near 0 for one that was saved again with loss, and up
// to 1.
//
// A picture is scaled to 128×128 pixels and converted to Oklab, and two things of it are compared:
//
//   - Its shapes: 1 − multi-scale SSIM of the lightness (Wang et al. 2003), over 128², 64², 32² and 16² pixels. The scales are averaged with
//     the weights of the paper, and not multiplied, because a product is 0 as soon as one scale has nothing in common, and could not tell far
//     from farther.
//   - Its colours: the mean distance of the mean colours of 8×8 parts.
//
// The distance is the mean of the two. It is symmetric, and depends on what is seen alone: not on size, format or name. It is not a metric: the
// way over a third picture may be shorter.
package distance

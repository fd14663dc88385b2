// Package rank makes strengths of duels: which of some pictures is better, how sure that is, what makes it so, and which two to compare next.
// It is pure: it reads no files and draws nothing.
//
// # The model
//
// Picture a wins against picture b with the probability σ(u(a) − u(b)), where σ(x) = 1/(1+e^−x) and u is a strength (Bradley and Terry). A
// tie is half a win of each. "Both bad" is a loss of each against a fixed opponent of strength 0. Before any duel, a strength is from
// N(0,1), so three duels never say 100 %. Where pictures have features (values of axes), a strength is the sum of one unknown for each of
// its values, from N(0,1), and of one of its own, from N(0, 0.5²). The strengths are the most probable ones (Newton), and the intervals come
// from the inverse of the Hessian there. They hold 95 %, if true strengths are from N(0,1) too; fewer where they are further apart.
//
// # Sides
//
// Where the picture at the left wins more often, or less often, than chance explains, the left side gets an unknown too, so that its
// advantage is not taken for that of the pictures.
//
// # One more duel
//
// One more duel that a wins never lowers a: neither its strength, nor its lead over any other picture, nor its rank. Without features and
// sides, the Hessian H has no positive element beside the diagonal, and no negative row sum. While the weight of the new duel against b grows
// from 0 to 1, the strengths move along H⁻¹(e(a) − e(b)), and by the maximum principle of such matrices that is greatest at a and not
// negative there. Ties and "both bad" keep this: they add elements of the same form.
//
// With features the same need not hold, since H has elements of both signs. Where b has all values of a and one more, a win of a can tell so
// much against that value, and with it about the shared ones, that a falls a little. In a table, where each picture has one value on each
// axis, no such case was found, but none is excluded. Nor need it hold with a side: once a side is known to win too often, the earlier wins of a at that
// side count for less; and the duel with which it becomes known changes the model. What holds always, within one model, is that the result of
// the new duel is given no smaller chance than before.
package rank

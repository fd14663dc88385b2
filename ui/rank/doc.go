// Package rank makes strengths of duels: which of some pictures is better, how sure that is, what makes it so, and which two to compare next. It is
// pure: it reads no files and draws nothing.
//
// # The model
//
// Picture a wins against picture b with the probability σ(u(a) − u(b)), where σ(x) = 1/(1+e^−x) and u is a strength (Bradley and Terry). A tie is
// half a win of each. "Both bad" is a loss of each against a fixed opponent of strength 0. Before any duel, a strength is from N(0,1), so three
// duels never say 100 %. Where pictures have features (values of axes), a strength is the sum of one unknown for each of its values, from N(0,1),
// and of one of its own, from N(0, 0.5²). The strengths are the most probable ones (Newton), and the intervals come from the inverse of the Hessian
// there.
//
// The intervals hold the truth 95 times in 100 if true strengths are from N(0,1) too, however many duels there were; if they are from N(0, 1.5²),
// 83 times after few duels, and 95 after very many. No intervals hold it 90 to 97 times in both after few duels, since those know nothing of how
// far strengths are apart: they would have to be at most 1.11 times as wide as N(0,1) wants, and at least 1.26 times. BenchmarkSimulation prints
// both.
//
// # Sides
//
// Where the picture at the left wins more often, or less often, than chance explains, the left side gets an unknown too, so that its advantage is
// not taken for that of the pictures.
//
// # One more duel
//
// One more duel that a wins never lowers a: neither its strength, nor its lead over any other picture, nor its rank. Without features and sides,
// the Hessian H has no positive element beside the diagonal, and no negative row sum. While the weight of the new duel against b grows from 0 to 1,
// the strengths move along H⁻¹(e(a) − e(b)), and by the maximum principle of such matrices that is greatest at a and not negative there. Ties and
// "both bad" keep this: they add elements of the same form.
//
// It holds too where pictures have features of one axis: there, the inverse of what is believed before any duel is such a matrix. With several axes
// it does not, and should not. In a table of 2×2×2 let picture (1,1,0) be as good as (0,1,1) and as (1,0,1): each of its first two values is worth
// less than the other one by as much as its third is worth more. If it now wins against (1,1,1), its third value is worth more, and so its first
// two are worth less by twice that. Nor does it hold once a side wins too often: a win at the weaker side says that the side matters less, and so
// the earlier wins at the stronger side, and losses to it, say more. Tests have an example of each; in thousands of random worlds there was none.
// What holds always, within one model, is that the result of the new duel is given no smaller chance than before.
package rank

//! How a figure's numbers lie between its ends: a share of the draws to the number
//! below which it lies, one law at a time or several.

use sim::catalogue::DoubtKind;

/// A spread as a draw needs it: little, since each draw reads them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// Lowest and highest value.
    held: [f64; 2],
    /// The same as the law has them, and where the top of a triangle lies.
    ends: [f64; 2],
    top: f64,
    /// Shares of the width before and after the top.
    parts: [f64; 2],
    kind: DoubtKind,
    against: bool,
}

impl Law {
    /// From the lowest number over the likeliest to the highest, so spread, from the
    /// other end than the share says or not.
    pub fn of(range: [f64; 3], kind: DoubtKind, against: bool) -> Self {
        let [low, likeliest, high] = range;
        let law = |number: f64| match kind {
            DoubtKind::LogTriangular | DoubtKind::LogUniform => libm::log(number),
            DoubtKind::Triangular | DoubtKind::Choice => number,
        };
        let ends = [law(low), law(high)];
        let width = ends[1] - ends[0];
        let before = law(likeliest) - ends[0];
        Self {
            held: [low, high],
            ends,
            top: if width > 0.0 { before / width } else { 0.5 },
            parts: [width * before, width * (width - before)],
            kind,
            against,
        }
    }

    /// It is a triangle, which [`Triangles`] takes several of.
    pub fn is_triangle(&self) -> bool {
        matches!(self.kind, DoubtKind::Triangular | DoubtKind::Choice)
    }

    /// The value below which that share of the draws lies, from 0 to 1: the
    /// inverse of the law's distribution.
    #[inline]
    pub fn at(&self, share: f64) -> f64 {
        let [low, high] = self.held;
        let share = if self.against { 1.0 - share } else { share };
        let [from, to] = self.ends;
        // Which side of the top a draw falls on is a toss: no branch.
        let triangle = || {
            let rises = share < self.top;
            let root = if rises {
                share * self.parts[0]
            } else {
                (1.0 - share) * self.parts[1]
            }
            .sqrt();
            if rises { from + root } else { to - root }
        };
        let number = match self.kind {
            DoubtKind::LogUniform => libm::exp(from + (to - from) * share),
            DoubtKind::LogTriangular => libm::exp(triangle()),
            DoubtKind::Triangular | DoubtKind::Choice => triangle(),
        };
        // As `clamp`, which asks first whether the ends are in order.
        let number = if number < low { low } else { number };
        if number > high { high } else { number }
    }
}

/// Laws taken at once.
pub const AT_ONCE: usize = 4;

/// Some triangles side by side, number by number: most spreads are triangles, and a
/// processor that is shown no other kind takes two or four roots in the time of one.
#[derive(Clone, Copy, Debug)]
pub struct Triangles {
    /// What stands before the share, and what it is multiplied by: 1 − x or x.
    turned: [[f64; AT_ONCE]; 2],
    top: [f64; AT_ONCE],
    parts: [[f64; AT_ONCE]; 2],
    ends: [[f64; AT_ONCE]; 2],
    held: [[f64; AT_ONCE]; 2],
}

impl Triangles {
    /// Of those laws, as if all were triangles; the last one again where there are
    /// fewer.
    pub fn of(laws: &[Law]) -> Self {
        let law = |i: usize| &laws[i.min(laws.len() - 1)];
        let each = |of: &dyn Fn(&Law) -> f64| std::array::from_fn(|i| of(law(i)));
        let both = |of: &dyn Fn(&Law) -> [f64; 2]| [0, 1].map(|end| each(&|law| of(law)[end]));
        Self {
            turned: both(&|law| if law.against { [1.0, -1.0] } else { [0.0, 1.0] }),
            top: each(&|law| law.top),
            parts: both(&|law| law.parts),
            ends: both(&|law| law.ends),
            held: both(&|law| law.held),
        }
    }

    /// Each law's [`Law::at`] of its share.
    #[inline]
    pub fn at(&self, shares: [f64; AT_ONCE]) -> [f64; AT_ONCE] {
        let mut numbers = [0.0; AT_ONCE];
        for i in 0..AT_ONCE {
            let share = self.turned[0][i] + self.turned[1][i] * shares[i];
            let rises = share < self.top[i];
            let parts = [share * self.parts[0][i], (1.0 - share) * self.parts[1][i]];
            let root = either(rises, parts).sqrt();
            let number = either(rises, [self.ends[0][i] + root, self.ends[1][i] - root]);
            let [low, high] = [self.held[0][i], self.held[1][i]];
            let number = if number < low { low } else { number };
            numbers[i] = if number > high { high } else { number };
        }
        numbers
    }
}

/// The first where it is so, else the second: by their bits, since a compiler that
/// sees a choice branches for the root, and which side a draw falls on is a toss.
#[inline]
fn either(so: bool, [first, second]: [f64; 2]) -> f64 {
    let mask = u64::from(so).wrapping_neg();
    f64::from_bits((first.to_bits() & mask) | (second.to_bits() & !mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangles_side_by_side_are_those_one_by_one() {
        let laws = [
            ([0.0, 0.3, 1.0], false),
            ([2.0, 2.0, 7.0], true),
            ([1e-12, 5e-12, 5e-12], false),
            ([-3.0, -1.0, 4e9], true),
        ];
        let laws = laws.map(|(range, against)| Law::of(range, DoubtKind::Triangular, against));
        let triangles = Triangles::of(&laws);
        for i in 0..=1_000 {
            let shares = [0.0, 0.1, 0.37, 0.9].map(|x: f64| (x + f64::from(i) / 1e3) % 1.0);
            let each: Vec<f64> = laws.iter().zip(shares).map(|(law, x)| law.at(x)).collect();
            assert_eq!(triangles.at(shares).to_vec(), each);
        }
    }
}

//! How a figure's numbers lie between its ends: a share of the draws to the number
//! below which it lies.

use sim::catalogue::DoubtKind;

/// A spread as a draw needs it: little, since each draw reads them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// Lowest and highest value.
    held: [f64; 2],
    /// What stands before the share, and what it is multiplied by: x, or 1 − x from
    /// the other end.
    turned: [f64; 2],
    /// Where the top of a triangle lies.
    top: f64,
    /// Before the top, and after it.
    sides: [Side; 2],
    kind: DoubtKind,
}

/// A side of a triangle. Both are read from memory alike: which one a draw falls on
/// is a toss, at which a processor that is shown a branch loses as much time as the
/// rest of the law takes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Side {
    /// The end of the law on that side, and the way from there to the top.
    end: f64,
    way: f64,
    /// The share of the draws between the end and a number is this and the way times
    /// the share below it.
    before: f64,
    /// The square of the distance from the end, over that share.
    part: f64,
}

impl Law {
    /// From the lowest number over the likeliest to the highest, so spread, from the
    /// other end than the share says or not.
    pub fn of(range: [f64; 3], kind: DoubtKind, against: bool) -> Self {
        let law = |number: f64| match kind {
            DoubtKind::LogTriangular | DoubtKind::LogUniform => libm::log(number),
            DoubtKind::Triangular | DoubtKind::Choice => number,
        };
        let [low, likeliest, high] = range.map(law);
        let (width, rise) = (high - low, likeliest - low);
        let side = |end, way, before, part| Side {
            end,
            way,
            before,
            part,
        };
        Self {
            held: [range[0], range[2]],
            turned: if against { [1.0, -1.0] } else { [0.0, 1.0] },
            top: if width > 0.0 { rise / width } else { 0.5 },
            sides: [
                side(low, 1.0, 0.0, width * rise),
                side(high, -1.0, 1.0, width * (width - rise)),
            ],
            kind,
        }
    }

    /// The value below which that share of the draws lies, from 0 to 1: the
    /// inverse of the law's distribution.
    #[inline]
    pub fn at(&self, share: f64) -> f64 {
        let share = self.turned[0] + self.turned[1] * share;
        let triangle = || {
            let side = &self.sides[usize::from(share >= self.top)];
            let root = ((side.before + side.way * share) * side.part).sqrt();
            side.end + side.way * root
        };
        let number = match self.kind {
            DoubtKind::LogUniform => {
                let [from, to] = [self.sides[0].end, self.sides[1].end];
                libm::exp(from + (to - from) * share)
            }
            DoubtKind::LogTriangular => libm::exp(triangle()),
            DoubtKind::Triangular | DoubtKind::Choice => triangle(),
        };
        // As `clamp`, which asks first whether the ends are in order.
        let [low, high] = self.held;
        let number = if number < low { low } else { number };
        if number > high { high } else { number }
    }
}

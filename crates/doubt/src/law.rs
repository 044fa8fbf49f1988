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
                exp(from + (to - from) * share)
            }
            DoubtKind::LogTriangular => exp(triangle()),
            DoubtKind::Triangular | DoubtKind::Choice => triangle(),
        };
        // As `clamp`, which asks first whether the ends are in order.
        let [low, high] = self.held;
        let number = if number < low { low } else { number };
        if number > high { high } else { number }
    }
}

/// One and a half times 2⁵²: added to a small number, it leaves its whole part,
/// rounded, in the lowest bits.
const ROUNDS: f64 = 6_755_399_441_055_744.0;
/// The bits at which a number's power of two stands, and what stands there for none.
const EXPONENT: (u32, i32) = (52, 1023);

/// `libm::exp`, digit for digit, without the branches by which it asks how large the
/// number is: which way they go is a toss too.
#[inline]
fn exp(x: f64) -> f64 {
    use std::f64::consts::{LN_2, LOG2_E};
    // Where it asks something else. Nobody draws there.
    let size = x.abs();
    if !(1e-8..700.0).contains(&size) || (size - LN_2 / 2.0).abs() < 1e-9 {
        return libm::exp(x);
    }
    let rounded = LOG2_E * x + ROUNDS;
    let twos = rounded - ROUNDS;
    // ln 2 in two parts, of which the first has few enough digits to be exact times
    // any power.
    let (high, low) = (
        x - twos * 0.693_147_180_369_123_8,
        twos * 1.908_214_929_270_587_7e-10,
    );
    let rest = high - low;
    let square = rest * rest;
    // Of Remez, as in FreeBSD's `e_exp.c`.
    let c = rest
        - square
            * (0.166_666_666_666_666_02
                + square
                    * (-0.002_777_777_777_701_559_3
                        + square
                            * (6.613_756_321_437_934e-5
                                + square
                                    * (-1.653_390_220_546_525_2e-6
                                        + square * 4.138_136_797_057_238_5e-8))));
    let power = EXPONENT.1 + rounded.to_bits() as i32;
    let scale = f64::from_bits((power as u64) << EXPONENT.0);
    (1.0 + (rest * c / (2.0 - c) - low + high)) * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_libm() {
        let mut x = -720.0;
        while x < 720.0 {
            for x in [x, x / 100.0, x / 1e6] {
                assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x}");
            }
            x += 0.003_7;
        }
    }
}

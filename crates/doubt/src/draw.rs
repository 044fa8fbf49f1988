//! Points of the unit cube, one coordinate a doubt.
//!
//! The doubts that move the answers most get the dimensions of a Sobol sequence,
//! whose points are even in few dimensions; the others get numbers of Philox.

use crate::philox::philox;
use crate::sobol::{DIMENSIONS, Sobol, scrambled};

/// Streams of a seed.
const SCRAMBLE: u32 = 0;
const PAD: u32 = 1;
/// Words of a block of Philox.
const BLOCK: usize = 4;

/// The points of a seed, in order.
#[derive(Clone, Debug)]
pub struct Points {
    seed: u32,
    index: u32,
    sobol: Sobol,
    scrambles: [u32; DIMENSIONS],
}

impl Points {
    /// At the point of that index.
    pub fn at(seed: u32, index: u32) -> Self {
        let scrambles = std::array::from_fn(|d| philox([d as u32, 0, 0, SCRAMBLE], [seed, 0])[0]);
        Self {
            seed,
            index,
            sobol: Sobol::at(index),
            scrambles,
        }
    }

    /// The index of the next point.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Leaves out points up to that one.
    pub fn skip_to(&mut self, index: u32) {
        while self.index < index {
            self.sobol.advance();
            self.index += 1;
        }
    }

    /// The next point, as many coordinates as there is room for; each lies inside
    /// (0, 1).
    pub fn next_into(&mut self, point: &mut [f64]) {
        // All dimensions, whatever is asked for: so many that a processor takes
        // several at once.
        let mut even = *self.sobol.point();
        for (word, seed) in even.iter_mut().zip(&self.scrambles) {
            *word = scrambled(*word, *seed);
        }
        for (coordinate, word) in point.iter_mut().zip(even) {
            *coordinate = inside(word);
        }
        let rest = point.get_mut(DIMENSIONS..).unwrap_or_default();
        for (block, coordinates) in (0..).zip(rest.chunks_mut(BLOCK)) {
            let words = philox([self.index, block, 0, PAD], [self.seed, 0]);
            for (coordinate, word) in coordinates.iter_mut().zip(words) {
                *coordinate = inside(word);
            }
        }
        self.sobol.advance();
        self.index = self.index.wrapping_add(1);
    }
}

/// The middle of the word's part of (0, 1).
fn inside(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_the_same_wherever_a_slice_begins() {
        let mut whole = Points::at(7, 0);
        for index in 0..40 {
            let (mut a, mut b) = ([0.0; 70], [0.0; 70]);
            whole.next_into(&mut a);
            Points::at(7, index).next_into(&mut b);
            assert_eq!(a, b);
            assert!(a.iter().all(|x| (0.0..1.0).contains(x) && *x > 0.0));
        }
    }

    /// Means of products of any two coordinates are those of independent ones.
    #[test]
    fn coordinates_are_not_bound_to_each_other() {
        const N: u32 = 4096;
        let mut points = Points::at(3, 0);
        let mut sums = vec![[0.0; 70]; 70];
        for _ in 0..N {
            let mut point = [0.0; 70];
            points.next_into(&mut point);
            for (i, a) in point.iter().enumerate() {
                for (j, b) in point.iter().enumerate().take(i) {
                    sums[i][j] += (a - 0.5) * (b - 0.5) * 12.0;
                }
            }
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate().take(i) {
                let correlation = sum / f64::from(N);
                assert!(correlation.abs() < 0.08, "{i} and {j}: {correlation}");
            }
        }
    }
}

//! Which doubt drives an answer, and what knowing it would be worth.

use crate::answer::Answer;
use crate::draw::Points;
use crate::study::Study;

/// Parts of a doubt's range, as many draws in each.
const BINS: usize = 32;
/// Fewest draws of a part.
const LEAST: usize = 16;

/// A doubt's part in an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driver {
    /// The doubt, by its place among [`Study::doubts`].
    pub doubt: usize,
    /// Share of the answer's variance that knowing it alone would take away, on
    /// average: the first-order Sobol index of the answer's rank.
    pub share: f64,
    /// What chance alone gives a share, one time in twenty or less.
    pub noise: f64,
    /// The answer with the doubt at its low and at its high end, the others at
    /// their central values; `None` where it is impossible there.
    pub ends: [Option<f64>; 2],
}

impl Driver {
    /// Its share, where that is more than chance gives one.
    pub fn sure_share(&self) -> Option<f64> {
        Some(self.share).filter(|share| *share > self.noise)
    }
}

impl Study {
    /// The doubts by their part in the answer, the largest first. Shares are of
    /// the draws so far; of ranks, so that the unit does not matter, the
    /// impossible is the worst rank, and a long tail does not drown the rest.
    pub fn drivers(&self, answer: Answer) -> Vec<Driver> {
        let ranks = ranks(self.draws_of(answer));
        let indices = self.indices(&ranks);
        let ends = self.ends();
        let mut drivers: Vec<Driver> = indices
            .into_iter()
            .zip(ends)
            .enumerate()
            .map(|(doubt, ((share, noise), ends))| Driver {
                doubt,
                share,
                noise,
                ends: ends.map(|end| answer.of(&end)),
            })
            .collect();
        drivers.sort_by(|a, b| b.share.total_cmp(&a.share));
        drivers
    }

    /// First-order index and noise of each doubt for those numbers, one a draw.
    fn indices(&self, numbers: &[f64]) -> Vec<(f64, f64)> {
        let count = self.doubts().len();
        let mut first = vec![FirstOrder::new(numbers.len()); count];
        let mut points = Points::at(self.seed(), 0);
        let mut point = vec![0.0; count];
        for (number, index) in numbers.iter().zip(self.counted()) {
            points.skip_to(*index);
            points.next_into(&mut point);
            for (first, coordinate) in first.iter_mut().zip(&point) {
                first.add(*coordinate, *number);
            }
        }
        let mut indices = vec![(0.0, 0.0); count];
        for (first, doubt) in first.iter().zip(self.order()) {
            indices[*doubt] = (first.index(), first.noise());
        }
        indices
    }

    /// How much of the range from the fifth per cent to the ninety-fifth stays
    /// when that study, which pins a doubt, is known beside this one: 0.5 is half.
    /// `None` where a range ends in the impossible.
    pub fn narrowed_by(&self, pinned: &Study, answer: Answer) -> Option<f64> {
        let width = |study: &Study| crate::Range::of(study.draws_of(answer))?.width();
        let (before, after) = (width(self)?, width(pinned)?);
        (before > 0.0).then(|| after / before)
    }
}

/// First-order Sobol index from any draws of independent inputs: the variance of
/// an answer's mean over the parts of an input's range, less what chance gives
/// it, over the variance of the answer. Source: [saltelli-2010] for the index,
/// [plischke-2013] for the estimate from given draws.
#[derive(Clone, Debug)]
pub struct FirstOrder {
    parts: Vec<(f64, f64)>,
    square: f64,
}

impl FirstOrder {
    /// Of that many draws to come.
    pub fn new(draws: usize) -> Self {
        Self {
            parts: vec![(0.0, 0.0); (draws / LEAST).clamp(1, BINS)],
            square: 0.0,
        }
    }

    /// Adds a draw: where the input lies in its range, from 0 to 1, and the answer.
    pub fn add(&mut self, share: f64, answer: f64) {
        let last = self.parts.len() - 1;
        let part = &mut self.parts[((share * (last + 1) as f64) as usize).min(last)];
        part.0 += 1.0;
        part.1 += answer;
        self.square += answer * answer;
    }

    /// The index: from 0 to 1 but for noise below.
    pub fn index(&self) -> f64 {
        let count: f64 = self.parts.iter().map(|part| part.0).sum();
        let sum: f64 = self.parts.iter().map(|part| part.1).sum();
        let filled = self.parts.iter().filter(|part| part.0 > 0.0);
        let explained: f64 = filled.map(|part| part.1 * part.1 / part.0).sum();
        let middle = sum * sum / count;
        let total = self.square - middle;
        let free = self.parts.len() as f64 - 1.0;
        // A constant answer has nothing to explain.
        if total <= self.square * 1e-12 || count <= free + 1.0 {
            return 0.0;
        }
        let left = (self.square - explained) / (count - free - 1.0);
        ((explained - middle - free * left) / total).max(0.0)
    }

    /// Twice the standard deviation of the index of an input that does nothing:
    /// that of a χ² of as many degrees as there are parts, less one.
    pub fn noise(&self) -> f64 {
        let count: f64 = self.parts.iter().map(|part| part.0).sum();
        2.0 * (2.0 * (self.parts.len() as f64 - 1.0)).sqrt() / count.max(1.0)
    }
}

/// The rank of each number, from 0; equal numbers share their mean rank.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_unstable_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut first = 0;
    for alike in order.chunk_by(|a, b| numbers[*a] == numbers[*b]) {
        let rank = first as f64 + (alike.len() - 1) as f64 / 2.0;
        for place in alike {
            ranks[*place] = rank;
        }
        first += alike.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Indices of a function of the coordinates, from draws like ours.
    fn indices<const N: usize>(draws: u32, of: impl Fn(&[f64; N]) -> f64) -> [f64; N] {
        let mut first: [_; N] = std::array::from_fn(|_| FirstOrder::new(draws as usize));
        let mut points = Points::at(5, 0);
        for _ in 0..draws {
            let mut point = [0.0; N];
            points.next_into(&mut point);
            let answer = of(&point);
            for (first, x) in first.iter_mut().zip(point) {
                first.add(x, answer);
            }
        }
        first.map(|first| first.index())
    }

    /// Ishigami's function with a = 7 and b = 0.1: 0.3139, 0.4424, 0.
    #[test]
    fn ishigami_has_the_published_indices() {
        let of = |x: &[f64; 3]| {
            let [a, b, c] = x.map(|x| (2.0 * x - 1.0) * std::f64::consts::PI);
            libm::sin(a)
                + 7.0 * libm::sin(b) * libm::sin(b)
                + 0.1 * libm::pow(c, 4.0) * libm::sin(a)
        };
        for (draws, off) in [(2_000, 0.03), (10_000, 0.01)] {
            let found = indices(draws, of);
            for (found, published) in found.into_iter().zip([0.3139, 0.4424, 0.0]) {
                assert!(
                    (found - published).abs() < off,
                    "{draws}: {found}, {published}"
                );
            }
        }
    }

    /// Sobol's g-function with a = 0, 1, 4.5, 9, 99, 99, 99, 99: 0.7165, 0.1791,
    /// 0.0237, 0.0072, 0.0001 …
    #[test]
    fn the_g_function_has_the_published_indices() {
        const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let of = |x: &[f64; 8]| {
            let factors = x
                .iter()
                .zip(A)
                .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a));
            factors.product()
        };
        let published = [
            0.7165, 0.1791, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001,
        ];
        for (draws, off) in [(2_000, 0.03), (10_000, 0.01)] {
            for (found, published) in indices(draws, of).into_iter().zip(published) {
                assert!(
                    (found - published).abs() < off,
                    "{draws}: {found}, {published}"
                );
            }
        }
    }

    #[test]
    fn what_does_nothing_stays_below_the_noise() {
        let found: [f64; 40] = indices(2_000, |x| x[0]);
        let noise = 2.0 * (62.0f64).sqrt() / 2_000.0;
        let above = found[1..].iter().filter(|index| **index > noise).count();
        assert!(
            found[0] > 0.99 && above <= 3,
            "{above} above {noise}: {found:?}"
        );
    }

    #[test]
    fn equal_numbers_share_a_rank() {
        let numbers = [3.0, f64::INFINITY, 1.0, f64::INFINITY];
        assert_eq!(ranks(&numbers), [1.0, 2.5, 0.0, 2.5]);
    }
}

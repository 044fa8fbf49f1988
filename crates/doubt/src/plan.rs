//! What a draw puts where, made ready once: little to read for each draw, in the
//! order in which rows take it.

use crate::law::{AT_ONCE, Law, Triangles};
use crate::spread::Spread;
use sim::inputs::{Drawing, Place, Sorted};

/// The spreads that are drawn, and room for the numbers of a draw.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// All of them as triangles, so many at a time.
    few: Vec<Few>,
    /// Those that are none, by their place among all.
    others: Vec<(usize, Drawn)>,
    places: Sorted,
    numbers: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Drawn {
    coordinate: usize,
    law: Law,
    factor: f64,
}

#[derive(Clone, Copy, Debug)]
struct Few {
    coordinates: [usize; AT_ONCE],
    laws: Triangles,
    factors: [f64; AT_ONCE],
}

impl Few {
    /// Of so many at most, the last one again where there are fewer.
    fn of(drawn: &[Drawn]) -> Self {
        let each = |i: usize| drawn[i.min(drawn.len() - 1)];
        let laws: Vec<Law> = drawn.iter().map(|drawn| drawn.law).collect();
        Self {
            coordinates: std::array::from_fn(|i| each(i).coordinate),
            laws: Triangles::of(&laws),
            factors: std::array::from_fn(|i| each(i).factor),
        }
    }

    fn at(&self, point: &[f64]) -> [f64; AT_ONCE] {
        let mut numbers = self.laws.at(self.coordinates.map(|i| point[i]));
        for (number, factor) in numbers.iter_mut().zip(self.factors) {
            *number *= factor;
        }
        numbers
    }
}

impl Plan {
    /// Of those spreads that have a coordinate.
    pub fn of(spreads: &[Spread], coordinates: &[Option<usize>]) -> Self {
        let drawn = spreads.iter().zip(coordinates);
        let drawn = drawn.filter_map(|(spread, coordinate)| {
            let place = spread.place();
            let drawn = Drawn {
                coordinate: (*coordinate)?,
                law: spread.law(),
                factor: place.factor(),
            };
            Some((place, drawn))
        });
        let mut drawn: Vec<(Place, Drawn)> = drawn.collect();
        drawn.sort_by_key(|(place, _)| place.order());
        let places = Sorted::of(drawn.iter().map(|(place, _)| *place));
        let drawn: Vec<Drawn> = drawn.into_iter().map(|(_, drawn)| drawn).collect();
        let others = drawn.iter().copied().enumerate();
        Self {
            few: drawn.chunks(AT_ONCE).map(Few::of).collect(),
            others: others.filter(|(_, d)| !d.law.is_triangle()).collect(),
            numbers: vec![0.0; drawn.len().next_multiple_of(AT_ONCE)],
            places,
        }
    }

    /// Puts the draw at that point in place.
    pub fn put(&mut self, point: &[f64], drawing: &mut Drawing) {
        let numbers = &mut self.numbers;
        for (few, numbers) in self.few.iter().zip(numbers.chunks_exact_mut(AT_ONCE)) {
            numbers.copy_from_slice(&few.at(point));
        }
        for (at, drawn) in &self.others {
            numbers[*at] = drawn.law.at(point[drawn.coordinate]) * drawn.factor;
        }
        drawing.put_sorted(&self.places, numbers);
    }
}

//! What a draw puts where, made ready once: little to read for each draw, in the
//! order in which rows take it.

use crate::law::Law;
use crate::spread::Spread;
use sim::inputs::{Drawing, Place, Sorted};

/// The spreads that are drawn, and room for the numbers of a draw.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    drawn: Vec<Drawn>,
    places: Sorted,
    numbers: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Drawn {
    coordinate: usize,
    law: Law,
    factor: f64,
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
        Self {
            numbers: vec![0.0; drawn.len()],
            drawn,
            places,
        }
    }

    /// Puts the draw at that point in place.
    pub fn put(&mut self, point: &[f64], drawing: &mut Drawing) {
        for (drawn, number) in self.drawn.iter().zip(&mut self.numbers) {
            *number = drawn.law.at(point[drawn.coordinate]) * drawn.factor;
        }
        drawing.put_sorted(&self.places, &self.numbers);
    }
}

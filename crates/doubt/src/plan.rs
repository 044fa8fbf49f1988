//! What a draw puts where, made ready once: little to read for each draw, in the
//! order in which rows take it.

use crate::spread::{Law, Spread};
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
        let drawn = drawn.filter_map(|(spread, coordinate)| Some((spread, (*coordinate)?)));
        let mut drawn: Vec<(Place, Drawn)> = drawn
            .map(|(spread, coordinate)| {
                let place = spread.place();
                let (law, factor) = (spread.law(), place.factor());
                (
                    place,
                    Drawn {
                        coordinate,
                        law,
                        factor,
                    },
                )
            })
            .collect();
        drawn.sort_by_key(|(place, _)| place.order());
        Self {
            places: Sorted::of(drawn.iter().map(|(place, _)| *place)),
            numbers: Vec::with_capacity(drawn.len()),
            drawn: drawn.into_iter().map(|(_, drawn)| drawn).collect(),
        }
    }

    /// Puts the draw at that point in place.
    pub fn put(&mut self, point: &[f64], drawing: &mut Drawing) {
        let Self {
            drawn,
            places,
            numbers,
        } = self;
        numbers.clear();
        numbers.extend(
            drawn
                .iter()
                .map(|drawn| drawn.law.at(point[drawn.coordinate]) * drawn.factor),
        );
        drawing.put_sorted(places, numbers);
    }
}

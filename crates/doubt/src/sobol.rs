//! Sobol points: numbers that fill the cube evenly, so that fewer draws do.
//!
//! Direction numbers of Joe and Kuo (set D6), scrambled by the seed as Owen does:
//! each dimension's digits are turned over at random, nested, by a hash. Sources:
//! [joe-kuo-2008], [burley-2020].

const BITS: usize = 32;
/// Dimensions that there are numbers for.
pub const DIMENSIONS: usize = 48;

/// Coefficients of the primitive polynomial and first numbers of each dimension
/// but the first. Source: [joe-kuo-2008], new-joe-kuo-6.
#[rustfmt::skip]
const DIRECTIONS: [(u32, &[u32]); DIMENSIONS - 1] = [
    (0, &[1]),
    (1, &[1, 3]),
    (1, &[1, 3, 1]),
    (2, &[1, 1, 1]),
    (1, &[1, 1, 3, 3]),
    (4, &[1, 3, 5, 13]),
    (2, &[1, 1, 5, 5, 17]),
    (4, &[1, 1, 5, 5, 5]),
    (7, &[1, 1, 7, 11, 19]),
    (11, &[1, 1, 5, 1, 1]),
    (13, &[1, 1, 1, 3, 11]),
    (14, &[1, 3, 5, 5, 31]),
    (1, &[1, 3, 3, 9, 7, 49]),
    (13, &[1, 1, 1, 15, 21, 21]),
    (16, &[1, 3, 1, 13, 27, 49]),
    (19, &[1, 1, 1, 15, 7, 5]),
    (22, &[1, 3, 1, 15, 13, 25]),
    (25, &[1, 1, 5, 5, 19, 61]),
    (1, &[1, 3, 7, 11, 23, 15, 103]),
    (4, &[1, 3, 7, 13, 13, 15, 69]),
    (7, &[1, 1, 3, 13, 7, 35, 63]),
    (8, &[1, 3, 5, 9, 1, 25, 53]),
    (14, &[1, 3, 1, 13, 9, 35, 107]),
    (19, &[1, 3, 1, 5, 27, 61, 31]),
    (21, &[1, 1, 5, 11, 19, 41, 61]),
    (28, &[1, 3, 5, 3, 3, 13, 69]),
    (31, &[1, 1, 7, 13, 1, 19, 1]),
    (32, &[1, 3, 7, 5, 13, 19, 59]),
    (37, &[1, 1, 3, 9, 25, 29, 41]),
    (41, &[1, 3, 5, 13, 23, 1, 55]),
    (42, &[1, 3, 7, 3, 13, 59, 17]),
    (50, &[1, 3, 1, 3, 5, 53, 69]),
    (55, &[1, 1, 5, 5, 23, 33, 13]),
    (56, &[1, 1, 7, 7, 1, 61, 123]),
    (59, &[1, 1, 7, 9, 13, 61, 49]),
    (62, &[1, 3, 3, 5, 3, 55, 33]),
    (14, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (21, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (22, &[1, 3, 1, 11, 11, 11, 77, 249]),
    (38, &[1, 3, 1, 11, 27, 43, 71, 9]),
    (47, &[1, 1, 7, 15, 21, 11, 81, 45]),
    (49, &[1, 3, 7, 3, 25, 31, 65, 79]),
    (50, &[1, 3, 1, 1, 19, 11, 3, 205]),
    (52, &[1, 1, 5, 9, 19, 21, 29, 157]),
    (56, &[1, 3, 7, 11, 1, 33, 89, 185]),
    (67, &[1, 3, 3, 3, 15, 9, 79, 71]),
    (70, &[1, 3, 7, 11, 15, 39, 119, 27]),
];

/// One dimension's directions: the point of index i is the sum of those of its
/// Gray code's bits.
type Directions = [u32; BITS];

/// By bit, since a step takes one of all dimensions; the lowest digit first.
static ALL: [[u32; DIMENSIONS]; BITS] = {
    let mut all = [[0; DIMENSIONS]; BITS];
    let mut dimension = 0;
    while dimension < DIMENSIONS {
        let directions = match dimension {
            0 => directions((0, &[])),
            _ => directions(DIRECTIONS[dimension - 1]),
        };
        let mut bit = 0;
        while bit < BITS {
            all[bit][dimension] = directions[bit].reverse_bits();
            bit += 1;
        }
        dimension += 1;
    }
    all
};

/// Without first numbers, those of the first dimension: one digit each.
const fn directions((polynomial, first): (u32, &[u32])) -> Directions {
    let degree = first.len();
    let mut v = [0; BITS];
    let mut bit = 0;
    while bit < BITS {
        if degree == 0 {
            v[bit] = 1 << (BITS - 1 - bit);
        } else if bit < degree {
            v[bit] = first[bit] << (BITS - 1 - bit);
        } else {
            let mut next = v[bit - degree] ^ (v[bit - degree] >> degree);
            let mut k = 1;
            while k < degree {
                if (polynomial >> (degree - 1 - k)) & 1 == 1 {
                    next ^= v[bit - k];
                }
                k += 1;
            }
            v[bit] = next;
        }
        bit += 1;
    }
    v
}

/// The points in order, unscrambled.
#[derive(Clone, Debug)]
pub struct Sobol {
    index: u32,
    /// The lowest digit first, as scrambling wants them.
    point: [u32; DIMENSIONS],
}

impl Sobol {
    /// At the point of that index.
    pub fn at(index: u32) -> Self {
        let gray = index ^ (index >> 1);
        let mut point = [0; DIMENSIONS];
        for (bit, directions) in ALL.iter().enumerate() {
            if (gray >> bit) & 1 == 1 {
                add(&mut point, directions);
            }
        }
        Self { index, point }
    }

    /// The coordinates as parts of 2³², their digits from the lowest to the highest.
    pub fn point(&self) -> &[u32; DIMENSIONS] {
        &self.point
    }

    /// Goes on to the next point.
    pub fn advance(&mut self) {
        self.index = self.index.wrapping_add(1);
        let bit = self.index.trailing_zeros() as usize % BITS;
        add(&mut self.point, &ALL[bit]);
    }
}

/// Adds directions to a point, digit by digit.
fn add(point: &mut [u32; DIMENSIONS], directions: &[u32; DIMENSIONS]) {
    for (coordinate, direction) in point.iter_mut().zip(directions) {
        *coordinate ^= direction;
    }
}

/// The coordinate with its digits turned over at random, each by those before
/// it: an even spread stays even. It is read from its lowest digit, and written as a
/// part of 2³². Source: [burley-2020], listing 3, with the constants of Vegdahl.
pub fn scrambled(coordinate: u32, seed: u32) -> u32 {
    let mut x = coordinate;
    x ^= x.wrapping_mul(0x3D20_ADEA);
    x = x.wrapping_add(seed);
    x = x.wrapping_mul((seed >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6C56);
    x ^= x.wrapping_mul(0x53A2_2864);
    x.reverse_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first points that Joe and Kuo's own program prints.
    #[test]
    fn first_points_are_the_published_ones() {
        let published = [
            [0.0, 0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375],
            [0.875, 0.875, 0.125, 0.375, 0.875],
            [0.625, 0.125, 0.875, 0.625, 0.625],
            [0.125, 0.625, 0.375, 0.125, 0.125],
        ];
        let mut points = Sobol::at(0);
        for (i, wanted) in (0..).zip(published) {
            let point = points
                .point()
                .map(|x| f64::from(x.reverse_bits()) / 2f64.powi(32));
            assert_eq!(point[..5], wanted, "point {i}");
            assert_eq!(Sobol::at(i).point(), points.point());
            points.advance();
        }
    }

    /// 2ᵏ points put one into each 2ᵏ-th of every axis, scrambled or not.
    #[test]
    fn every_axis_is_filled_evenly() {
        for seed in [None, Some(1), Some(0xDEAD_BEEF)] {
            let mut points = Sobol::at(0);
            let mut seen = vec![[false; DIMENSIONS]; 256];
            for _ in 0..256 {
                for (d, x) in points.point().iter().enumerate() {
                    let x = seed.map_or(x.reverse_bits(), |seed| scrambled(*x, seed));
                    let cell = &mut seen[(x >> 24) as usize][d];
                    assert!(!*cell, "dimension {d} has two in one part");
                    *cell = true;
                }
                points.advance();
            }
        }
    }
}

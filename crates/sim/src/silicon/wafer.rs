//! Whole dies on a round wafer.

use super::memo::{Memo, remembered};
use super::plateaus::{self, Laid};
use units::{Area, Length};

/// A wafer and the street between dies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wafer {
    /// Diameter.
    pub diameter: Length,
    /// Ring at the rim that holds no good die.
    pub edge: Length,
    /// Street between dies.
    pub scribe: Length,
    /// Width of the scanner's field: a die larger than its square is longer.
    pub field_width: Length,
}

/// Offsets tried along each side of the grid's cell.
const OFFSETS: u32 = 40;

/// Width and height of a die of this area, in millimetres: square while it fits
/// the field's width, longer after that.
pub(super) fn sides(area: Area, wafer: &Wafer) -> (f64, f64) {
    let square = area.get().max(0.0).sqrt();
    let width = square.min(wafer.field_width.get());
    (width, if width > 0.0 { area.get() / width } else { 0.0 })
}

thread_local! {
    static DIES: Memo<5> = const { Memo::new() };
}

/// Whole dies of that area, by trying the grid's offsets.
pub fn exact_dies_per_wafer(area: Area, wafer: &Wafer) -> f64 {
    let arguments = [
        area.get(),
        wafer.diameter.get(),
        wafer.edge.get(),
        wafer.scribe.get(),
        wafer.field_width.get(),
    ];
    remembered(&DIES, arguments, || {
        let (width, height) = sides(area, wafer);
        let count = || wafer.exact_dies(Length::new(width), Length::new(height));
        f64::from(plateaus::dies(wafer.laid(width, height), count))
    })
}

impl Wafer {
    /// How dies of these sides lie on it.
    fn laid(&self, width: f64, height: f64) -> Laid {
        let radius = self.diameter.get() / 2.0 - self.edge.get();
        let scribe = self.scribe.get();
        let pitches = [width + scribe, height + scribe];
        let [by_width, by_height] = pitches.map(|pitch| 1.0 / pitch);
        [
            radius * by_width,
            radius * by_height,
            scribe * by_width,
            scribe * by_height,
        ]
    }

    /// Most whole dies of these sides over 40 × 40 offsets of the grid: all
    /// four corners inside the usable radius. The mirror images of an offset
    /// give the same count, so half of each side is tried.
    pub fn exact_dies(&self, width: Length, height: Length) -> u32 {
        let pitch_x = (width + self.scribe).get();
        let pitch_y = (height + self.scribe).get();
        let radius = self.diameter.get() / 2.0 - self.edge.get();
        if width.get() <= 0.0 || height.get() <= 0.0 || radius <= 0.0 {
            return 0;
        }
        // All in steps of the horizontal offset.
        let unit = f64::from(OFFSETS) / pitch_x;
        if radius * unit > MOST_STEPS {
            return 0;
        }
        let (radius, pitch, height) = (radius * unit, pitch_y * unit, height.get() * unit);
        let width = width.get() * unit;
        let offset = |j: usize| j.min(TRIED - 1) as f64 / f64::from(OFFSETS) * pitch;
        let offsets: [f64; LANES] = std::array::from_fn(offset);
        let widest = offsets[LANES - 1];
        let mut dies = AtOffsets::none();
        // Rows that the rim cuts off at some offset hold no die there.
        let mut row = -f64::from(steps((radius + widest) / pitch));
        while row * pitch <= radius - height {
            dies.add(&Row::of(&offsets, row * pitch, height, width, radius));
            row += 1.0;
        }
        dies.most()
    }
}

/// Offsets tried along one side.
const TRIED: usize = OFFSETS as usize / 2 + 1;
/// Vertical offsets, the last one several times to fill whole registers.
const LANES: usize = TRIED.next_multiple_of(8);

/// A row of dies at each vertical offset.
struct Row {
    /// Steps that it reaches to the left of the middle.
    before: [u16; LANES],
    /// Steps to the right of it, and a pitch, at which its last die may begin.
    last: [u16; LANES],
}

impl Row {
    /// Of dies whose lower edges lie that much above the offsets. One offset after
    /// the other and nothing else: processors take several at once.
    #[inline]
    fn of(offsets: &[f64; LANES], above: f64, height: f64, width: f64, radius: f64) -> Self {
        let mut row = Self {
            before: [0; LANES],
            last: [0; LANES],
        };
        for (j, offset) in offsets.iter().enumerate() {
            let low = offset + above;
            // Half the chord that the row may use.
            let far = larger(low + height, -low);
            let half = larger(radius * radius - far * far, 0.0).sqrt();
            // Neither is below zero: a die is no wider than its pitch.
            row.before[j] = steps(half) as u16;
            row.last[j] = (steps(half - width) + OFFSETS as i32) as u16;
        }
        row
    }
}

/// Steps of half a wafer, of dies so narrow (0.1 mm) that nobody cuts them.
const MOST_STEPS: f64 = 60_000.0;

/// Dies at every offset.
struct AtOffsets {
    /// At all horizontal offsets, by the vertical one.
    always: [u32; LANES],
    /// What each horizontal offset has more than the one before it; last, all those
    /// that are not tried.
    changes: [[i16; LANES]; PLACES],
}

/// Room for the changes at the offsets that are tried, a power of two.
const PLACES: usize = (TRIED + 1).next_power_of_two();

impl AtOffsets {
    fn none() -> Self {
        Self {
            always: [0; LANES],
            changes: [[0; LANES]; PLACES],
        }
    }

    /// Adds a row: at offset i it holds ⌊(before + i)/40⌋ + ⌊(last − i)/40⌋ dies,
    /// none if that is less.
    #[inline]
    fn add(&mut self, row: &Row) {
        const STEPS: u16 = OFFSETS as u16;
        const UNTRIED: u16 = TRIED as u16;
        let (mut always, mut mores, mut lesses) = ([0; LANES], [0; LANES], [0; LANES]);
        for j in 0..LANES {
            let (before, last) = (row.before[j], row.last[j]);
            always[j] = before / STEPS + last / STEPS;
            // The first offsets at which one more fits on the left, one less on the
            // right.
            let (more, less) = (STEPS - before % STEPS, last % STEPS + 1);
            // Whether a row is too short is a toss: no branch.
            let counts = (always[j] > 0) | (more < less);
            mores[j] = if counts { more.min(UNTRIED) } else { UNTRIED };
            lesses[j] = if counts { less.min(UNTRIED) } else { UNTRIED };
        }
        for (known, more) in self.always.iter_mut().zip(always) {
            *known += u32::from(more);
        }
        // The remainders change nothing and say that no place is beyond the last.
        for j in 0..LANES {
            self.changes[usize::from(mores[j]) % PLACES][j] += 1;
            self.changes[usize::from(lesses[j]) % PLACES][j] -= 1;
        }
    }

    /// Most dies at any offset.
    fn most(&self) -> u32 {
        let (mut beyond, mut most) = ([0; LANES], [0; LANES]);
        for changes in &self.changes[1..TRIED] {
            for j in 0..LANES {
                beyond[j] += changes[j];
                most[j] = most[j].max(beyond[j]);
            }
        }
        let dies = self.always.iter().zip(most);
        dies.fold(0, |known, (always, most)| {
            known.max(always.saturating_add_signed(most.into()))
        })
    }
}

/// The larger of two numbers, neither of which is none.
#[inline]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// One and a half times 2⁵²: added to a number of no more than 31 bits, it leaves
/// its whole part, rounded, in the lowest.
const ROUNDS: f64 = 6_755_399_441_055_744.0;

/// A half, less a hair: what lies this near below a whole number is one.
const DOWN: f64 = 0.5 - 4e-11;

/// The whole number at or below, several times faster than the library's where
/// the processor has no instruction for it, and without a branch.
#[inline]
fn steps(x: f64) -> i32 {
    (x - DOWN + ROUNDS).to_bits() as i32
}

/// N = πd²/(4A) − πd/√(2A). Source: [de-vries-2005]. `area` includes the
/// scribe, `diameter` is the usable one.
pub fn first_order_dies_per_wafer(area: Area, diameter: Length) -> f64 {
    let (a, d) = (area.get(), diameter.get());
    let pi = std::f64::consts::PI;
    (pi * d * d / (4.0 * a) - pi * d / (2.0 * a).sqrt()).max(0.0)
}

/// N = πd²/(4A) · e^(−2√A/d). Source: [de-vries-2005]. `area` includes the
/// scribe, `diameter` is the usable one.
pub fn exponential_dies_per_wafer(area: Area, diameter: Length) -> f64 {
    let (a, d) = (area.get(), diameter.get());
    std::f64::consts::PI * d * d / (4.0 * a) * libm::exp(-2.0 * a.sqrt() / d)
}

/// N = πd²/(4A) − 0.58·πd/√A. Source: [de-vries-2005]. `area` includes the
/// scribe, `diameter` is the usable one.
pub fn corrected_dies_per_wafer(area: Area, diameter: Length) -> f64 {
    let (a, d) = (area.get(), diameter.get());
    let pi = std::f64::consts::PI;
    (pi * d * d / (4.0 * a) - 0.58 * pi * d / a.sqrt()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row at every offset, one by one.
    fn one_by_one(wafer: &Wafer, width: f64, height: f64) -> u32 {
        let (pitch_x, pitch_y) = (width + wafer.scribe.get(), height + wafer.scribe.get());
        let radius = wafer.diameter.get() / 2.0 - wafer.edge.get();
        let dies = |x: f64, y: f64| {
            let mut dies = 0;
            for row in -40..40 {
                let low = y + f64::from(row) * pitch_y;
                let far = low.abs().max((low + height).abs());
                for column in -40..40 {
                    let left = x + f64::from(column) * pitch_x;
                    let side = left.abs().max((left + width).abs());
                    dies += u32::from(side * side + far * far <= radius * radius);
                }
            }
            dies
        };
        let offsets = || (0..=OFFSETS / 2).map(|i| f64::from(i) / f64::from(OFFSETS));
        let counts = offsets().flat_map(|y| offsets().map(move |x| (x, y)));
        let counts = counts.map(|(x, y)| dies(x * pitch_x, y * pitch_y));
        counts.max().unwrap_or(0)
    }

    #[test]
    fn rows_are_counted_as_dies_one_by_one() {
        for (edge, scribe) in [(3.0, 0.1), (2.37, 0.171), (4.91, 0.083)] {
            let wafer = Wafer {
                diameter: Length::new(300.0),
                edge: Length::new(edge),
                scribe: Length::new(scribe),
                field_width: Length::new(26.0),
            };
            for (width, height) in [(25.8, 25.8), (26.0, 33.0), (17.3, 21.1), (9.7, 11.7)] {
                assert_eq!(
                    wafer.exact_dies(Length::new(width), Length::new(height)),
                    one_by_one(&wafer, width, height),
                    "{width} × {height} mm, {edge}, {scribe}"
                );
            }
        }
    }
}

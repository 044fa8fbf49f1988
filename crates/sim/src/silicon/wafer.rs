//! Whole dies on a round wafer.

use super::memo::{Memo, remembered};
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
        f64::from(wafer.exact_dies(Length::new(width), Length::new(height)))
    })
}

impl Wafer {
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
        let height = height.get();
        let width = width.get() / pitch_x;
        let mut most = 0;
        for j in 0..=OFFSETS / 2 {
            let offset = f64::from(j) / f64::from(OFFSETS) * pitch_y;
            let mut row = -floor((radius + offset) / pitch_y);
            let mut dies = AtOffsets::default();
            loop {
                let low = offset + row * pitch_y;
                let high = low + height;
                if high > radius {
                    break;
                }
                // Half the chord that the row may use.
                let far = high.max(-low);
                let half = (radius * radius - far * far).max(0.0).sqrt() / pitch_x;
                dies.add(half, half - width);
                row += 1.0;
            }
            most = most.max(dies.most());
        }
        most
    }
}

/// Offsets tried along one side.
const TRIED: usize = OFFSETS as usize / 2 + 1;
/// A byte for each offset, eight to a word.
type Lanes = [u64; TRIED.div_ceil(8)];
/// Rows after which a lane might be full.
const FULL: i32 = 100;

/// A one in each lane from that offset on.
const FROM: [Lanes; 64] = {
    let mut from = [[0; TRIED.div_ceil(8)]; 64];
    let mut first = 0;
    while first < 64 {
        let mut lane = first;
        while lane < TRIED {
            from[first][lane / 8] |= 1 << (lane % 8 * 8);
            lane += 1;
        }
        first += 1;
    }
    from
};

/// Dies of rows at every horizontal offset.
#[derive(Default)]
struct AtOffsets {
    /// At all of them, one less for each row in the lanes.
    always: i32,
    /// Rows in the lanes.
    rows: i32,
    lanes: Lanes,
    /// What the lanes held when they were full.
    counts: [i32; TRIED],
}

impl AtOffsets {
    /// Adds a row that reaches `before` pitches to the left of the middle, and
    /// whose last die may begin `last` pitches to the right of it: at offset i/40
    /// it holds ⌊before + i/40⌋ + ⌊last − i/40⌋ + 1 dies, none if that is less.
    #[inline]
    fn add(&mut self, before: f64, last: f64) {
        let step = f64::from(OFFSETS);
        let (whole, whole_last) = (floor(before), floor(last));
        // The first offsets at which one more fits on the left, one less on the right.
        let more = -integer(floor((before - whole - 1.0) * step));
        let less = integer(floor((last - whole_last) * step)) + 1;
        let always = integer(whole + whole_last) + 1;
        if always > 0 || (always == 0 && more < less) {
            // One more, and one that is not yet less: two for every offset, less one.
            self.always += always - 1;
            let more = FROM[more as usize % FROM.len()];
            let less = FROM[less as usize % FROM.len()];
            for (lanes, ((more, all), less)) in self
                .lanes
                .iter_mut()
                .zip(more.iter().zip(FROM[0]).zip(less))
            {
                *lanes += more + all - less;
            }
            self.rows += 1;
            if self.rows == FULL {
                self.empty();
            }
        }
    }

    fn empty(&mut self) {
        for (lane, count) in self.counts.iter_mut().enumerate() {
            *count += in_lane(&self.lanes, lane);
        }
        self.lanes = Lanes::default();
        self.rows = 0;
    }

    /// Most dies at any offset.
    fn most(&self) -> u32 {
        let counts = self.counts.iter().enumerate();
        let counts = counts.map(|(lane, count)| count + in_lane(&self.lanes, lane));
        (self.always + counts.fold(0, i32::max))
            .max(0)
            .unsigned_abs()
    }
}

fn in_lane(lanes: &Lanes, lane: usize) -> i32 {
    i32::from((lanes[lane / 8] >> (lane % 8 * 8)) as u8)
}

/// One and a half times 2⁵²: added to a number of no more than 31 bits, it leaves
/// its whole part, rounded, in the lowest.
const ROUNDS: f64 = 6_755_399_441_055_744.0;

/// A half, less a hair: what lies this near below a whole number is one.
const DOWN: f64 = 0.5 - 1e-12;

/// The whole number at or below, several times faster than the library's where
/// the processor has no instruction for it, and without a branch.
#[inline]
fn floor(x: f64) -> f64 {
    (x - DOWN + ROUNDS) - ROUNDS
}

/// A whole number as one.
#[inline]
fn integer(whole: f64) -> i32 {
    (whole + ROUNDS).to_bits() as i32
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

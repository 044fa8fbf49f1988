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
        let step = f64::from(OFFSETS);
        (0..=OFFSETS / 2)
            .map(|j| {
                let rows = rows(f64::from(j) / step * pitch_y, pitch_y, height.get(), radius);
                (0..=OFFSETS / 2)
                    .map(|i| dies_at(&rows, f64::from(i) / step * pitch_x, pitch_x, width.get()))
                    .max()
                    .unwrap_or(0)
            })
            .max()
            .unwrap_or(0)
    }
}

/// Half the chord that each row of dies may use.
fn rows(offset: f64, pitch: f64, height: f64, radius: f64) -> Vec<f64> {
    let first = ((-radius - offset) / pitch).ceil() as i64;
    let mut chords = Vec::new();
    let mut row = first;
    loop {
        let low = offset + row as f64 * pitch;
        let high = low + height;
        if high > radius {
            return chords;
        }
        let far = low.abs().max(high.abs());
        chords.push((radius * radius - far * far).max(0.0).sqrt());
        row += 1;
    }
}

/// Dies of all rows at this horizontal offset.
fn dies_at(rows: &[f64], offset: f64, pitch: f64, width: f64) -> u32 {
    rows.iter()
        .map(|half| {
            let before = floor((half + offset) / pitch);
            let last = floor((half - width - offset) / pitch);
            (last + before + 1).max(0).unsigned_abs()
        })
        .sum()
}

/// The whole number at or below: a truncation and a correction, several times
/// faster than the library's where the processor has no instruction for it.
fn floor(x: f64) -> i32 {
    let whole = x as i32;
    if f64::from(whole) > x {
        whole - 1
    } else {
        whole
    }
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

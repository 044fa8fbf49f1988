//! Whiskers: from where to where a number may lie, beside its bar or its point.

use crate::axis::Axis;
use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::plot::{Plot, draw_wrapped, wrapped_height};
use crate::sheet::PX;

/// Where a number may lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whisker {
    /// From where to where; an end that is infinite, or none of its axis, goes on.
    /// Without ends nothing is drawn: room is kept for what is to come.
    pub ends: Option<[f64; 2]>,
    /// Its middle.
    pub middle: Option<f64>,
    /// What it is, in words; may be empty.
    pub text: String,
    /// What is said of it to a reader who points at it; may be empty.
    pub said: String,
}

/// From the edge of a bar to what lies under its whisker.
pub(crate) const TALL: i32 = 10 * PX;
/// Half of the strokes at its ends.
const CAP: i32 = 35;

impl Whisker {
    /// The farther end, if it is a number.
    pub(crate) fn farthest(&self) -> Option<f64> {
        let [_, high] = self.ends?;
        Some(high).filter(|high| high.is_finite())
    }

    /// Height that it takes under a bar with its words in that width.
    pub(crate) fn height(&self, face: Type, width: i32) -> i32 {
        TALL + wrapped_height(&self.text, face, width)
    }

    /// Writes its words under it, in the middle as far as there is room.
    pub(crate) fn write(
        &self,
        canvas: &Canvas,
        at: &dyn Fn(f64) -> (i32, bool),
        face: Type,
        (left, top, width): (i32, i32, i32),
    ) {
        let middle = self.ends.map_or(left, |ends| {
            let [from, to] = ends.map(at);
            (from.0 + to.0) / 2
        });
        let words = face.width(&self.text);
        let spare = (width - words).max(0);
        let begin = (middle - words / 2).clamp(left, left + spare);
        draw_wrapped(
            canvas,
            &self.text,
            face,
            (begin, top + TALL),
            left + width - begin,
        );
    }

    /// Draws it under a bar that ends at `top`: `at` gives each end's place, and
    /// whether it goes on beyond that.
    pub(crate) fn draw_level(&self, canvas: &Canvas, top: i32, at: &dyn Fn(f64) -> (i32, bool)) {
        let Some(ends) = self.ends else { return };
        let (y, [from, to]) = (top + TALL / 2 + 5, ends.map(at));
        let pen = Pen::line(Ink::Ink, 15);
        canvas.open_titled("", &self.text);
        canvas.path(vec![(from.0, y), (to.0, y)], pen);
        for ((x, goes_on), out) in [(from, -1), (to, 1)] {
            if goes_on {
                let back = x - out * 5 * PX;
                canvas.path(vec![(back, y - CAP), (x, y), (back, y + CAP)], pen);
            } else {
                canvas.path(vec![(x, y - CAP), (x, y + CAP)], pen);
            }
        }
        if let Some((x, false)) = self.middle.map(at) {
            canvas.path(vec![(x, y - CAP), (x, y + CAP)], Pen::line(Ink::Ink, 30));
        }
        canvas.close();
        let place = Bounds {
            left: from.0,
            top: y - CAP,
            right: to.0,
            bottom: y + CAP,
        };
        canvas.mark(place, &self.said);
    }

    /// Draws it upright at that place of a plot.
    pub(crate) fn draw_upright(&self, canvas: &Canvas, plot: &Plot, axis: &Axis, x: f64) {
        let Some(ends) = self.ends.filter(|_| plot.x.holds(x)) else {
            return;
        };
        let at = |value: f64| {
            let clean = axis.clean(value);
            let (low, high) = plot.y.ends();
            let shown = clean.unwrap_or(if value > 0.0 { high } else { low });
            let goes_on = clean.is_none_or(|value| !plot.y.holds(value));
            (plot.at((x, plot.y.clamped(shown))), goes_on)
        };
        // Thicker than the rule that it may stand on.
        let (pen, cap) = (Pen::line(Ink::Ink, 40), 2 * CAP);
        let [from, to] = ends.map(at);
        canvas.open_titled("", &self.text);
        canvas.path(vec![from.0, to.0], pen);
        for (((x, y), goes_on), out) in [(from, 1), (to, -1)] {
            let back = y - if goes_on { out * 5 * PX } else { 0 };
            canvas.path(vec![(x - cap, back), (x, y), (x + cap, back)], pen);
        }
        if let Some(((x, y), false)) = self.middle.map(at) {
            canvas.path(vec![(x - cap, y), (x + cap, y)], pen);
        }
        canvas.close();
        let place = Bounds {
            left: to.0.0 - cap,
            top: to.0.1,
            right: to.0.0 + cap,
            bottom: from.0.1,
        };
        canvas.mark(place, &self.said);
    }
}

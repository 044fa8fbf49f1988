//! Axes: from a value to a place, and which values get a tick.
//!
//! Logarithms come from `libm`, so that a position is the same on every
//! machine; the rest is IEEE arithmetic.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Evenly, over the values shown.
    #[default]
    Linear,
    /// Evenly, zero included.
    FromZero,
    /// By orders of magnitude; values that are not above zero are left out.
    Log,
}

/// One axis of a chart.
#[derive(Clone)]
pub struct Axis<'a> {
    /// What is measured, with its unit.
    pub label: String,
    /// How values are spread.
    pub scale: Scale,
    /// Ticks at whole numbers only.
    pub whole: bool,
    /// First and last value shown; by default those of the data.
    pub range: Option<(f64, f64)>,
    /// Values that get a tick where there is room; by default 1-2-5 steps.
    pub ticks: Vec<f64>,
    /// The words of a tick.
    pub format: &'a dyn Fn(f64) -> String,
}

impl<'a> Axis<'a> {
    /// An axis over the data, with ticks of its own choice.
    pub fn new(label: impl Into<String>, scale: Scale, format: &'a dyn Fn(f64) -> String) -> Self {
        Axis {
            label: label.into(),
            scale,
            whole: false,
            range: None,
            ticks: Vec::new(),
            format,
        }
    }

    /// The value if this axis can show it, kept within ±10^30.
    pub(crate) fn clean(&self, value: f64) -> Option<f64> {
        let shown = value.is_finite() && (self.scale != Scale::Log || value > 0.0);
        shown.then(|| match self.scale {
            Scale::Log => value.clamp(1e-30, 1e30),
            _ => value.clamp(-1e30, 1e30),
        })
    }
}

/// Where the values of an axis lie, as plotters wants to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruler {
    /// Position of the first end: the value, or its logarithm.
    lo: f64,
    /// Position of the other end.
    hi: f64,
    log: bool,
    whole: bool,
}

impl Ruler {
    /// An even ruler between two values, in either direction.
    pub(crate) fn even(lo: f64, hi: f64) -> Self {
        Ruler {
            lo,
            hi,
            log: false,
            whole: false,
        }
    }

    /// The ruler of an axis for these values; `loose` ends it on
    /// round values fit for that many ticks.
    pub(crate) fn over(
        axis: &Axis,
        values: impl Iterator<Item = f64>,
        loose: Option<usize>,
    ) -> Self {
        let log = axis.scale == Scale::Log;
        let place = |v: f64| if log { libm::log10(v) } else { v };
        if let Some((lo, hi)) = axis.range
            && let (Some(lo), Some(hi)) = (axis.clean(lo), axis.clean(hi))
            && place(hi) - place(lo) > 1e-9 * (place(hi).abs() + place(lo).abs())
        {
            let (lo, hi) = (place(lo), place(hi));
            return Ruler {
                lo,
                hi,
                log,
                whole: axis.whole,
            };
        }
        let (mut lo, mut hi) = values
            .filter_map(|v| axis.clean(v))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| {
                (lo.min(place(v)), hi.max(place(v)))
            });
        if lo > hi {
            (lo, hi) = (0.0, 1.0);
        }
        if axis.scale == Scale::FromZero {
            (lo, hi) = (lo.min(0.0), hi.max(0.0));
        }
        if hi - lo <= 1e-9 * (hi.abs() + lo.abs()) {
            // One value alone: leave room on both sides.
            let room = if log { 0.5 } else { (hi.abs() / 2.0).max(0.5) };
            (lo, hi) = (lo - room, hi + room);
        }
        let ruler = Ruler {
            lo,
            hi,
            log,
            whole: axis.whole,
        };
        loose.map_or(ruler, |count| ruler.loosened(count))
    }

    /// The ruler stretched to round values at both ends.
    fn loosened(self, count: usize) -> Self {
        if self.log {
            let down = |p: f64| (p.floor(), p - p.floor());
            let (base, rest) = down(self.lo + 1e-9);
            let lo = base
                + [LOG_5, LOG_2]
                    .into_iter()
                    .find(|&m| m <= rest)
                    .unwrap_or(0.0);
            let (base, rest) = down(self.hi - 1e-9);
            let hi = base
                + [LOG_2, LOG_5]
                    .into_iter()
                    .find(|&m| m >= rest)
                    .unwrap_or(1.0);
            return Ruler { lo, hi, ..self };
        }
        // Half a tick's step is enough: the last tick may lie under the data.
        let (mantissa, power) = linear_step(self.lo, self.hi, count * 2, self.whole);
        let first = (steps(self.lo, mantissa, power) + 1e-9).floor();
        let last = (steps(self.hi, mantissa, power) - 1e-9).ceil();
        Ruler {
            lo: multiple(first, mantissa, power),
            hi: multiple(last, mantissa, power),
            ..self
        }
    }

    /// At most about `count` round values within the ruler.
    pub(crate) fn ticks(&self, count: usize) -> Vec<f64> {
        let (lo, hi) = (self.lo.min(self.hi), self.lo.max(self.hi));
        if !self.log {
            return linear_ticks(lo, hi, count, self.whole);
        }
        let (first, last) = ((lo - 1e-9).ceil() as i32, (hi + 1e-9).floor() as i32);
        let decades = (last - first + 1).max(0) as usize;
        if decades < 2 && hi - lo < 1.0 {
            let ends = (libm::pow(10.0, lo), libm::pow(10.0, hi));
            return linear_ticks(ends.0, ends.1, count, self.whole);
        }
        let mantissas: &[f64] = match decades {
            n if n * 3 <= count => &[1.0, 2.0, 5.0],
            _ => &[1.0],
        };
        let every = decades.div_ceil(count.max(1)).max(1);
        (first - 1..=last)
            .filter(|d| (d - first).rem_euclid(every as i32) == 0)
            .flat_map(|d| mantissas.iter().map(move |&m| multiple(1.0, m, d)))
            .filter(|&v| self.holds(v))
            .collect()
    }

    /// True where the value lies within the ruler.
    pub(crate) fn holds(&self, value: f64) -> bool {
        let share = self.share(value);
        (-1e-6..=1.0 + 1e-6).contains(&share)
    }

    /// The value, brought to the nearer end when outside.
    pub(crate) fn clamped(&self, value: f64) -> f64 {
        match self.share(value) {
            s if s <= 0.0 => self.value(self.lo),
            s if s >= 1.0 => self.value(self.hi),
            _ => value,
        }
    }

    /// First and last value of the ruler.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.value(self.lo), self.value(self.hi))
    }

    fn value(&self, place: f64) -> f64 {
        if self.log {
            libm::pow(10.0, place)
        } else {
            place
        }
    }

    /// How far along the ruler a value lies: 0 at one end, 1 at the other.
    fn share(&self, value: f64) -> f64 {
        let place = if self.log { libm::log10(value) } else { value };
        (place - self.lo) / (self.hi - self.lo)
    }
}

impl Ranged for Ruler {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = self.share(*value);
        // A point far outside stays at a distance that an i32 can hold; the
        // chart clips it anyway.
        let share = if share.is_nan() {
            0.0
        } else {
            share.clamp(-9.0, 10.0)
        };
        limit.0 + (f64::from(limit.1 - limit.0) * share).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks(hint.max_num_points())
    }

    fn range(&self) -> Range<f64> {
        let (lo, hi) = self.ends();
        lo..hi
    }
}

impl ValueFormatter<f64> for Ruler {
    fn format(_: &f64) -> String {
        // Words are the caller's; charts write their tick labels themselves.
        String::new()
    }
}

const LOG_2: f64 = std::f64::consts::LOG10_2;
const LOG_5: f64 = 1.0 - LOG_2;

/// `count` times `mantissa`·10^`power`, rounded once so that 3·10^−1 is 0.3.
fn multiple(count: f64, mantissa: f64, power: i32) -> f64 {
    let scale = (0..power.unsigned_abs().min(60)).fold(1.0, |p, _| p * 10.0);
    if power < 0 {
        count * mantissa / scale
    } else {
        count * mantissa * scale
    }
}

/// How many steps of `mantissa`·10^`power` a value is.
fn steps(value: f64, mantissa: f64, power: i32) -> f64 {
    value / multiple(1.0, mantissa, power)
}

/// The 1-2-5 step that cuts a span into at most `count` parts.
fn linear_step(lo: f64, hi: f64, count: usize, whole: bool) -> (f64, i32) {
    let wanted = (hi - lo) / count.max(1) as f64;
    if wanted.is_nan() || wanted <= 0.0 {
        return (1.0, 0);
    }
    let power = libm::log10(wanted).floor() as i32;
    if whole && power < 0 {
        return (1.0, 0);
    }
    for mantissa in [1.0, 2.0, 5.0] {
        if multiple(1.0, mantissa, power) >= wanted * (1.0 - 1e-9) {
            return (mantissa, power);
        }
    }
    (1.0, power + 1)
}

fn linear_ticks(lo: f64, hi: f64, count: usize, whole: bool) -> Vec<f64> {
    let (mantissa, power) = linear_step(lo, hi, count, whole);
    let first = (steps(lo, mantissa, power) - 1e-9).ceil();
    let last = (steps(hi, mantissa, power) + 1e-9).floor();
    let many = (last - first).clamp(-1.0, 200.0) as i32;
    (0..=many)
        .map(|i| multiple(first + f64::from(i), mantissa, power) + 0.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(scale: Scale) -> Axis<'static> {
        Axis::new("", scale, &|v| v.to_string())
    }

    #[test]
    fn linear_ticks_are_round() {
        let ruler = Ruler::over(&axis(Scale::FromZero), [0.93].into_iter(), Some(5));
        assert_eq!(ruler.ticks(5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(Ruler::even(-3.0, 17.0).ticks(5), [0.0, 5.0, 10.0, 15.0]);
    }

    #[test]
    fn whole_axes_have_whole_ticks() {
        let whole = Axis {
            whole: true,
            ..axis(Scale::Linear)
        };
        let ruler = Ruler::over(&whole, [1.0, 3.0].into_iter(), None);
        assert_eq!(ruler.ticks(8), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn log_ticks_follow_the_room() {
        let ruler = Ruler::over(&axis(Scale::Log), [1.0, 1000.0].into_iter(), Some(5));
        assert_eq!(ruler.ticks(5), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(ruler.ticks(12).len(), 10);
        assert_eq!(ruler.ticks(2), [1.0, 100.0]);
        let ruler = Ruler::over(&axis(Scale::Log), [30.0, 45.0].into_iter(), Some(5));
        assert_eq!(ruler.ends().0.round(), 20.0);
        assert!(ruler.ticks(4).len() >= 2);
    }

    #[test]
    fn strange_values_never_break_a_ruler() {
        let odd = [f64::NAN, f64::INFINITY, -0.0, 1e308, -1e308, 5e-324];
        for scale in [Scale::Linear, Scale::FromZero, Scale::Log] {
            for &a in &odd {
                for &b in &odd {
                    let axis = Axis {
                        range: Some((a, b)),
                        ..axis(scale)
                    };
                    let ruler = Ruler::over(&axis, [a, b].into_iter(), Some(5));
                    assert!(ruler.ticks(5).iter().all(|t| t.is_finite()));
                    let place = ruler.map(&a, (0, 10_000));
                    assert!((-90_000..=100_000).contains(&place));
                }
            }
        }
    }
}

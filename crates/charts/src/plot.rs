//! A plotting area with its two rulers, drawn on in data units.

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::element::Rectangle;

use crate::axis::{Axis, Ruler, Scale};
use crate::canvas::Canvas;
use crate::clip::{self, Bounds};
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::metrics;
use crate::sheet::{PX, Sheet, push_tenths};

/// A plotters chart within bounds.
pub(crate) struct Plot<'c> {
    chart: ChartContext<'c, Sheet, Cartesian2d<Ruler, Ruler>>,
    canvas: &'c Canvas,
    pub(crate) bounds: Bounds,
    pub(crate) x: Ruler,
    pub(crate) y: Ruler,
}

impl<'c> Plot<'c> {
    /// The chart within these bounds; none where they leave no room.
    pub(crate) fn new(canvas: &'c Canvas, bounds: Bounds, x: Ruler, y: Ruler) -> Option<Self> {
        let (width, height) = canvas.root.dim_in_pixel();
        let Bounds {
            left,
            top,
            right,
            bottom,
        } = bounds;
        if right - left < 2 * PX || bottom - top < 2 * PX {
            return None;
        }
        let chart = ChartBuilder::on(&canvas.root)
            .margin_left(left)
            .margin_top(top)
            .margin_right(width as i32 - right)
            .margin_bottom(height as i32 - bottom)
            .build_cartesian_2d(x, y)
            .ok()?;
        Some(Plot {
            chart,
            canvas,
            bounds,
            x,
            y,
        })
    }

    /// Where a value lies on the canvas.
    pub(crate) fn at(&self, point: (f64, f64)) -> (i32, i32) {
        self.chart.backend_coord(&point)
    }

    /// Draws the pieces of a line that lie within the bounds.
    pub(crate) fn path(&self, points: &[(f64, f64)], pen: Pen) {
        let places: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
        for piece in clip::pieces_within(&places, &self.bounds) {
            self.canvas.path(piece, pen);
        }
    }

    /// Fills the part of a surface that lies within the bounds.
    pub(crate) fn polygon(&self, points: &[(f64, f64)], pen: Pen) {
        let places: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
        let within = clip::surface_within(places, &self.bounds);
        if within.len() > 2 {
            self.canvas.polygon(within, pen);
        }
    }

    /// Draws a rectangle that lies within the bounds.
    pub(crate) fn rect(&mut self, corners: [(f64, f64); 2], pen: Pen) {
        let drawn = self.chart.draw_series([Rectangle::new(corners, pen)]);
        debug_assert!(drawn.is_ok());
    }

    /// Draws level grid lines with their labels to the left.
    pub(crate) fn draw_y_ticks(&self, ticks: &[(f64, String)], face: Type) {
        let (first, last) = self.x.ends();
        for (value, label) in ticks {
            self.path(&[(first, *value), (last, *value)], Pen::line(Ink::Grid, 10));
            let y = self.at((first, *value)).1;
            let at = (self.bounds.left - 6 * PX, y);
            self.canvas.text(label, face.end(), at);
        }
    }

    /// Draws the base line, tick marks and labels under the plot; `plumb` adds
    /// upright grid lines.
    pub(crate) fn draw_x_ticks(&self, ticks: &[(f64, String)], face: Type, plumb: bool) {
        let bottom = self.bounds.bottom;
        let (y_first, y_last) = self.y.ends();
        for (value, label) in ticks {
            if plumb {
                self.path(
                    &[(*value, y_first), (*value, y_last)],
                    Pen::line(Ink::Grid, 10),
                );
            }
            let x = self.at((*value, y_first)).0;
            self.canvas.path(
                vec![(x, bottom), (x, bottom + 4 * PX)],
                Pen::line(Ink::Muted, 10),
            );
            let half = face.width(label) / 2;
            let x = x.clamp(half, (self.canvas.width - half).max(half));
            let at = (x, bottom + 5 * PX + face.size * 6 / 10);
            self.canvas.text(label, face.middle(), at);
        }
        let ends = vec![(self.bounds.left, bottom), (self.bounds.right, bottom)];
        self.canvas.path(ends, Pen::line(Ink::Muted, 10));
    }
}

/// The ticks of a level axis whose labels keep clear of one another over
/// `length` tenths.
pub(crate) fn x_ticks(axis: &Axis, ruler: &Ruler, length: i32, face: Type) -> Vec<(f64, String)> {
    let worded = |values: Vec<f64>| -> Vec<(f64, String)> {
        values
            .into_iter()
            .filter(|&v| axis.clean(v).is_some() && ruler.holds(v))
            .map(|v| (v, (axis.format)(v)))
            .collect()
    };
    let at = |v: f64| plotters::coord::ranged1d::Ranged::map(ruler, &v, (0, length));
    let clear = |a: &(f64, String), b: &(f64, String)| {
        (at(b.0) - at(a.0)).abs() >= (face.width(&a.1) + face.width(&b.1)) / 2 + 8 * PX
    };
    if !axis.ticks.is_empty() {
        let mut kept: Vec<(f64, String)> = Vec::new();
        for tick in worded(axis.ticks.clone()) {
            if kept.last().is_none_or(|last| clear(last, &tick)) {
                kept.push(tick);
            }
        }
        return kept;
    }
    // Orders of magnitude crowd at one end, so they may start out denser.
    let (each, most) = if axis.scale == Scale::Log {
        (40, 12)
    } else {
        (55, 9)
    };
    let mut count = (length / (each * PX)).clamp(3, most) as usize;
    loop {
        let ticks = worded(ruler.ticks(count));
        if count <= 1 || ticks.windows(2).all(|pair| clear(&pair[0], &pair[1])) {
            return ticks;
        }
        count -= 1;
    }
}

/// The ticks of an upright axis over `height` tenths.
pub(crate) fn y_ticks(axis: &Axis, ruler: &Ruler, height: i32) -> Vec<(f64, String)> {
    let values = if axis.ticks.is_empty() {
        ruler.ticks(y_count(height))
    } else {
        axis.ticks.clone()
    };
    values
        .into_iter()
        .filter(|&v| axis.clean(v).is_some() && ruler.holds(v))
        .map(|v| (v, (axis.format)(v)))
        .collect()
}

/// How many ticks an upright axis of this height may have.
pub(crate) fn y_count(height: i32) -> usize {
    (height / (40 * PX)).clamp(2, 6) as usize
}

/// Width of the widest tick label, in tenths.
pub(crate) fn widest(ticks: &[(f64, String)], face: Type) -> i32 {
    ticks
        .iter()
        .map(|(_, label)| face.width(label))
        .max()
        .unwrap_or(0)
}

/// Draws a text over as many lines as it needs from `top` down; returns the
/// height taken.
pub(crate) fn draw_wrapped(
    canvas: &Canvas,
    text: &str,
    face: Type,
    (x, top): (i32, i32),
    limit: i32,
) -> i32 {
    let lines = metrics::wrap(text, face.size, face.bold, limit);
    for (i, line) in lines.iter().enumerate() {
        let y = top + face.leading() * i as i32 + face.leading() / 2;
        canvas.text(line, face, (x, y));
    }
    face.leading() * lines.len() as i32
}

/// Height that [`draw_wrapped`] would take.
pub(crate) fn wrapped_height(text: &str, face: Type, limit: i32) -> i32 {
    metrics::wrap(text, face.size, face.bold, limit).len() as i32 * face.leading()
}

/// Writes `M x y` style coordinates, for the few raw paths.
pub(crate) fn push_point(out: &mut String, (x, y): (i32, i32)) {
    push_tenths(out, x);
    out.push(' ');
    push_tenths(out, y);
}

//! A plotting area with its two rulers, drawn on in data units.

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::element::{Drawable, PathElement, PointCollection, Polygon, Rectangle};

use crate::axis::{Axis, Ruler};
use crate::canvas::Canvas;
use crate::ink::{Ink, Pen};
use crate::metrics;
use crate::sheet::{PX, Sheet, Type, push_tenths};

/// Edges of an area, in tenths of a pixel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

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

    fn draw<E>(&mut self, element: E)
    where
        for<'b> &'b E: PointCollection<'b, (f64, f64)>,
        E: Drawable<Sheet>,
    {
        let drawn = self.chart.draw_series(std::iter::once(element));
        debug_assert!(drawn.is_ok());
    }

    pub(crate) fn path(&mut self, points: Vec<(f64, f64)>, pen: Pen) {
        self.draw(PathElement::new(points, pen));
    }

    pub(crate) fn polygon(&mut self, points: Vec<(f64, f64)>, pen: Pen) {
        self.draw(Polygon::new(points, pen));
    }

    pub(crate) fn rect(&mut self, corners: [(f64, f64); 2], pen: Pen) {
        self.draw(Rectangle::new(corners, pen));
    }

    /// Draws the rest until [`Canvas::close`] only within the bounds.
    pub(crate) fn open_clipped(&self, name: &str) {
        let Bounds {
            left,
            top,
            right,
            bottom,
        } = self.bounds;
        self.canvas.raw(|sheet| {
            let id = format!("{}-{name}", sheet.id);
            sheet.out.push_str("<clipPath id=\"");
            sheet.out.push_str(&id);
            sheet.out.push_str("\"><rect");
            sheet.length("x", left);
            sheet.length("y", top - 2);
            sheet.length("width", right - left);
            sheet.length("height", bottom - top + 4);
            sheet.out.push_str("/></clipPath><g clip-path=\"url(#");
            sheet.out.push_str(&id);
            sheet.out.push_str(")\">");
        });
    }

    /// Draws level grid lines with their labels to the left.
    pub(crate) fn draw_y_ticks(&mut self, ticks: &[(f64, String)], face: Type) {
        let (first, last) = self.x.ends();
        for (value, label) in ticks {
            self.path(
                vec![(first, *value), (last, *value)],
                Pen::line(Ink::Grid, 10),
            );
            let y = self.at((first, *value)).1;
            let at = (self.bounds.left - 6 * PX, y);
            self.canvas.text(label, face.end(), at);
        }
    }

    /// Draws the base line, tick marks and labels under the plot; `plumb` adds
    /// upright grid lines.
    pub(crate) fn draw_x_ticks(&mut self, ticks: &[(f64, String)], face: Type, plumb: bool) {
        let bottom = self.bounds.bottom;
        let (y_first, y_last) = self.y.ends();
        for (value, label) in ticks {
            if plumb {
                self.path(
                    vec![(*value, y_first), (*value, y_last)],
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
    let mut count = (length / (55 * PX)).clamp(2, 12) as usize;
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

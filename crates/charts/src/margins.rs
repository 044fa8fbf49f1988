//! Margins: how far each of several things lies from one bar, to the left of it
//! where it is missed and to the right where it is met.

use crate::axis::{Axis, Ruler};
use crate::canvas::{Canvas, Frame};
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::marks::Drawing;
use crate::plot::{Plot, draw_wrapped, wrapped_height, x_ticks};
use crate::sheet::PX;
use crate::whisker::{TALL, Whisker};
use std::cmp::Ordering;

/// One thing held against the bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarginRow {
    /// What it is.
    pub label: String,
    /// How far it is, in words.
    pub note: String,
    /// Where it lies; `None` where it is no number, and words alone say it.
    pub value: Option<f64>,
    /// What it is made of, written at the end of its bar where there is room; may
    /// be empty.
    pub end: String,
    /// Where its bar begins, if not at the bar that all is held against.
    pub from: Option<f64>,
    /// Its surface.
    pub ink: Ink,
    /// The same thing as in the row above, elsewhere: it stands close under it.
    pub again: bool,
    /// What is said of it to a reader who points at it; may be empty.
    pub said: String,
    /// Where it may lie, drawn under its bar; its words stand under the note.
    pub whisker: Option<Whisker>,
}

/// Things held against one bar.
#[derive(Clone)]
pub struct MarginSpec<'a> {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// The level axis; values beyond its range end in an arrow.
    pub x: Axis<'a>,
    /// Where the bar stands.
    pub bar: f64,
    /// What lies on either side of it.
    pub sides: [String; 2],
    /// The things from top to bottom.
    pub rows: Vec<MarginRow>,
}

/// Draws margins.
pub fn margins(spec: &MarginSpec) -> Drawing {
    if spec.rows.is_empty() {
        return spec.frame.empty("margins");
    }
    let layout = Layout::of(spec);
    let canvas = Canvas::new(&spec.frame, "margins", layout.height);
    let bounds = Bounds {
        left: layout.left,
        top: layout.top,
        right: layout.right,
        bottom: layout.height - 24 * PX,
    };
    if let Some(plot) = Plot::new(&canvas, bounds, layout.x, Ruler::even(0.0, 1.0)) {
        draw(&canvas, &plot, &layout, spec);
    }
    canvas.finish()
}

/// Sizes, in tenths.
struct Layout {
    width: i32,
    face: Type,
    small: Type,
    /// Where the plot begins; words stand left of it, or above where it is zero.
    left: i32,
    right: i32,
    top: i32,
    x: Ruler,
    height: i32,
}

const BAR_HEIGHT: i32 = 18 * PX;
/// From one row to the next.
const GAP: i32 = 12 * PX;

impl Layout {
    fn of(spec: &MarginSpec) -> Self {
        let width = spec.frame.width_tenths();
        let face = Type::new(Ink::Ink, spec.frame.text_size());
        let small = Type::new(Ink::Muted, face.size - PX);
        let values = spec.rows.iter().flat_map(|row| [row.from, row.value]);
        let mut layout = Self {
            width,
            face,
            small,
            left: if spec.frame.narrow() {
                6 * PX
            } else {
                width * 40 / 100
            },
            right: width - 14 * PX,
            top: small.leading() + 8 * PX,
            x: Ruler::over(&spec.x, values.flatten().chain([spec.bar]), None),
            height: 0,
        };
        let rows: i32 = spec
            .rows
            .iter()
            .map(|row| layout.row_height(row) - raised(row))
            .sum();
        layout.height = layout.top + rows + 24 * PX;
        layout
    }

    fn above(&self) -> bool {
        self.left <= 6 * PX
    }

    fn words_width(&self) -> i32 {
        if self.above() {
            self.width
        } else {
            self.left - 14 * PX
        }
    }

    fn words_height(&self, row: &MarginRow) -> i32 {
        let width = self.words_width();
        wrapped_height(&row.label, self.face.bold(), width)
            + wrapped_height(&row.note, self.small, width)
            + wrapped_height(lies(row), self.small, width)
    }

    fn row_height(&self, row: &MarginRow) -> i32 {
        let words = self.words_height(row);
        let bar = self.bar_height(row);
        let both = if self.above() {
            words + 3 * PX + bar
        } else {
            words.max(bar)
        };
        both + GAP
    }

    /// Height of a row's bar with its whisker, whose words stand with the others.
    fn bar_height(&self, row: &MarginRow) -> i32 {
        BAR_HEIGHT + if row.whisker.is_some() { TALL } else { 0 }
    }
}

/// Where it may lie, in words.
fn lies(row: &MarginRow) -> &str {
    row.whisker.as_ref().map_or("", |whisker| &whisker.text)
}

/// How far a row is moved up, towards the row whose thing it is.
fn raised(row: &MarginRow) -> i32 {
    if row.again { GAP * 3 / 4 } else { 0 }
}

fn draw(canvas: &Canvas, plot: &Plot, layout: &Layout, spec: &MarginSpec) {
    let bounds = plot.bounds;
    plot.draw_x_ticks(
        &x_ticks(&spec.x, &plot.x, bounds.right - bounds.left, layout.small),
        layout.small,
        !layout.above(),
    );
    let Some(bar) = spec.x.clean(spec.bar).filter(|&bar| plot.x.holds(bar)) else {
        return;
    };
    let middle = plot.at((bar, 0.0)).0;
    let mut top = layout.top;
    for row in &spec.rows {
        top = draw_row(canvas, plot, layout, spec, row, (middle, top));
    }
    bar_line(
        canvas,
        middle,
        bounds.top - layout.small.leading(),
        bounds.top,
    );
    let face = Type {
        ink: Ink::Ink,
        ..layout.small
    }
    .bold();
    let y = bounds.top - layout.small.leading() / 2 - 4 * PX;
    let [missed, met] = &spec.sides;
    let room = |text: &str, length: i32| crate::metrics::shorten(text, face.size, true, length);
    canvas.text(
        &room(missed, middle - 6 * PX),
        face.end(),
        (middle - 6 * PX, y),
    );
    canvas.text(
        &room(met, layout.width - middle - 6 * PX),
        face,
        (middle + 6 * PX, y),
    );
}

/// Draws a piece of the bar that all is held against.
fn bar_line(canvas: &Canvas, x: i32, top: i32, bottom: i32) {
    canvas.path(vec![(x, top), (x, bottom)], Pen::line(Ink::Ink, 15));
}

/// Draws a row from `top` down; returns where the next begins.
fn draw_row(
    canvas: &Canvas,
    plot: &Plot,
    layout: &Layout,
    spec: &MarginSpec,
    row: &MarginRow,
    (middle, top): (i32, i32),
) -> i32 {
    let words = layout.words_width();
    let top = top - raised(row);
    let (height, tall) = (layout.row_height(row) - GAP, layout.words_height(row));
    let first = if layout.above() {
        top
    } else {
        top + (height - tall) / 2
    };
    let label = draw_wrapped(canvas, &row.label, layout.face.bold(), (0, first), words);
    let at = (0, first + label);
    let note = draw_wrapped(canvas, &row.note, layout.small, at, words);
    let at = (0, first + label + note);
    draw_wrapped(canvas, lies(row), layout.small, at, words);
    let bar_top = if layout.above() {
        top + tall + 3 * PX
    } else {
        top + (height - layout.bar_height(row)) / 2
    };
    canvas.open_titled("", &row.note);
    let (left, right) = match row.value.filter(|value| !value.is_nan()) {
        Some(value) => {
            let from = row.from.and_then(|from| spec.x.clean(from));
            let from = from.map(|from| plot.at((plot.x.clamped(from), 0.0)).0);
            draw_bar(
                canvas,
                plot,
                spec,
                (value, row.ink),
                (from, middle, bar_top),
            )
        }
        None => (middle, middle),
    };
    canvas.close();
    let bar = Bounds {
        left,
        top: bar_top,
        right,
        bottom: bar_top + BAR_HEIGHT,
    };
    canvas.mark(bar, &row.said);
    if row.value.is_some() {
        draw_end(canvas, layout, row, (bar, middle));
    }
    if let Some(whisker) = &row.whisker {
        let (low, high) = plot.x.ends();
        let at = |value: f64| {
            let clean = spec.x.clean(value);
            let shown = clean.unwrap_or(if value > 0.0 { high } else { low });
            let goes_on = clean.is_none_or(|value| !plot.x.holds(value));
            (plot.at((plot.x.clamped(shown), 0.0)).0, goes_on)
        };
        whisker.draw_level(canvas, bar.bottom, &at);
    }
    // Words that stand above their bar are not struck through.
    let first = if layout.above() {
        bar_top - 2 * PX
    } else {
        top
    };
    let bottom = top + layout.row_height(row);
    bar_line(canvas, middle, first, bottom);
    bottom
}

/// Room that the arrow of a bar takes that goes on.
const ARROW: i32 = 8 * PX;
/// What a bar shows at least of what is not on the spot.
const LEAST: i32 = 5 * PX;

/// Writes what a bar is made of past its end, within it, or beyond the middle,
/// wherever there is room first.
fn draw_end(canvas: &Canvas, layout: &Layout, row: &MarginRow, (bar, middle): (Bounds, i32)) {
    let face = Type {
        ink: Ink::Ink,
        ..layout.small
    }
    .bold();
    let (width, pad) = (face.width(&row.end), 6 * PX);
    let y = (bar.top + bar.bottom) / 2;
    let within = Type {
        ink: row.ink.text_on(),
        ..face
    };
    let (low, high) = (if layout.above() { 0 } else { layout.left }, layout.width);
    // The other side of the middle comes last, where a bar leaves no other room.
    let after = |x: i32| (x + pad + width <= high).then_some((face, x + pad));
    let before = |x: i32| (x - pad - width >= low).then_some((face.end(), x - pad));
    let long = bar.right - bar.left >= width + 2 * pad;
    let place = if bar.left < middle {
        let outer = bar.left - if bar.left <= layout.left { ARROW } else { 0 };
        let inner = long.then_some((within, bar.left + pad));
        before(outer).or(inner).or_else(|| after(middle))
    } else {
        let outer = bar.right + if bar.right >= layout.right { ARROW } else { 0 };
        let inner = long.then_some((within.end(), bar.right - pad));
        after(outer).or(inner).or_else(|| before(middle))
    };
    if let Some((face, x)) = place {
        canvas.text(&row.end, face, (x, y));
    }
}

/// A bar from its beginning to the value, with an arrow where it goes on; returns
/// its ends.
fn draw_bar(
    canvas: &Canvas,
    plot: &Plot,
    spec: &MarginSpec,
    (value, ink): (f64, Ink),
    (from, middle, top): (Option<i32>, i32, i32),
) -> (i32, i32) {
    let (low, high) = plot.x.ends();
    // What an axis of magnitudes cannot show lies below all that it does.
    let shown = spec
        .x
        .clean(value)
        .unwrap_or(if value > 0.0 { high } else { low });
    let end = plot.at((plot.x.clamped(shown), 0.0)).0;
    let (left, right) = match from {
        Some(from) => (from.min(end), from.max(end).max(from.min(end) + PX)),
        // What just misses or just passes is seen on its side.
        None => match value.total_cmp(&spec.bar) {
            Ordering::Less => (end.min(middle - LEAST), middle),
            Ordering::Equal => (middle, middle + PX),
            Ordering::Greater => (middle, end.max(middle + LEAST)),
        },
    };
    let bottom = top + BAR_HEIGHT;
    canvas.rect([(left, top), (right, bottom)], Pen::fill(ink));
    if !plot.x.holds(shown) || spec.x.clean(value).is_none() {
        let out = if end < from.unwrap_or(middle) { -1 } else { 1 };
        let tip = (end + out * 7 * PX, (top + bottom) / 2);
        let corners = vec![
            (end + out * PX, top + 2 * PX),
            tip,
            (end + out * PX, bottom - 2 * PX),
        ];
        canvas.polygon(corners, Pen::fill(ink));
    }
    (left, right)
}

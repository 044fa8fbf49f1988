//! Stacked bars: where a total goes, part by part.

use crate::axis::Ruler;
use crate::canvas::{Canvas, Frame};
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::key::{Key, Sample};
use crate::marks::Drawing;
use crate::plot::{Plot, draw_wrapped, wrapped_height};
use crate::sheet::PX;
use crate::whisker::Whisker;

/// One part of a bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// What the part is.
    pub label: String,
    /// Its size; a size that is not a finite number above zero is not drawn.
    pub value: f64,
    /// Its surface; [`crate::PARTS`] is a good choice, in order.
    pub ink: Ink,
    /// The value in words.
    pub text: String,
    /// What is said of it to a reader who points at it; may be empty.
    pub said: String,
}

impl Part {
    fn size(&self) -> f64 {
        if self.value.is_finite() {
            self.value.clamp(0.0, 1e30)
        } else {
            0.0
        }
    }
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarRow {
    /// What this bar and those under it have in common, written over it; may be
    /// empty.
    pub heading: String,
    /// What the bar is; may be empty for a bar alone.
    pub label: String,
    /// Its parts from left to right.
    pub parts: Vec<Part>,
    /// The total in words, written at the end of the bar.
    pub total: String,
    /// What else there is to say, written under the bar; may be empty.
    pub note: String,
    /// What is said of the total to a reader who points at it; may be empty.
    pub said: String,
    /// Where the total may lie, drawn under the bar.
    pub whisker: Option<Whisker>,
}

/// Longest whisker, in longest bars: a longer one goes on.
const FARTHEST: f64 = 2.0;

impl BarRow {
    fn size(&self) -> f64 {
        self.parts.iter().map(Part::size).sum()
    }
}

/// Bars on one scale, one above the other.
///
/// A bar alone names its parts inside where they fit and in a key under it
/// where they do not. Several bars share one key above them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarSpec {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// The bars from top to bottom.
    pub rows: Vec<BarRow>,
}

/// Draws stacked bars.
pub fn stacked_bar(spec: &BarSpec) -> Drawing {
    let longest = spec.rows.iter().map(BarRow::size).fold(0.0, f64::max);
    if longest <= 0.0 {
        return spec.frame.empty("bars");
    }
    let whiskers = spec.rows.iter().filter_map(|row| row.whisker.as_ref());
    let reach = whiskers
        .filter_map(Whisker::farthest)
        .fold(longest, f64::max);
    let layout = Layout::of(spec, reach.min(longest * FARTHEST));
    let canvas = Canvas::new(&spec.frame, "bars", layout.height);
    layout.shared_key.draw(&canvas, (0, 0));
    let mut top = layout.shared_key.height() + layout.key_gap();
    for row in &spec.rows {
        top = draw_row(&canvas, &layout, row, top);
    }
    canvas.finish()
}

/// Sizes shared by all bars, in tenths.
struct Layout {
    width: i32,
    face: Type,
    /// Room for labels on the left; none when they stand above the bars.
    label_width: i32,
    bar_right: i32,
    bar_height: i32,
    longest: f64,
    shared_key: Key,
    alone: bool,
    height: i32,
}

impl Layout {
    fn of(spec: &BarSpec, longest: f64) -> Layout {
        let width = spec.frame.width_tenths();
        let face = Type::new(Ink::Ink, spec.frame.text_size());
        let alone = spec.rows.len() == 1;
        let widest =
            |words: &dyn Fn(&BarRow) -> i32| spec.rows.iter().map(words).max().unwrap_or(0);
        let labels = widest(&|row| face.width(&row.label));
        let label_width = if spec.frame.narrow() || alone {
            0
        } else {
            (labels + 12 * PX).min(width / 4)
        };
        let totals = widest(&|row| face.bold().width(&row.total)).min(width / 3);
        let mut layout = Layout {
            width,
            face,
            label_width,
            bar_right: width - totals - if totals > 0 { 8 * PX } else { PX },
            bar_height: if alone { 42 * PX } else { 26 * PX },
            longest,
            shared_key: Key::new(shared_items(spec), face, width),
            alone,
            height: 0,
        };
        let rows: i32 = spec.rows.iter().map(|row| layout.row_height(row)).sum();
        layout.height = layout.shared_key.height() + layout.key_gap() + rows;
        layout
    }

    fn key_gap(&self) -> i32 {
        if self.shared_key.height() > 0 {
            8 * PX
        } else {
            0
        }
    }

    fn heading_height(&self, row: &BarRow) -> i32 {
        let tall = wrapped_height(&row.heading, self.face.bold(), self.width);
        if tall > 0 { tall + 4 * PX } else { 0 }
    }

    fn note_face(&self) -> Type {
        Type::new(Ink::Muted, self.face.size - PX)
    }

    fn note_height(&self, row: &BarRow) -> i32 {
        let tall = wrapped_height(&row.note, self.note_face(), self.width - self.label_width);
        if tall > 0 { tall + 3 * PX } else { 0 }
    }

    fn whisker_height(&self, row: &BarRow) -> i32 {
        let room = self.width - self.label_width;
        let whisker = row.whisker.as_ref();
        whisker.map_or(0, |whisker| whisker.height(self.note_face(), room))
    }

    fn label_above(&self, row: &BarRow) -> i32 {
        if self.label_width > 0 || row.label.is_empty() {
            0
        } else {
            wrapped_height(&row.label, self.face, self.width) + 2 * PX
        }
    }

    fn row_height(&self, row: &BarRow) -> i32 {
        let key = self.own_key(row).height();
        let below = if key > 0 { key + 6 * PX } else { 0 };
        let beside = wrapped_height(&row.label, self.face, self.label_width);
        let bar = if self.label_width > 0 {
            self.bar_height.max(beside)
        } else {
            self.bar_height
        };
        let around = self.heading_height(row)
            + self.label_above(row)
            + self.whisker_height(row)
            + self.note_height(row);
        around + bar + below + if self.alone { 2 * PX } else { 12 * PX }
    }

    /// Length of a value along the bar, in tenths.
    fn length(&self, value: f64) -> i32 {
        let room = f64::from(self.bar_right - self.label_width);
        (room * value / self.longest) as i32
    }

    /// What is written in a part: its name and value, its value, or nothing.
    fn inside(&self, part: &Part) -> Inside {
        let room = self.length(part.size()) - 12 * PX;
        let fits = |text: &str, face: Type| face.width(text) <= room;
        match (
            fits(&part.label, self.face),
            fits(&part.text, self.face.bold()),
        ) {
            (true, true) if self.alone => Inside::Both,
            (_, true) => Inside::Value,
            _ => Inside::Nothing,
        }
    }

    /// The parts of a bar alone that are not named inside it.
    fn own_key(&self, row: &BarRow) -> Key {
        let entries: Vec<(Sample, String)> = row
            .parts
            .iter()
            .filter(|part| self.alone && self.inside(part) != Inside::Both)
            .map(|part| {
                let words = format!("{}\u{a0} {}", part.label, part.text);
                (Sample::Fill(part.ink), words)
            })
            .collect();
        let items = entries
            .iter()
            .map(|(sample, words)| (*sample, words.as_str()));
        Key::new(items, self.face, self.width)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Both,
    Value,
    Nothing,
}

/// The distinct parts of all bars, where there are several bars.
fn shared_items(spec: &BarSpec) -> impl Iterator<Item = (Sample, &str)> {
    let mut seen: Vec<(&str, Ink)> = Vec::new();
    let rows = if spec.rows.len() > 1 {
        spec.rows.as_slice()
    } else {
        &[]
    };
    for part in rows.iter().flat_map(|row| &row.parts) {
        let item = (part.label.as_str(), part.ink);
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen.into_iter()
        .map(|(label, ink)| (Sample::Fill(ink), label))
}

/// Draws a bar with its words from `top` down; returns where the next begins.
fn draw_row(canvas: &Canvas, layout: &Layout, row: &BarRow, top: i32) -> i32 {
    let face = layout.face;
    draw_wrapped(canvas, &row.heading, face.bold(), (0, top), layout.width);
    let top_of_row = top + layout.heading_height(row);
    let bar_top = top_of_row + layout.label_above(row);
    if layout.label_width > 0 {
        let tall = wrapped_height(&row.label, face, layout.label_width - 12 * PX);
        let y = bar_top + (layout.bar_height - tall) / 2;
        draw_wrapped(
            canvas,
            &row.label,
            face,
            (0, y),
            layout.label_width - 12 * PX,
        );
    } else {
        draw_wrapped(canvas, &row.label, face, (0, top_of_row), layout.width);
    }
    let bounds = Bounds {
        left: layout.label_width,
        top: bar_top,
        right: layout.bar_right,
        bottom: bar_top + layout.bar_height,
    };
    let rulers = (Ruler::even(0.0, layout.longest), Ruler::even(0.0, 1.0));
    if let Some(mut plot) = Plot::new(canvas, bounds, rulers.0, rulers.1) {
        draw_parts(canvas, &mut plot, layout, row);
    }
    let length = layout.length(row.size());
    // Without a bar the total stands where it would begin.
    let end = layout.label_width + length + if length > 0 { 8 * PX } else { 0 };
    let total = crate::metrics::shorten(&row.total, face.size, true, layout.width - end);
    canvas.text(&total, face.bold(), (end, bar_top + layout.bar_height / 2));
    let words = Bounds {
        left: end - 4 * PX,
        right: end + face.bold().width(&total) + 4 * PX,
        ..bounds
    };
    canvas.mark(words, &row.said);
    let (left, room) = (layout.label_width, layout.width - layout.label_width);
    if let Some(whisker) = &row.whisker {
        let at = |value: f64| {
            let goes_on = value > layout.longest;
            let x = left + layout.length(value.clamp(0.0, layout.longest));
            (x, goes_on)
        };
        whisker.draw_level(canvas, bounds.bottom, &at);
        whisker.write(canvas, &at, layout.note_face(), (left, bounds.bottom, room));
    }
    let below = bounds.bottom + layout.whisker_height(row);
    let face = layout.note_face();
    draw_wrapped(canvas, &row.note, face, (left, below + 3 * PX), room);
    let key_top = below + layout.note_height(row) + 6 * PX;
    layout.own_key(row).draw(canvas, (0, key_top));
    top + layout.row_height(row)
}

fn draw_parts(canvas: &Canvas, plot: &mut Plot, layout: &Layout, row: &BarRow) {
    let mut from = 0.0;
    for part in row.parts.iter().filter(|part| part.size() > 0.0) {
        let to = from + part.size();
        let corners = [(from, 0.0), (to, 1.0)];
        let tip = format!("{}\u{a0}: {}", part.label, part.text);
        canvas.open_titled("", &tip);
        plot.rect(corners, Pen::fill(part.ink));
        // A seam in the page's colour parts neighbours whatever their inks.
        plot.path(&[(to, 0.0), (to, 1.0)], Pen::line(Ink::Paper, 15));
        let (left, bottom) = plot.at((from, 0.0));
        let (right, top) = plot.at((to, 1.0));
        let (x, y) = ((left + right) / 2, (top + bottom) / 2);
        let face = Type {
            ink: part.ink.text_on(),
            ..layout.face
        }
        .middle();
        match layout.inside(part) {
            Inside::Both => {
                canvas.text(&part.label, face, (x, y - 8 * PX));
                canvas.text(&part.text, face.bold(), (x, y + 8 * PX));
            }
            Inside::Value => canvas.text(&part.text, face.bold(), (x, y)),
            Inside::Nothing => {}
        }
        canvas.close();
        let surface = Bounds {
            left,
            top,
            right,
            bottom,
        };
        canvas.mark(surface, &part.said);
        from = to;
    }
}

//! Shares as small columns: how often each of several things holds, along one choice
//! and along another.

use crate::canvas::{Canvas, Frame};
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::marks::Drawing;
use crate::metrics;
use crate::plot::{draw_wrapped, wrapped_height};
use crate::sheet::PX;

/// How often one thing holds, from place to place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnRow {
    /// What holds.
    pub label: String,
    /// Its surface.
    pub ink: Ink,
    /// Its share at each place, with its words; fewer where they are to come.
    pub shares: Vec<(f64, String)>,
}

/// Rows of columns over the same places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnGroup {
    /// Along what, written over it.
    pub heading: String,
    /// The places, written under the last row.
    pub names: Vec<String>,
    /// What is said of each place to a reader who points at it; may be empty.
    pub said: Vec<String>,
    /// The reader's own place, which is framed.
    pub own: Option<usize>,
    /// The rows from top to bottom.
    pub rows: Vec<ColumnRow>,
}

/// A chart of such groups, one above the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnSpec {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// The groups.
    pub groups: Vec<ColumnGroup>,
}

/// Height of a share of one.
const TALL: i32 = 34 * PX;
/// Width of a place at most.
const WIDEST: i32 = 80 * PX;

/// Draws shares as columns; places whose shares are to come keep their room.
pub fn columns(spec: &ColumnSpec) -> Drawing {
    if spec.groups.iter().all(|group| group.names.is_empty()) {
        return spec.frame.empty("columns");
    }
    let layout = Layout::of(spec);
    let heights = spec.groups.iter().map(|group| layout.height(group));
    let canvas = Canvas::new(&spec.frame, "columns", heights.sum());
    let mut top = 0;
    for (i, group) in spec.groups.iter().enumerate() {
        layout.draw(&canvas, group, top, i == 0);
        top += layout.height(group);
    }
    canvas.finish()
}

/// Sizes shared by all groups, in tenths.
struct Layout {
    width: i32,
    face: Type,
    small: Type,
}

impl Layout {
    fn of(spec: &ColumnSpec) -> Self {
        let face = Type::new(Ink::Ink, spec.frame.text_size());
        Self {
            width: spec.frame.width_tenths(),
            face,
            small: Type::new(Ink::Ink, face.size - PX),
        }
    }

    /// Width of each place of a group.
    fn slot(&self, group: &ColumnGroup) -> i32 {
        (self.width / group.names.len().max(1) as i32).min(WIDEST)
    }

    /// The name of a place in lines.
    fn name(&self, group: &ColumnGroup, place: usize) -> Vec<String> {
        let bold = group.own == Some(place);
        let limit = self.slot(group) - 3 * PX;
        metrics::wrap(&group.names[place], self.small.size, bold, limit)
    }

    fn heading_height(&self, group: &ColumnGroup) -> i32 {
        wrapped_height(&group.heading, self.face.bold(), self.width) + 4 * PX
    }

    fn label_height(&self, row: &ColumnRow) -> i32 {
        wrapped_height(&row.label, self.face, self.width) + PX
    }

    /// Height of a row: its words, the numbers over the columns, and these.
    fn row_height(&self, row: &ColumnRow) -> i32 {
        self.label_height(row) + self.small.leading() + TALL + 6 * PX
    }

    fn names_height(&self, group: &ColumnGroup) -> i32 {
        let lines = (0..group.names.len()).map(|place| self.name(group, place).len());
        lines.max().unwrap_or(0) as i32 * self.small.leading() + PX
    }

    fn height(&self, group: &ColumnGroup) -> i32 {
        let rows: i32 = group.rows.iter().map(|row| self.row_height(row)).sum();
        self.heading_height(group) + rows + self.names_height(group) + 14 * PX
    }

    /// Draws a group from `top` down; the reader's own mark is in the first.
    fn draw(&self, canvas: &Canvas, group: &ColumnGroup, top: i32, first: bool) {
        let bold = self.face.bold();
        draw_wrapped(canvas, &group.heading, bold, (0, top), self.width);
        let begin = top + self.heading_height(group);
        let mut y = begin;
        for row in &group.rows {
            self.draw_row(canvas, group, row, y);
            y += self.row_height(row);
        }
        let slot = self.slot(group);
        for place in 0..group.names.len() {
            let left = slot * place as i32;
            let own = group.own == Some(place);
            let face = if own { self.small.bold() } else { self.small };
            for (i, line) in self.name(group, place).iter().enumerate() {
                let y = y + face.leading() * i as i32 + face.leading() / 2;
                canvas.text(line, face.middle(), (left + slot / 2, y));
            }
            let whole = Bounds {
                left,
                top: begin,
                right: left + slot,
                bottom: y,
            };
            let said = group.said.get(place).map_or("", String::as_str);
            match own && first {
                true => canvas.own_mark(whole, said),
                false => canvas.mark(whole, said),
            }
        }
    }

    fn draw_row(&self, canvas: &Canvas, group: &ColumnGroup, row: &ColumnRow, top: i32) {
        draw_wrapped(canvas, &row.label, self.face, (0, top), self.width);
        let numbers = top + self.label_height(row);
        let foot = numbers + self.small.leading() + TALL;
        let slot = self.slot(group);
        for place in 0..group.names.len() {
            let middle = slot * place as i32 + slot / 2;
            let half = slot * 3 / 10;
            let column = |tall: i32| [(middle - half, foot - tall), (middle + half, foot)];
            canvas.rect(column(TALL), Pen::fill(Ink::Grid).alpha(0.45));
            if let Some((share, words)) = row.shares.get(place) {
                let tall = (f64::from(TALL) * share.clamp(0.0, 1.0)) as i32;
                if tall > 0 {
                    canvas.rect(column(tall), Pen::fill(row.ink));
                }
                let words = metrics::shorten(words, self.small.size, false, slot);
                let y = numbers + self.small.leading() / 2;
                canvas.text(&words, self.small.middle(), (middle, y));
            }
            if group.own == Some(place) {
                canvas.rect(column(TALL), Pen::line(Ink::Ink, 20));
            }
        }
        let end = slot * group.names.len() as i32;
        canvas.path(vec![(0, foot), (end, foot)], Pen::line(Ink::Muted, 10));
    }
}

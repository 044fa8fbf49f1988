//! The grid map: what can be done at each crossing of two choices.
//!
//! A cell tells its state three times, by surface, by glyph and in words when
//! the pointer rests on it. A cell that the rules bar is hatched instead of
//! solid, one that nobody makes that day is an empty outline of dashes, so the
//! solid area is what remains within reach.

mod cell;
mod contour;
mod maps;

pub(crate) use self::cell::draw_cell;
pub use self::cell::{Hold, Reach};
pub use self::contour::Contour;
use self::contour::draw_contour;
use self::maps::{Map, draw_rings, maps};
use crate::axis::Ruler;
use crate::canvas::{Canvas, Frame};
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Dash, Ink, Marker};
use crate::key::{Key, Sample};
use crate::marks::Drawing;
use crate::metrics;
use crate::plot::Plot;
use crate::sheet::PX;

/// One crossing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What works here.
    pub reach: Reach,
    /// What keeps it from being had.
    pub hold: Hold,
    /// What it is, in the drawing.
    pub title: String,
    /// What is said of it to a reader who points at it; may be empty.
    pub said: String,
}

/// One row of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Name of the row.
    pub label: String,
    /// Name for narrow charts; empty: the label is cut.
    pub short: String,
    /// Second line in a quieter ink, left out on narrow charts; may be empty.
    pub sub: String,
    /// Cells from left to right; missing ones are left blank.
    pub cells: Vec<Cell>,
}

/// The words of the key; an empty one leaves its sample out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridKey {
    /// Says what an empty circle means.
    pub nothing: String,
    /// Says what a half circle means.
    pub inference_only: String,
    /// Says what a full circle means.
    pub both: String,
    /// Says what hatching means.
    pub barred: String,
    /// Says what a cross means.
    pub unmade: String,
    /// Says what an outline of dashes means.
    pub idle: String,
    /// Says what the ring means.
    pub here: String,
}

/// Another choice on the same axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherGrid {
    /// Letters of the map's own choice and of this one.
    pub letters: [String; 2],
    /// Says what the second ring means.
    pub here: String,
    /// Column and row of its point, from zero.
    pub at: Option<(usize, usize)>,
    /// Its rows where they are not the map's, drawn as a second map.
    pub rows: Vec<GridRow>,
}

/// A grid map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridSpec {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// What the columns are.
    pub x_label: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows from top to bottom.
    pub rows: Vec<GridRow>,
    /// Column and row of the reader's own point, from zero.
    pub here: Option<(usize, usize)>,
    /// Words of the key.
    pub key: GridKey,
    /// Another choice, shown on this map or under it.
    pub other: Option<OtherGrid>,
    /// Lines around cells of the reader's own map.
    pub contours: Vec<Contour>,
}

/// Draws a grid map; each cell is a group with `data-col`, `data-row` (from
/// zero) and `data-state`.
pub fn grid_map(spec: &GridSpec) -> Drawing {
    let (columns, rows) = (spec.columns.len(), spec.rows.len());
    if columns == 0 || rows == 0 {
        return spec.frame.empty("grid");
    }
    let face = Type::new(Ink::Ink, spec.frame.text_size());
    let (width, narrow) = (spec.frame.width_tenths(), spec.frame.narrow());
    let key = Key::new(key_items(spec), face, width);
    let label_width = label_width(spec, face);
    let cell_width = (width - label_width - 2 * PX) / columns as i32;
    let cell_height = (cell_width * 8 / 10).clamp(26 * PX, if narrow { 30 * PX } else { 42 * PX });
    let small = Type::new(Ink::Muted, face.size - PX);
    let x_lines = metrics::wrap(&spec.x_label, small.size, false, width);
    let foot = 24 * PX + small.leading() * x_lines.len() as i32;
    let maps = maps(spec);
    let named = maps.len() > 1;
    // From the letter over a map to its foot, and from one map to the next.
    let head = if named { face.leading() + 4 * PX } else { 0 };
    let tall = head + cell_height * rows as i32;
    let gap = foot + 14 * PX;
    let first = key.height() + 8 * PX;
    let height = first + tall + (tall + gap) * (maps.len() as i32 - 1) + foot;

    let canvas = Canvas::new(&spec.frame, "grid", height);
    write_hatches(&canvas, spec);
    key.draw(&canvas, (0, 0));
    for (i, map) in maps.iter().enumerate() {
        let top = first + head + (tall + gap) * i as i32;
        let bottom = top + cell_height * rows as i32;
        let bounds = Bounds {
            left: label_width,
            top,
            right: label_width + cell_width * columns as i32,
            bottom,
        };
        // Rows are counted from the top.
        let rulers = (
            Ruler::even(0.0, columns as f64),
            Ruler::even(rows as f64, 0.0),
        );
        let Some(plot) = Plot::new(&canvas, bounds, rulers.0, rulers.1) else {
            continue;
        };
        if named {
            let y = top - head + face.leading() / 2;
            canvas.text(map.letter, face.bold(), (label_width, y));
        }
        draw_rows(&canvas, &plot, spec, map, face, label_width);
        // Where two share an edge, the first is seen: who is in all of it is in most.
        for contour in spec.contours.iter().rev().filter(|_| map.own) {
            draw_contour(&canvas, &plot, contour);
        }
        draw_column_names(&canvas, &plot, spec, map, small);
        for (i, line) in x_lines.iter().enumerate() {
            let half = small.width(line) / 2;
            let x = ((bounds.left + bounds.right) / 2)
                .min(width - half)
                .max(half);
            let y = bottom + 26 * PX + small.leading() * i as i32;
            canvas.text(line, small.middle(), (x, y));
        }
        draw_rings(&canvas, &plot, map, face);
    }
    canvas.finish()
}

fn key_items(spec: &GridSpec) -> impl Iterator<Item = (Sample, &str)> {
    let key = &spec.key;
    [
        (Sample::Cell(Reach::Both, Hold::Free), key.both.as_str()),
        (
            Sample::Cell(Reach::InferenceOnly, Hold::Free),
            &key.inference_only,
        ),
        (Sample::Cell(Reach::Nothing, Hold::Free), &key.nothing),
        (Sample::Cell(Reach::Unmade, Hold::Free), &key.unmade),
        (Sample::Cell(Reach::Both, Hold::Barred), &key.barred),
        (Sample::Cell(Reach::Both, Hold::Idle), &key.idle),
        (Sample::Ring(Dash::Solid), &key.here),
        (
            Sample::Ring(Dash::Short),
            spec.other.as_ref().map_or("", |other| &other.here),
        ),
    ]
    .into_iter()
    .chain(spec.contours.iter().map(|contour| {
        let line = Sample::Line(Ink::Ink, contour.dash, Marker::Nothing);
        (line, contour.label.as_str())
    }))
    .filter(|(_, words)| !words.is_empty())
}

/// The name of a row as it will be written.
fn row_name(spec: &GridSpec, row: &GridRow) -> String {
    if spec.frame.narrow() && !row.short.is_empty() {
        row.short.clone()
    } else {
        row.label.clone()
    }
}

fn label_width(spec: &GridSpec, face: Type) -> i32 {
    let small = face.size - PX;
    let widest = spec
        .rows
        .iter()
        .map(|row| {
            let sub = if spec.frame.narrow() {
                0
            } else {
                metrics::width(&row.sub, small, false)
            };
            face.width(&row_name(spec, row)).max(sub)
        })
        .max()
        .unwrap_or(0);
    (widest + 8 * PX).min(spec.frame.width_tenths() / 3)
}

/// Defines the hatchings that this map uses.
fn write_hatches(canvas: &Canvas, spec: &GridSpec) {
    let barred = |reach| {
        let others = spec.other.iter().flat_map(|other| &other.rows);
        let cells = spec.rows.iter().chain(others).flat_map(|row| &row.cells);
        cells
            .into_iter()
            .any(|cell| cell.hold == Hold::Barred && cell.reach == reach)
    };
    for reach in Reach::ALL {
        let in_key = reach == Reach::Both && !spec.key.barred.is_empty();
        if !in_key && !barred(reach) {
            continue;
        }
        canvas.raw(|sheet| {
            for piece in [
                "<pattern id=\"",
                &sheet.id.clone(),
                "-h-",
                reach.surface().name(),
                "\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
                "<rect width=\"5\" height=\"5\" class=\"f-paper\"/>",
                "<path d=\"M2.5 0V5\" class=\"k-",
                reach.edge().name(),
                if reach == Reach::Nothing { "\" stroke-width=\"0.4\"" } else { "\"" },
                "/></pattern>",
            ] {
                sheet.out.push_str(piece);
            }
        });
    }
}

fn draw_rows(
    canvas: &Canvas,
    plot: &Plot,
    spec: &GridSpec,
    map: &Map,
    face: Type,
    label_width: i32,
) {
    for (r, row) in map.rows.iter().enumerate() {
        let (_, top) = plot.at((0.0, r as f64));
        let (_, bottom) = plot.at((0.0, r as f64 + 1.0));
        let middle = (top + bottom) / 2;
        let limit = label_width - 6 * PX;
        let name = metrics::shorten(&row_name(spec, row), face.size, false, limit);
        let small = Type::new(Ink::Muted, face.size - PX);
        if row.sub.is_empty() || spec.frame.narrow() {
            canvas.text(&name, face, (0, middle));
        } else {
            canvas.text(&name, face, (0, middle - face.size * 6 / 10));
            let sub = metrics::shorten(&row.sub, small.size, false, limit);
            canvas.text(&sub, small, (0, middle + face.size * 6 / 10));
        }
        for (c, cell) in row.cells.iter().take(spec.columns.len()).enumerate() {
            let (left, _) = plot.at((c as f64, r as f64));
            let (right, _) = plot.at((c as f64 + 1.0, r as f64));
            // Only the reader's own map is chosen from.
            let place = match map.own {
                true => format!(" class=\"cell\" data-col=\"{c}\" data-row=\"{r}\""),
                false => String::new(),
            };
            let attributes = format!(
                "{place} data-state=\"{}\"{}",
                cell.reach.slug(),
                cell.hold.attribute(),
            );
            canvas.open_titled(&attributes, &cell.title);
            // Within its ring an outline of dashes stands clear of it.
            let is_ringed = map.rings.iter().any(|ring| ring.at == (c, r));
            let gap = match cell.hold {
                Hold::Idle if is_ringed => 4 * PX,
                _ => PX,
            };
            let corners = [(left + gap, top + gap), (right - gap, bottom - gap)];
            draw_cell(canvas, corners, cell.reach, cell.hold);
            canvas.close();
            let surface = Bounds {
                left,
                top,
                right,
                bottom,
            };
            match map.own && spec.here == Some((c, r)) {
                true => canvas.own_mark(surface, &cell.said),
                false => canvas.mark(surface, &cell.said),
            }
        }
    }
}

/// Writes the names of the columns under the map, leaving out those without room.
fn draw_column_names(canvas: &Canvas, plot: &Plot, spec: &GridSpec, map: &Map, face: Type) {
    let mut free_from = 0;
    for (c, name) in spec.columns.iter().enumerate() {
        let (left, y) = plot.at((c as f64, spec.rows.len() as f64));
        let (right, _) = plot.at((c as f64 + 1.0, 0.0));
        let (x, half) = ((left + right) / 2, face.width(name) / 2);
        if x - half < free_from || x + half > canvas.width {
            continue;
        }
        free_from = x + half + 2 * PX;
        let chosen = map.rings.iter().any(|ring| ring.at.0 == c);
        let face = if chosen {
            Type {
                ink: Ink::Ink,
                ..face
            }
            .bold()
        } else {
            face
        };
        canvas.text(name, face.middle(), (x, y + 10 * PX));
    }
}

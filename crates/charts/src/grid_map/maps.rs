//! Which maps are drawn, and what is ringed on them.

use super::{GridRow, GridSpec};
use crate::canvas::Canvas;
use crate::face::Type;
use crate::ink::{Dash, Ink, Pen};
use crate::plot::Plot;
use crate::sheet::PX;

/// One map: its rows, and what is ringed on it.
pub(super) struct Map<'s> {
    pub(super) letter: &'s str,
    pub(super) rows: &'s [GridRow],
    pub(super) rings: Vec<Ring<'s>>,
    /// It is the reader's own, whose cells can be chosen.
    pub(super) own: bool,
}

/// A ring around a cell, with its letter where there are two.
pub(super) struct Ring<'s> {
    pub(super) letter: &'s str,
    pub(super) at: (usize, usize),
    pub(super) other: bool,
}

/// The reader's map with all that is ringed on it, and the other where it has
/// cells of its own.
pub(super) fn maps(spec: &GridSpec) -> Vec<Map<'_>> {
    let within = |at: &(usize, usize)| at.0 < spec.columns.len() && at.1 < spec.rows.len();
    let letters = spec.other.as_ref().map(|other| &other.letters);
    let ring = |i: usize, at: Option<(usize, usize)>| {
        at.filter(within).map(|at| Ring {
            letter: letters.map_or("", |letters| &letters[i]),
            at,
            other: i == 1,
        })
    };
    let mut own = Map {
        letter: letters.map_or("", |letters| &letters[0]),
        rows: &spec.rows,
        rings: Vec::from_iter(ring(0, spec.here)),
        own: true,
    };
    let Some(other) = &spec.other else {
        return vec![own];
    };
    if other.rows.is_empty() {
        own.rings.extend(ring(1, other.at));
        return vec![own];
    }
    let second = Map {
        letter: &other.letters[1],
        rows: &other.rows,
        rings: Vec::from_iter(ring(1, other.at)),
        own: false,
    };
    vec![own, second]
}

/// A ring lies within its cell, clear of the lines that go along edges.
const WITHIN: i32 = 3 * PX;

/// Rings the reader's own cell, and the other's with broken lines. Where there are
/// two, a letter says which: the reader's at the upper left, the other's at the
/// lower right.
pub(super) fn draw_rings(canvas: &Canvas, plot: &Plot, map: &Map, face: Type) {
    for (i, ring) in map.rings.iter().enumerate() {
        let (column, row) = ring.at;
        let (left, top) = plot.at((column as f64, row as f64));
        let (right, bottom) = plot.at((column as f64 + 1.0, row as f64 + 1.0));
        let class = if ring.other { "other" } else { "here" };
        let attributes = [" class=\"", class, "\" pointer-events=\"none\""].concat();
        canvas.open_titled(&attributes, "");
        // One ring serves for two on the same cell.
        if !map.rings[..i].iter().any(|first| first.at == ring.at) {
            let dash = if ring.other { Dash::Short } else { Dash::Solid };
            let corners = [
                (left + WITHIN, top + WITHIN),
                (right - WITHIN, bottom - WITHIN),
            ];
            canvas.rect(corners, Pen::line(Ink::Paper, 55));
            canvas.rect(corners, Pen::line(Ink::Ink, 28).dash(dash));
        }
        let (pad, half) = (4 * PX, face.size * 6 / 10);
        let (face, at) = if ring.other {
            (face.end(), (right - pad, bottom - pad - half / 2))
        } else {
            (face, (left + pad, top + pad + half / 2))
        };
        canvas.text(ring.letter, face.bold().halo(), at);
        canvas.close();
    }
}

//! Keys: samples with their words, flowing over as many lines as needed.

use crate::canvas::Canvas;
use crate::face::Type;
use crate::grid_map::{Reach, draw_cell};
use crate::ink::{Dash, Ink, Marker, Pen};
use crate::metrics;
use crate::sheet::PX;

/// What a sample in a key looks like.
#[derive(Clone, Copy)]
pub(crate) enum Sample {
    /// A filled square.
    Fill(Ink),
    /// A length of line with its marker.
    Line(Ink, Dash, Marker),
    /// A cell of the grid map.
    Cell(Reach, bool),
    /// The ring around the reader's own cell, or around another.
    Ring(Dash),
}

impl Sample {
    fn width(self) -> i32 {
        match self {
            Sample::Fill(_) => 11 * PX,
            Sample::Line(..) => 26 * PX,
            Sample::Cell(..) | Sample::Ring(_) => 18 * PX,
        }
    }

    fn draw(self, canvas: &Canvas, x: i32, y: i32) {
        let half = self.width() / 2;
        let corners = |h: i32| [(x, y - h), (x + 2 * half, y + h)];
        match self {
            Sample::Fill(ink) => canvas.rect(corners(half), Pen::fill(ink)),
            Sample::Line(ink, dash, marker) => {
                let ends = vec![(x, y), (x + 2 * half, y)];
                canvas.path(ends, Pen::line(ink, 20).dash(dash));
                canvas.marker(marker, ink, (x + half, y), 38);
            }
            Sample::Cell(reach, barred) => draw_cell(canvas, corners(70), reach, barred),
            Sample::Ring(dash) => canvas.rect(
                [(x + PX, y - 60), (x + 2 * half - PX, y + 60)],
                Pen::line(Ink::Ink, 25).dash(dash),
            ),
        }
    }
}

/// An entry of a key where it will stand: left edge, line, words line by line.
struct Entry {
    sample: Sample,
    left: i32,
    line: i32,
    words: Vec<String>,
}

/// A key laid out within a width.
pub(crate) struct Key {
    entries: Vec<Entry>,
    lines: i32,
    face: Type,
}

impl Key {
    /// Lays samples out from the left within `limit` tenths.
    pub(crate) fn new<'a>(
        items: impl Iterator<Item = (Sample, &'a str)>,
        face: Type,
        limit: i32,
    ) -> Self {
        let (gap, pad) = (16 * PX, 5 * PX);
        let (mut x, mut line, mut entries) = (0, 0, Vec::new());
        for (sample, text) in items {
            let words_limit = limit - sample.width() - pad;
            let words = metrics::wrap(text, face.size, face.bold, words_limit);
            let words_width = words.iter().map(|w| face.width(w)).max().unwrap_or(0);
            let width = sample.width() + pad + words_width;
            if x > 0 && x + width > limit {
                (x, line) = (0, line + 1);
            }
            let tall = words.len() as i32 - 1;
            entries.push(Entry {
                sample,
                left: x,
                line,
                words,
            });
            (x, line) = if tall > 0 {
                (0, line + tall + 1)
            } else {
                (x + width + gap, line)
            };
        }
        let lines = if x > 0 { line + 1 } else { line };
        Key {
            entries,
            lines,
            face,
        }
    }

    fn line_height(&self) -> i32 {
        self.face.leading() + 3 * PX
    }

    /// Height taken, nothing for an empty key.
    pub(crate) fn height(&self) -> i32 {
        self.lines * self.line_height()
    }

    /// Draws the key with its upper left corner at this point.
    pub(crate) fn draw(&self, canvas: &Canvas, (left, top): (i32, i32)) {
        for entry in &self.entries {
            let x = left + entry.left;
            let y = top + entry.line * self.line_height() + self.line_height() / 2;
            entry.sample.draw(canvas, x, y);
            for (i, words) in entry.words.iter().enumerate() {
                let at = (
                    x + entry.sample.width() + 5 * PX,
                    y + i as i32 * self.line_height(),
                );
                canvas.text(words, self.face, at);
            }
        }
    }
}

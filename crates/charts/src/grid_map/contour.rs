//! A line around cells, along their edges.

use crate::canvas::Canvas;
use crate::ink::{Dash, Ink, Pen};
use crate::plot::Plot;

/// A line around the cells of the reader's map that lie inside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contour {
    /// Says what the line means.
    pub label: String,
    /// How it is drawn.
    pub dash: Dash,
    /// Which cells are inside, row by row; those that are missing are not.
    pub inside: Vec<Vec<bool>>,
}

/// Draws it: along each edge between a cell inside and one that is not.
pub(super) fn draw_contour(canvas: &Canvas, plot: &Plot, contour: &Contour) {
    let edges = edges(&contour.inside);
    let path = |(from, to): &((usize, usize), (usize, usize))| {
        let at = |(c, r): (usize, usize)| plot.at((c as f64, r as f64));
        vec![at(*from), at(*to)]
    };
    canvas.open_titled(" class=\"contour\" pointer-events=\"none\"", "");
    for edge in &edges {
        canvas.path(path(edge), Pen::line(Ink::Paper, 45));
    }
    for edge in &edges {
        canvas.path(path(edge), Pen::line(Ink::Ink, 18).dash(contour.dash));
    }
    canvas.close();
}

/// Edges as corners of cells, column and row from the upper left; neighbours on one
/// line are one edge.
fn edges(inside: &[Vec<bool>]) -> Vec<((usize, usize), (usize, usize))> {
    let columns = inside.iter().map(Vec::len).max().unwrap_or(0);
    let rows = inside.len();
    // Counted from one, so that the map's own border has a cell beyond it.
    let is_in = |c: usize, r: usize| {
        let row = r.checked_sub(1).and_then(|r| inside.get(r));
        let cell = row.and_then(|row| row.get(c.checked_sub(1)?));
        cell.copied().unwrap_or(false)
    };
    let level = (0..=rows).flat_map(|r| {
        runs(columns, |c| is_in(c + 1, r) != is_in(c + 1, r + 1))
            .into_iter()
            .map(move |(from, to)| ((from, r), (to, r)))
    });
    let upright = (0..=columns).flat_map(|c| {
        runs(rows, |r| is_in(c, r + 1) != is_in(c + 1, r + 1))
            .into_iter()
            .map(move |(from, to)| ((c, from), (c, to)))
    });
    level.chain(upright).collect()
}

/// Stretches of a line of that length on which it holds, from and to.
fn runs(length: usize, holds: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in (0..length).filter(|at| holds(*at)) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::edges;

    #[test]
    fn a_line_goes_round_what_is_inside() {
        let inside = [vec![false, false], vec![true, true]];
        let wanted = [
            ((0, 1), (2, 1)),
            ((0, 2), (2, 2)),
            ((0, 1), (0, 2)),
            ((2, 1), (2, 2)),
        ];
        assert_eq!(edges(&inside), wanted);
    }

    #[test]
    fn no_line_goes_round_nothing_and_none_divides_what_is_inside() {
        assert!(edges(&[vec![false; 3], vec![false; 3]]).is_empty());
        // The border of a full map, and no edge within it.
        assert_eq!(edges(&[vec![true; 3], vec![true; 3]]).len(), 4);
    }

    #[test]
    fn rows_may_be_of_different_lengths() {
        assert_eq!(edges(&[vec![true], vec![true, true]]).len(), 6);
    }
}

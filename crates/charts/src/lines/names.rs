//! Names of lines beside their ends.

use super::panel::crossings;
use super::{Drawn, Layout, LinesSpec, Series, name_of};
use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Dash, Ink, Pen};
use crate::metrics;
use crate::place::spread;
use crate::plot::Plot;
use crate::sheet::PX;

/// Writes the name of each line beside its end, moved apart where they meet. A line
/// that ends within the plot is named there, where nothing is in the way; returns
/// where.
pub(super) fn draw_end_labels(
    plot: &Plot,
    canvas: &Canvas,
    layout: &Layout,
    (spec, drawn, limit): (&LinesSpec, &Drawn, i32),
    mut taken: Vec<Bounds>,
) -> Vec<Bounds> {
    let mut placed = Vec::new();
    let mut named: Vec<(&Series, (i32, i32), Vec<String>)> = drawn
        .panel
        .series
        .iter()
        .zip(&drawn.runs)
        .filter_map(|(series, runs)| {
            let end = last_shown(plot, runs)?;
            let at = plot.at((end.0, plot.y.clamped(end.1)));
            let words = metrics::wrap(name_of(spec, series), layout.face.size, false, limit);
            (!words.is_empty()).then_some((series, at, words))
        })
        .collect();
    // Beside the longest line, in the plot where that ends early.
    let longest = named.iter().map(|(_, at, _)| at.0).max();
    let early = longest.filter(|&x| x + 8 * PX < plot.bounds.right);
    let edge = early.unwrap_or(plot.bounds.right);
    let face = match early {
        Some(_) => layout.face.halo(),
        None => layout.face,
    };
    let leading = face.leading();
    named.retain(|(series, at, lines)| {
        if edge - at.0 <= 8 * PX {
            return true;
        }
        let face = layout.face.halo();
        let Some(place) = beside(plot, drawn, (series, *at), (lines, face), &taken) else {
            return true;
        };
        for (i, line) in lines.iter().enumerate() {
            let y = place.top + leading * i as i32 + leading / 2;
            canvas.text(line, face, (place.left, y));
        }
        placed.push(place);
        taken.push(place);
        false
    });
    let wishes: Vec<(i32, i32)> = named
        .iter()
        .map(|(_, at, words)| (at.1, leading * words.len() as i32 + 2 * PX))
        .collect();
    let bounds = plot.bounds;
    let places = spread(&wishes, bounds.top - 8 * PX, bounds.bottom + 8 * PX);
    for ((_, at, words), &y) in named.iter().zip(&places) {
        let x = edge + 13 * PX;
        // A leader only where the name stands apart from the end of its line.
        let beside = (y - at.1).abs() <= 5 * PX + leading * (words.len() as i32 - 1) / 2;
        if !beside || edge - at.0 > 8 * PX {
            let lead = vec![
                (at.0 + 5 * PX, at.1),
                (edge + 3 * PX, at.1),
                (x - 2 * PX, y),
            ];
            canvas.path(lead, Pen::line(Ink::Muted, 7).dash(Dash::Dots));
        }
        let first = y - leading * (words.len() as i32 - 1) / 2;
        for (i, line) in words.iter().enumerate() {
            canvas.text(line, face, (x, first + leading * i as i32));
        }
    }
    placed
}

/// Where the name of a line stands in the plot with nothing in its way: by its end,
/// else by its beginning.
fn beside(
    plot: &Plot,
    drawn: &Drawn,
    (series, end): (&Series, (i32, i32)),
    (lines, face): (&[String], Type),
    taken: &[Bounds],
) -> Option<Bounds> {
    let index = drawn
        .panel
        .series
        .iter()
        .position(|s| std::ptr::eq(s, series))?;
    let first = drawn.runs[index]
        .iter()
        .flatten()
        .find(|p| plot.x.holds(p.0))?;
    let start = plot.at((first.0, plot.y.clamped(first.1)));
    let width = lines.iter().map(|line| face.width(line)).max()?;
    let (tall, gap) = (face.leading() * lines.len() as i32, 5 * PX);
    let places = [
        (end.0 + 8 * PX, end.1 - tall / 2),
        (end.0 - width / 2, end.1 + gap),
        (start.0 + gap, start.1 - gap - tall),
        (start.0 + gap, start.1 + gap),
        (start.0 - 8 * PX - width, start.1 - tall / 2),
    ];
    places
        .into_iter()
        .map(|(left, top)| Bounds {
            left,
            top,
            right: left + width,
            bottom: top + tall,
        })
        .find(|place| {
            place.within(&plot.bounds)
                && crossings(plot, drawn, place) == 0
                && !taken.iter().any(|other| other.meets(place))
        })
}

/// The last point of a line within the level axis.
fn last_shown(plot: &Plot, runs: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
    runs.iter()
        .flatten()
        .rfind(|point| plot.x.holds(point.0))
        .copied()
}

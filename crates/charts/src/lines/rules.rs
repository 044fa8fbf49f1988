//! Upright lines through all panels, with their words over the first.

use super::{Layout, LinesSpec};
use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::ink::{Ink, Pen};
use crate::metrics;
use crate::plot::Plot;
use crate::sheet::PX;
use plotters::coord::ranged1d::Ranged;

/// The words of an upright line, over the first panel.
struct Words {
    lines: Vec<String>,
    /// Height of their foot over that of the lowest.
    lift: i32,
}

/// The lines that the level axis holds, each with its place in the list.
fn shown(layout: &Layout, spec: &LinesSpec) -> Vec<(usize, f64)> {
    let rules = spec.rules.iter().enumerate();
    rules
        .filter_map(|(i, rule)| Some((i, spec.x.clean(rule.x).filter(|&x| layout.x.holds(x))?)))
        .collect()
}

/// Where the first line stands within a plot.
pub(super) fn first_at(layout: &Layout, spec: &LinesSpec) -> Option<f64> {
    shown(layout, spec).first().map(|(_, x)| *x)
}

/// Where the lines stand within a plot.
pub(super) fn uprights(plot: &Plot, layout: &Layout, spec: &LinesSpec) -> Vec<Bounds> {
    let low = plot.y.ends().0;
    shown(layout, spec)
        .into_iter()
        .map(|(_, x)| {
            let at = plot.at((x, low)).0;
            Bounds {
                left: at - PX / 2,
                right: at + PX / 2,
                ..plot.bounds
            }
        })
        .collect()
}

/// Height that the words of all lines take over the first panel.
pub(super) fn height(layout: &Layout, spec: &LinesSpec) -> i32 {
    // Words are given room even where their line is off the axis.
    let alone = spec.rules.iter().take(1).map(|rule| {
        let lines = metrics::wrap(&rule.label, layout.face.size, false, wide(spec));
        lines.len() as i32 * layout.face.leading()
    });
    let stacked = words(layout, spec).into_iter().map(|words| {
        let tall = words.lines.len() as i32 * layout.face.leading();
        words.lift + tall
    });
    stacked.chain(alone).max().unwrap_or(0)
}

/// Width that words may take, in tenths.
fn wide(spec: &LinesSpec) -> i32 {
    spec.frame.width_tenths() / 2
}

/// The words of the lines that are shown, lifted over one another where they would
/// meet.
fn words(layout: &Layout, spec: &LinesSpec) -> Vec<Words> {
    let mut placed: Vec<(Bounds, Words)> = Vec::new();
    for (i, x) in shown(layout, spec) {
        let lines = metrics::wrap(&spec.rules[i].label, layout.face.size, false, wide(spec));
        let half = lines.iter().map(|line| layout.face.width(line)).max();
        let half = half.unwrap_or(0) / 2 + 4 * PX;
        let at = layout.x.map(&x, (layout.left, layout.right));
        let middle = at.clamp(half, (spec.frame.width_tenths() - half).max(half));
        let tall = lines.len() as i32 * layout.face.leading();
        let mut place = Bounds {
            left: middle - half,
            right: middle + half,
            top: -tall,
            bottom: 0,
        };
        while let Some((below, _)) = placed.iter().find(|(other, _)| other.meets(&place)) {
            place.bottom = below.top;
            place.top = place.bottom - tall;
        }
        let lift = -place.bottom;
        placed.push((place, Words { lines, lift }));
    }
    placed.into_iter().map(|(_, words)| words).collect()
}

/// Draws the lines, with their words over the first panel.
pub(super) fn draw(plot: &Plot, canvas: &Canvas, layout: &Layout, spec: &LinesSpec, index: usize) {
    let (low, high) = plot.y.ends();
    for ((i, x), words) in shown(layout, spec).into_iter().zip(words(layout, spec)) {
        let dash = spec.rules[i].dash;
        plot.path(&[(x, low), (x, high)], Pen::line(Ink::Ink, 10).dash(dash));
        if index > 0 {
            continue;
        }
        let at = plot.at((x, high)).0;
        if words.lift > 0 {
            // The line goes on to words that others stand under.
            let (top, bottom) = (plot.bounds.top - 2 * PX - words.lift, plot.bounds.top);
            canvas.path(
                vec![(at, top), (at, bottom)],
                Pen::line(Ink::Muted, 7).dash(dash),
            );
        }
        let tall = words.lines.len() as i32 * layout.face.leading();
        for (i, line) in words.lines.iter().enumerate() {
            let half = layout.face.width(line) / 2;
            let at = at.clamp(half, (canvas.width - half).max(half));
            let y = plot.bounds.top - 4 * PX - words.lift - tall + layout.face.leading() * i as i32;
            canvas.text(
                line,
                layout.face.middle(),
                (at, y + layout.face.leading() / 2),
            );
        }
    }
}

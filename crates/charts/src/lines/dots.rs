//! Points set off from the lines of a panel, named where fewest lines cross.

use super::panel::crossings;
use super::{Drawn, Layout, LinesSpec};
use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Ink, Pen};
use crate::metrics;
use crate::plot::Plot;
use crate::scatter::Dot;
use crate::sheet::PX;

/// Reach of a point in tenths.
const REACH: i32 = 65;

/// Draws the points of a panel with their names, clear of these words and, where
/// there is room, of the upright rule.
pub(super) fn draw_dots(
    plot: &Plot,
    canvas: &Canvas,
    layout: &Layout,
    spec: &LinesSpec,
    drawn: &Drawn,
    (words, rules): ([Option<Bounds>; 2], &[Bounds]),
) {
    let shown = |dot: &Dot| Some((spec.x.clean(dot.x)?, drawn.panel.y.clean(dot.y)?));
    let dots: Vec<(&Dot, (i32, i32))> = drawn
        .panel
        .dots
        .iter()
        .filter_map(|dot| Some((dot, shown(dot)?)))
        .filter(|(_, at)| plot.x.holds(at.0) && plot.y.holds(at.1))
        .map(|(dot, at)| (dot, plot.at(at)))
        .collect();
    let mut taken: Vec<Bounds> = dots
        .iter()
        .map(|(_, at)| Bounds::around(*at, REACH))
        .chain(words.into_iter().flatten())
        .collect();
    for (dot, at) in dots {
        canvas.open_titled("", &dot.label);
        canvas.circle(at, REACH, Pen::fill(Ink::Paper));
        canvas.circle(at, REACH, Pen::line(Ink::Ink, 20));
        canvas.marker(dot.marker, dot.ink, at, 38);
        canvas.close();
        canvas.mark(Bounds::around(at, 0), &dot.said);
        let face = layout.face.bold().halo();
        if let Some((words, place)) = place(plot, drawn, dot, at, face, (&taken, rules)) {
            for (i, line) in words.iter().enumerate() {
                let y = place.top + face.leading() * i as i32 + face.leading() / 2;
                canvas.text(line, face, (place.left, y));
            }
            taken.push(place);
        }
    }
}

/// The name of a point in lines, and where it stands: the place that fewest lines
/// cross, beside the point first.
fn place(
    plot: &Plot,
    drawn: &Drawn,
    dot: &Dot,
    (x, y): (i32, i32),
    face: Type,
    (taken, rules): (&[Bounds], &[Bounds]),
) -> Option<(Vec<String>, Bounds)> {
    let page = plot.bounds;
    let limit = (page.right - page.left) * 45 / 100;
    let words = metrics::wrap(&dot.label, face.size, true, limit);
    let width = words.iter().map(|line| face.width(line)).max()?;
    let tall = face.leading() * words.len() as i32;
    let (near, off) = (REACH + 4 * PX, REACH + 2 * PX);
    let (beside, over, under) = (y - tall / 2, y - off - tall, y + off);
    let (after, before, middle) = (x + near, x - near - width, x - width / 2);
    let places = [
        (after, beside),
        (before, beside),
        (middle, over),
        (middle, under),
        (after, under),
        (before, over),
        (after, over),
        (before, under),
    ];
    let place = places
        .into_iter()
        .map(|(left, top)| Bounds {
            left,
            top,
            right: left + width,
            bottom: top + tall,
        })
        .filter(|place| place.within(&page) && !taken.iter().any(|t| t.meets(place)))
        .min_by_key(|place| {
            let struck = rules.iter().filter(|rule| rule.meets(place)).count();
            crossings(plot, drawn, place) + struck
        })?;
    Some((words, place))
}

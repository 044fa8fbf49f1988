//! One panel of a line chart, drawn from its heading to its ticks.

use super::dots::draw_dots;
use super::names::draw_end_labels;
use super::{Drawn, Layout, LinesSpec, Zone, foot_height, rules};
use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Dash, Ink, Marker, Pen};
use crate::metrics;
use crate::plot::{Plot, draw_wrapped};
use crate::scatter::Dot;
use crate::sheet::PX;

/// Draws a panel from `top` down; returns where the next begins.
pub(super) fn draw(
    canvas: &Canvas,
    layout: &Layout,
    spec: &LinesSpec,
    drawn: &Drawn,
    index: usize,
    top: i32,
) -> i32 {
    let label = &drawn.panel.y.label;
    let heading = Type {
        ink: Ink::Ink,
        ..layout.small
    }
    .bold();
    let title_height = draw_wrapped(canvas, label, heading, (0, top), canvas.width);
    let key = layout.key(spec, index);
    key.draw(canvas, (0, top + title_height));
    let plot_top = top + layout.head_height(spec, index);
    let bounds = Bounds {
        left: layout.left,
        top: plot_top,
        right: layout.right,
        bottom: plot_top + layout.plot_height,
    };
    let last = index + 1 == spec.panels.len();
    if let Some(plot) = Plot::new(canvas, bounds, layout.x, drawn.y) {
        draw_zone(&plot, canvas, spec);
        plot.draw_y_ticks(&drawn.ticks, layout.small);
        plot.draw_x_ticks(&layout.x_ticks, layout.small, false);
        draw_bands(&plot, canvas, drawn, spec);
        rules::draw(&plot, canvas, layout, spec, index);
        draw_threshold_line(&plot, drawn);
        for (series, runs) in drawn.panel.series.iter().zip(&drawn.runs) {
            for run in runs {
                let (ink, dash, _) = series.style;
                plot.path(run, Pen::line(ink, 20).dash(dash));
            }
        }
        draw_markers(&plot, canvas, drawn);
        let uprights = rules::uprights(&plot, layout, spec);
        let mut taken = uprights.clone();
        taken.extend(around_dots(&plot, spec, drawn));
        let limit_words = draw_threshold_label(&plot, canvas, layout, drawn, &taken);
        let mut words = match index {
            0 => draw_zone_labels(&plot, canvas, layout, spec, drawn),
            _ => Vec::new(),
        };
        words.extend(limit_words);
        if let Some(limit) = layout.end_labels {
            taken.extend(words.iter().copied());
            let named = draw_end_labels(&plot, canvas, layout, (spec, drawn, limit), taken);
            words.extend(named);
        }
        draw_marks(&plot, canvas, layout, spec, drawn);
        for (x, whisker) in &drawn.panel.whiskers {
            if let Some(x) = spec.x.clean(*x) {
                whisker.draw_upright(canvas, &plot, &drawn.panel.y, x);
            }
        }
        draw_dots(&plot, canvas, layout, spec, drawn, (words, &uprights));
        keep_said(&plot, canvas, layout, spec, drawn);
    }
    let mut bottom = bounds.bottom + foot_height(spec, index);
    if last {
        let lines = metrics::wrap(&spec.x.label, layout.small.size, false, canvas.width);
        for line in &lines {
            let half = layout.small.width(line) / 2;
            let x = ((bounds.left + bounds.right) / 2)
                .min(canvas.width - half)
                .max(half);
            canvas.text(
                line,
                layout.small.middle(),
                (x, bottom + layout.small.size / 2),
            );
            bottom += layout.small.leading();
        }
    }
    bottom
}

/// Keeps what is said of places: of a point, or of a whole upright line.
fn keep_said(plot: &Plot, canvas: &Canvas, layout: &Layout, spec: &LinesSpec, drawn: &Drawn) {
    let own = rules::first_at(layout, spec);
    for said in &drawn.panel.said {
        let Some(x) = spec.x.clean(said.x).filter(|&x| plot.x.holds(x)) else {
            continue;
        };
        let place = match said.y {
            None => {
                let x = plot.at((x, plot.y.ends().0)).0;
                Bounds {
                    left: x,
                    right: x,
                    ..plot.bounds
                }
            }
            Some(y) => match drawn.panel.y.clean(y).filter(|&y| plot.y.holds(y)) {
                Some(y) => Bounds::around(plot.at((x, y)), 0),
                None => continue,
            },
        };
        match own == Some(x) {
            true => canvas.own_mark(place, &said.text),
            false => canvas.mark(place, &said.text),
        }
    }
}

/// The ends of the zone within the level axis.
fn shown_zone<'s>(plot: &Plot, spec: &'s LinesSpec) -> Option<(&'s Zone, f64, f64)> {
    let zone = spec.zone.as_ref()?;
    let (from, to) = (spec.x.clean(zone.from)?, spec.x.clean(zone.to)?);
    Some((zone, plot.x.clamped(from), plot.x.clamped(to)))
}

/// Tints the zone.
fn draw_zone(plot: &Plot, canvas: &Canvas, spec: &LinesSpec) {
    let Some((zone, from, to)) = shown_zone(plot, spec) else {
        return;
    };
    let (low, high) = plot.y.ends();
    let corners = [(from, low), (to, low), (to, high), (from, high)];
    canvas.open_titled("", &zone.label);
    plot.polygon(&corners, Pen::fill(Ink::Grid).alpha(0.45));
    canvas.close();
}

/// Says what the zone and what the rest to its right is; returns where.
fn draw_zone_labels(
    plot: &Plot,
    canvas: &Canvas,
    layout: &Layout,
    spec: &LinesSpec,
    drawn: &Drawn,
) -> Vec<Bounds> {
    let Some((zone, from, to)) = shown_zone(plot, spec) else {
        return Vec::new();
    };
    let face = layout.small.middle().halo();
    [
        (zone.label.as_str(), (from, to)),
        (zone.beyond.as_str(), (to, plot.x.ends().1)),
    ]
    .into_iter()
    .filter(|(label, _)| !label.is_empty())
    .filter_map(|(label, ends)| draw_zone_label(plot, canvas, face, (spec, drawn), (label, ends)))
    .collect()
}

/// Writes the words of a stretch at its foot or at its head, where fewer lines and
/// points are in the way; returns where.
fn draw_zone_label(
    plot: &Plot,
    canvas: &Canvas,
    face: Type,
    (spec, drawn): (&LinesSpec, &Drawn),
    (label, (from, to)): (&str, (f64, f64)),
) -> Option<Bounds> {
    let low = plot.y.ends().0;
    let (left, right) = (plot.at((from, low)).0, plot.at((to, low)).0);
    let lines = metrics::wrap(label, face.size, false, right - left - 8 * PX);
    if lines.iter().any(|line| line.ends_with('…')) {
        return None;
    }
    let tall = face.leading() * lines.len() as i32;
    let tops = [plot.bounds.bottom - tall - 2 * PX, plot.bounds.top + 2 * PX];
    let middle = (left + right) / 2;
    let half = lines.iter().map(|line| face.width(line)).max()? / 2 + 2 * PX;
    let taken = |top: i32| Bounds {
        left: middle - half,
        top,
        right: middle + half,
        bottom: top + tall,
    };
    let held = |place: &Bounds| {
        let dots = around_dots(plot, spec, drawn);
        dots.filter(|dot| dot.meets(place)).count()
    };
    let top = tops
        .into_iter()
        .min_by_key(|top| crossings(plot, drawn, &taken(*top)) + held(&taken(*top)))
        .unwrap_or(tops[0]);
    for (i, line) in lines.iter().enumerate() {
        let y = top + face.leading() * i as i32 + face.leading() / 2;
        canvas.text(line, face, (middle, y));
    }
    Some(taken(top))
}

/// Shades where values may lie, with a thin line in the middle of them.
fn draw_bands(plot: &Plot, canvas: &Canvas, drawn: &Drawn, spec: &LinesSpec) {
    for series in &drawn.panel.series {
        let y = &drawn.panel.y;
        let band: Vec<(f64, f64, f64)> = series
            .band
            .iter()
            .filter_map(|&(x, low, high)| Some((spec.x.clean(x)?, y.clean(low)?, y.clean(high)?)))
            .collect();
        if band.len() < 2 {
            continue;
        }
        let lower = band.iter().map(|b| (b.0, b.1));
        let upper = band.iter().rev().map(|b| (b.0, b.2));
        let outline: Vec<(f64, f64)> = lower.chain(upper).collect();
        canvas.open_titled(" class=\"spread\"", &series.label);
        plot.polygon(&outline, Pen::fill(series.style.0).alpha(0.2));
        let middle = series.middle.iter();
        let middle = middle.filter_map(|&(x, middle)| Some((spec.x.clean(x)?, y.clean(middle)?)));
        plot.path(&middle.collect::<Vec<_>>(), Pen::line(series.style.0, 8));
        canvas.close();
    }
}

fn draw_threshold_line(plot: &Plot, drawn: &Drawn) {
    let Some(threshold) = &drawn.panel.threshold else {
        return;
    };
    let Some(value) = drawn.panel.y.clean(threshold.value) else {
        return;
    };
    let (first, last) = plot.x.ends();
    let pen = Pen::line(threshold.ink, 15).dash(Dash::Short);
    plot.path(&[(first, value), (last, value)], pen);
}

/// Writes the words of the threshold by its line, where fewest lines cross them; returns
/// where.
fn draw_threshold_label(
    plot: &Plot,
    canvas: &Canvas,
    layout: &Layout,
    drawn: &Drawn,
    taken: &[Bounds],
) -> Option<Bounds> {
    let threshold = drawn.panel.threshold.as_ref()?;
    let value = drawn.panel.y.clean(threshold.value);
    let value = value.filter(|&v| plot.y.holds(v))?;
    let bounds = plot.bounds;
    let room = bounds.right - bounds.left - 8 * PX;
    let small = layout.small;
    let line = plot.at((plot.x.ends().0, value)).1;
    let mut best: Option<(usize, Bounds, Vec<String>)> = None;
    // In one line, else in narrow ones.
    let whole = small.width(&threshold.label).min(room);
    for limit in [room, whole * 6 / 10] {
        let words = metrics::wrap(&threshold.label, small.size, false, limit);
        let width = words.iter().map(|words| small.width(words)).max()?;
        let tall = small.size + small.leading() * (words.len() as i32 - 1);
        for top in [
            line - 9 * PX + small.size / 2 - tall,
            line + 9 * PX - small.size / 2,
        ] {
            if top < bounds.top - 12 * PX || top + tall > bounds.bottom {
                continue;
            }
            for eighth in [0, 8, 4, 2, 6] {
                let left = bounds.left + 4 * PX + (room - width) * eighth / 8;
                let place = Bounds {
                    left,
                    top,
                    right: left + width,
                    bottom: top + tall,
                };
                let struck = taken.iter().filter(|other| other.meets(&place)).count();
                let crossings = crossings(plot, drawn, &place) + struck;
                if best.as_ref().is_none_or(|best| crossings < best.0) {
                    best = Some((crossings, place, words.clone()));
                }
            }
        }
    }
    let (_, place, words) = best?;
    let face = Type {
        ink: Ink::Ink,
        ..small
    }
    .halo();
    for (i, line) in words.iter().enumerate() {
        let y = place.top + small.size / 2 + small.leading() * i as i32;
        canvas.text(line, face, (place.left, y));
    }
    Some(place)
}

/// What the points of a panel take.
fn around_dots(plot: &Plot, spec: &LinesSpec, drawn: &Drawn) -> impl Iterator<Item = Bounds> {
    let dots = drawn.panel.dots.iter();
    let at = |dot: &Dot| Some(plot.at((spec.x.clean(dot.x)?, drawn.panel.y.clean(dot.y)?)));
    dots.filter_map(at).map(|at| Bounds::around(at, 10 * PX))
}

/// How many pieces of lines cross a place.
pub(super) fn crossings(plot: &Plot, drawn: &Drawn, taken: &Bounds) -> usize {
    let runs = drawn.runs.iter().flatten();
    runs.flat_map(|run| run.windows(2))
        .filter(|pair| taken.crossed_by(plot.at(pair[0]), plot.at(pair[1])))
        .count()
}

/// Draws markers at data points, thinned so that they never touch.
fn draw_markers(plot: &Plot, canvas: &Canvas, drawn: &Drawn) {
    for (index, (series, runs)) in drawn.panel.series.iter().zip(&drawn.runs).enumerate() {
        let count: usize = runs.iter().map(Vec::len).sum();
        let room = (plot.bounds.right - plot.bounds.left) / (20 * PX);
        let sparse = count as i32 <= room;
        // Few markers on a dense line, staggered from one line to the next.
        let every = if sparse { 1 } else { count.div_ceil(5).max(1) };
        let from = if sparse {
            0
        } else {
            every * (index % 4 + 1) / 5
        };
        for point in runs.iter().flatten().skip(from).step_by(every) {
            if plot.x.holds(point.0) && plot.y.holds(point.1) {
                canvas.marker(series.style.2, series.style.0, plot.at(*point), 35);
            }
        }
    }
}

/// Rings the reader's own values on the upright rule.
fn draw_marks(plot: &Plot, canvas: &Canvas, layout: &Layout, spec: &LinesSpec, drawn: &Drawn) {
    let Some(x) = rules::first_at(layout, spec) else {
        return;
    };
    for &mark in &drawn.panel.marks {
        if let Some(y) = drawn.panel.y.clean(mark).filter(|&y| plot.y.holds(y)) {
            canvas.marker(Marker::Ring, Ink::Ink, plot.at((x, y)), 50);
        }
    }
}

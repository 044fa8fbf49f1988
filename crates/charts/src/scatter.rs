//! Points on two axes, named where there is room, over shaded regions.

use crate::axis::{Axis, Ruler};
use crate::canvas::{Canvas, Frame};
use crate::clip::Bounds;
use crate::face::Type;
use crate::ink::{Dash, Ink, Marker, Pen};
use crate::marks::Drawing;
use crate::metrics;
use crate::plot::{Plot, draw_wrapped, widest, wrapped_height, x_ticks, y_count, y_ticks};
use crate::sheet::PX;
use plotters_backend::text_anchor::HPos;

/// One point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dot {
    /// Name, written beside the point where there is room and always shown when
    /// the pointer rests on it.
    pub label: String,
    /// Place on the level axis.
    pub x: f64,
    /// Place on the upright axis.
    pub y: f64,
    /// Colour.
    pub ink: Ink,
    /// Shape.
    pub marker: Marker,
    /// Address that the point opens.
    pub address: Option<String>,
    /// Never named beside the point: one of many.
    pub unnamed: bool,
    /// What is said of it to a reader who points at it; may be empty.
    pub said: String,
}

/// A shaded region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// What holds in it.
    pub label: String,
    /// Colour, thinned.
    pub ink: Ink,
    /// Corners in order; an infinite coordinate means the edge of the chart.
    pub corners: Vec<(f64, f64)>,
    /// Its edge alone is drawn, with broken lines.
    pub outlined: bool,
}

/// A scatter chart.
#[derive(Clone)]
pub struct ScatterSpec<'a> {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// The level axis.
    pub x: Axis<'a>,
    /// The upright axis; its label stands over the chart.
    pub y: Axis<'a>,
    /// Points, the ones whose names matter most first.
    pub dots: Vec<Dot>,
    /// Regions, the lowest first.
    pub regions: Vec<Region>,
    /// Indices of the points to set off, the reader's own first.
    pub highlights: Vec<usize>,
}

/// Draws points on two axes.
pub fn scatter(spec: &ScatterSpec) -> Drawing {
    let dots: Vec<(usize, &Dot, (f64, f64))> = spec
        .dots
        .iter()
        .enumerate()
        .filter_map(|(i, dot)| Some((i, dot, (spec.x.clean(dot.x)?, spec.y.clean(dot.y)?))))
        .collect();
    if dots.is_empty() {
        return spec.frame.empty("scatter");
    }
    let face = Type::new(Ink::Ink, spec.frame.text_size() - PX / 2);
    let small = Type::new(Ink::Muted, spec.frame.text_size() - PX);
    let heading = Type {
        ink: Ink::Ink,
        ..small
    }
    .bold();
    let width = spec.frame.width_tenths();
    let plot_height = (width * 6 / 10).clamp(260 * PX, 460 * PX);
    let top = wrapped_height(&spec.y.label, heading, width) + 12 * PX;
    // The edges of regions belong in view as much as the points.
    let corners = || spec.regions.iter().flat_map(|r| &r.corners);
    let x = Ruler::over(
        &spec.x,
        dots.iter().map(|d| d.2.0).chain(corners().map(|c| c.0)),
        Some(6),
    );
    let y = Ruler::over(
        &spec.y,
        dots.iter().map(|d| d.2.1).chain(corners().map(|c| c.1)),
        Some(y_count(plot_height)),
    );
    let y_ticks = y_ticks(&spec.y, &y, plot_height);
    let bounds = Bounds {
        left: (widest(&y_ticks, small) + 7 * PX).min(width / 3),
        top,
        right: width - 10 * PX,
        bottom: top + plot_height,
    };
    let x_ticks = x_ticks(&spec.x, &x, bounds.right - bounds.left, small);
    let height = bounds.bottom + 28 * PX + wrapped_height(&spec.x.label, small, width);

    let canvas = Canvas::new(&spec.frame, "scatter", height);
    draw_wrapped(&canvas, &spec.y.label, heading, (0, 0), width);
    if let Some(plot) = Plot::new(&canvas, bounds, x, y) {
        draw_regions(&plot, &canvas, spec);
        plot.draw_y_ticks(&y_ticks, small);
        plot.draw_x_ticks(&x_ticks, small, true);
        draw_dots(&plot, &canvas, spec, &dots, face, small);
    }
    let lines = metrics::wrap(&spec.x.label, small.size, false, width);
    for (i, line) in lines.iter().enumerate() {
        let half = small.width(line) / 2;
        let x = ((bounds.left + bounds.right) / 2)
            .min(width - half)
            .max(half);
        let y = bounds.bottom + 26 * PX + small.leading() * i as i32 + small.size / 2;
        canvas.text(line, small.middle(), (x, y));
    }
    canvas.finish()
}

/// A coordinate of a region's corner, infinite ones brought to the edge.
fn corner(axis: &Axis, ruler: &Ruler, value: f64) -> Option<f64> {
    let (low, high) = ruler.ends();
    match value {
        v if v.is_nan() => None,
        f64::INFINITY => Some(high),
        v => axis.clean(v).map_or(Some(low), |v| Some(ruler.clamped(v))),
    }
}

/// Corners of a region within the chart.
fn outline(plot: &Plot, spec: &ScatterSpec, region: &Region) -> Vec<(f64, f64)> {
    let within =
        |&(x, y): &(f64, f64)| Some((corner(&spec.x, &plot.x, x)?, corner(&spec.y, &plot.y, y)?));
    region.corners.iter().filter_map(within).collect()
}

fn draw_regions(plot: &Plot, canvas: &Canvas, spec: &ScatterSpec) {
    for region in &spec.regions {
        let corners = outline(plot, spec, region);
        if corners.len() < 3 {
            continue;
        }
        canvas.open_titled("", &region.label);
        if region.outlined {
            let edge: Vec<(f64, f64)> = corners.iter().chain(corners.first()).copied().collect();
            plot.path(&edge, Pen::line(region.ink, 15).dash(Dash::Dots));
        } else {
            plot.polygon(&corners, Pen::fill(region.ink).alpha(0.14));
        }
        canvas.close();
    }
}

/// Draws the points, then the names that find room: the point set off first,
/// then regions, then points in order.
fn draw_dots(
    plot: &Plot,
    canvas: &Canvas,
    spec: &ScatterSpec,
    dots: &[(usize, &Dot, (f64, f64))],
    face: Type,
    small: Type,
) {
    let shown: Vec<(bool, &Dot, (i32, i32))> = dots
        .iter()
        .filter(|(_, _, at)| plot.x.holds(at.0) && plot.y.holds(at.1))
        .map(|(i, dot, at)| (spec.highlights.contains(i), *dot, plot.at(*at)))
        .collect();
    let mut taken: Vec<Bounds> = shown
        .iter()
        .map(|(strong, _, at)| Bounds::around(*at, if *strong { 75 } else { 48 }))
        .collect();
    // What matters most is drawn last, on top.
    for (strong, dot, at) in shown
        .iter()
        .rev()
        .filter(|d| !d.0)
        .chain(shown.iter().filter(|d| d.0))
    {
        canvas.open_titled("", &dot.label);
        if let Some(address) = &dot.address {
            canvas.open_link(address, &dot.label);
        }
        if *strong {
            canvas.circle(*at, 75, Pen::fill(Ink::Paper));
            canvas.circle(*at, 75, Pen::line(Ink::Ink, 22));
        }
        canvas.marker(dot.marker, dot.ink, *at, 46);
        if dot.address.is_some() {
            canvas.close_link();
        }
        canvas.close();
    }
    let mut by_place: Vec<_> = shown.iter().collect();
    by_place.sort_by_key(|(_, _, at)| *at);
    // The first point set off is the reader's.
    let own = spec.highlights.first().and_then(|i| spec.dots.get(*i));
    for (_, dot, at) in by_place {
        let place = Bounds::around(*at, 0);
        match own.is_some_and(|own| std::ptr::eq(*dot, own)) {
            true => canvas.own_mark(place, &dot.said),
            false => canvas.mark(place, &dot.said),
        }
    }
    let page = Bounds {
        left: plot.bounds.left,
        top: 0,
        right: canvas.width,
        bottom: plot.bounds.bottom,
    };
    let strong_first = shown.iter().filter(|d| d.0);
    for (_, dot, at) in strong_first {
        name_dot(
            canvas,
            &dot.label,
            face.bold().halo(),
            *at,
            75,
            page,
            &mut taken,
        );
    }
    for region in &spec.regions {
        name_region(plot, canvas, spec, region, small, &mut taken);
    }
    for (_, dot, at) in shown.iter().filter(|d| !d.0 && !d.1.unnamed) {
        name_dot(canvas, &dot.label, face.halo(), *at, 42, page, &mut taken);
    }
}

/// Writes a name beside its point at the first free place; returns nothing, as
/// a name without room is left to the pointer.
fn name_dot(
    canvas: &Canvas,
    label: &str,
    face: Type,
    (x, y): (i32, i32),
    reach: i32,
    page: Bounds,
    taken: &mut Vec<Bounds>,
) {
    let (width, half) = (face.width(label), face.size * 6 / 10);
    let (near, off) = (reach + 3 * PX, reach + half + PX);
    let places = [
        (x + near, y, HPos::Left),
        (x - near, y, HPos::Right),
        (x, y - off, HPos::Center),
        (x, y + off, HPos::Center),
        (x + reach, y - off, HPos::Left),
        (x + reach, y + off, HPos::Left),
        (x - reach, y - off, HPos::Right),
        (x - reach, y + off, HPos::Right),
    ];
    for (x, y, h) in places {
        let left = match h {
            HPos::Left => x,
            HPos::Center => x - width / 2,
            HPos::Right => x - width,
        };
        let place = Bounds {
            left,
            top: y - half,
            right: left + width,
            bottom: y + half,
        };
        if place.within(&page) && !taken.iter().any(|t| t.meets(&place)) {
            canvas.text(label, Type { h, ..face }, (x, y));
            taken.push(place);
            return;
        }
    }
}

/// Writes what a region means in a free corner of it.
fn name_region(
    plot: &Plot,
    canvas: &Canvas,
    spec: &ScatterSpec,
    region: &Region,
    face: Type,
    taken: &mut Vec<Bounds>,
) {
    let corners: Vec<(i32, i32)> = outline(plot, spec, region)
        .into_iter()
        .map(|c| plot.at(c))
        .collect();
    let ends = |pick: &dyn Fn(&(i32, i32)) -> i32| {
        Some((
            corners.iter().map(pick).min()?,
            corners.iter().map(pick).max()?,
        ))
    };
    let (Some((left, right)), Some((top, bottom))) = (ends(&|c| c.0), ends(&|c| c.1)) else {
        return;
    };
    let pad = 5 * PX;
    let lines = metrics::wrap(&region.label, face.size, false, right - left - 2 * pad);
    let width = lines.iter().map(|line| face.width(line)).max().unwrap_or(0);
    let tall = face.leading() * lines.len() as i32;
    let cut = lines.iter().any(|line| line.ends_with('…'));
    if lines.is_empty() || cut || tall + 2 * pad > bottom - top {
        return;
    }
    let (x0, x1) = (left + pad, right - pad - width);
    let (y0, y1) = (top + pad, bottom - pad - tall);
    for (x, y) in [(x1, y0), (x0, y0), (x1, y1), (x0, y1)] {
        let place = Bounds {
            left: x,
            top: y,
            right: x + width,
            bottom: y + tall,
        };
        let centre = (
            (place.left + place.right) / 2,
            (place.top + place.bottom) / 2,
        );
        if !taken.iter().any(|t| t.meets(&place)) && inside(&corners, centre) {
            for (i, line) in lines.iter().enumerate() {
                let at = (x, y + face.leading() * i as i32 + face.leading() / 2);
                canvas.text(line, face.halo(), at);
            }
            taken.push(place);
            return;
        }
    }
}

/// True where a point lies within a polygon (even-odd rule).
fn inside(corners: &[(i32, i32)], (x, y): (i32, i32)) -> bool {
    let mut within = false;
    for (i, &(ax, ay)) in corners.iter().enumerate() {
        let (bx, by) = corners[(i + 1) % corners.len()];
        if (ay > y) != (by > y) {
            let cross =
                i64::from(bx - ax) * i64::from(y - ay) - i64::from(x - ax) * i64::from(by - ay);
            if (cross > 0) == (by > ay) {
                within = !within;
            }
        }
    }
    within
}

//! Lines: one or more panels over a shared level axis.

use crate::axis::{Axis, Ruler};
use crate::canvas::{Canvas, Frame};
use crate::ink::{Dash, Ink, Marker, Pen};
use crate::key::{Key, Sample};
use crate::metrics;
use crate::place::{Taken, spread};
use crate::plot::{Bounds, Plot, draw_wrapped, widest, wrapped_height, x_ticks, y_count, y_ticks};
use crate::sheet::{PX, Type};

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Name, written at the end of the line where there is room.
    pub label: String,
    /// Name for narrow charts; may be empty.
    pub short: String,
    /// Points from left to right; the line breaks at a point that cannot be
    /// shown.
    pub points: Vec<(f64, f64)>,
    /// Where the value may lie, as (x, low, high) from left to right; may be
    /// empty.
    pub band: Vec<(f64, f64, f64)>,
    /// Colour, dash and marker, as from [`crate::series_style`].
    pub style: (Ink, Dash, Marker),
}

impl Default for Ink {
    fn default() -> Self {
        Ink::Blue
    }
}

/// A level line to stay under or over.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// Where it lies.
    pub value: f64,
    /// What it is.
    pub label: String,
    /// Its colour.
    pub ink: Ink,
}

/// An upright line through all panels: the reader's own point.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where it stands.
    pub x: f64,
    /// What it is.
    pub label: String,
}

/// One panel: lines over one upright axis.
#[derive(Clone)]
pub struct Panel<'a> {
    /// The upright axis; its label stands over the panel.
    pub y: Axis<'a>,
    /// The lines.
    pub series: Vec<Series>,
    /// A limit to show.
    pub threshold: Option<Threshold>,
    /// Values to ring on the upright rule.
    pub marks: Vec<f64>,
}

/// A line chart.
#[derive(Clone)]
pub struct LinesSpec<'a> {
    /// Identity, width and words of the chart.
    pub frame: Frame,
    /// The level axis, shared by all panels.
    pub x: Axis<'a>,
    /// Panels from top to bottom.
    pub panels: Vec<Panel<'a>>,
    /// The reader's own point.
    pub rule: Option<Rule>,
}

/// Draws lines in panels.
pub fn lines(spec: &LinesSpec) -> String {
    let panels: Vec<Drawn> = spec.panels.iter().map(|p| Drawn::of(spec, p)).collect();
    let some = |panel: &Drawn| panel.runs.iter().any(|runs| !runs.is_empty());
    if !panels.iter().any(some) {
        return spec.frame.empty("lines");
    }
    let layout = Layout::of(spec, &panels);
    let canvas = Canvas::new(&spec.frame, "lines", layout.height);
    let mut top = 0;
    for (i, panel) in panels.iter().enumerate() {
        top = draw_panel(&canvas, &layout, spec, panel, i, top);
    }
    canvas.finish()
}

/// A panel with what can be shown of its data.
struct Drawn<'a> {
    panel: &'a Panel<'a>,
    /// Unbroken runs of points of each line.
    runs: Vec<Vec<Vec<(f64, f64)>>>,
    y: Ruler,
    ticks: Vec<(f64, String)>,
}

impl<'a> Drawn<'a> {
    fn of(spec: &LinesSpec, panel: &'a Panel<'a>) -> Self {
        let shown = |&(x, y): &(f64, f64)| Some((spec.x.clean(x)?, panel.y.clean(y)?));
        let runs = panel
            .series
            .iter()
            .map(|series| {
                let broken = series.points.split(|point| shown(point).is_none());
                let runs = broken.filter(|run| !run.is_empty());
                runs.map(|run| run.iter().filter_map(shown).collect())
                    .collect()
            })
            .collect();
        let points = panel
            .series
            .iter()
            .flat_map(|s| s.points.iter().map(|p| p.1));
        let bands = panel
            .series
            .iter()
            .flat_map(|s| s.band.iter().flat_map(|b| [b.1, b.2]));
        let limit = panel.threshold.iter().map(|t| t.value);
        let values = points
            .chain(bands)
            .chain(limit)
            .chain(panel.marks.iter().copied());
        let height = plot_height(spec);
        let y = Ruler::over(&panel.y, values, Some(y_count(height)));
        let ticks = y_ticks(&panel.y, &y, height);
        Drawn {
            panel,
            runs,
            y,
            ticks,
        }
    }
}

fn plot_height(spec: &LinesSpec) -> i32 {
    let share = if spec.panels.len() > 1 { 3 } else { 2 };
    let (low, high) = if spec.panels.len() > 1 {
        (130, 190)
    } else {
        (190, 300)
    };
    (spec.frame.width_tenths() / share).clamp(low * PX, high * PX)
}

/// Sizes shared by all panels, in tenths.
struct Layout {
    face: Type,
    small: Type,
    left: i32,
    right: i32,
    plot_height: i32,
    x: Ruler,
    x_ticks: Vec<(f64, String)>,
    /// Names stand at the ends of lines, within this width; else in keys.
    end_labels: Option<i32>,
    height: i32,
}

impl Layout {
    fn of(spec: &LinesSpec, panels: &[Drawn]) -> Layout {
        let face = Type::new(Ink::Ink, spec.frame.text_size());
        let small = Type::new(Ink::Muted, face.size - PX);
        let width = spec.frame.width_tenths();
        let xs = spec.panels.iter().flat_map(|p| &p.series).flat_map(|s| {
            s.points
                .iter()
                .map(|p| p.0)
                .chain(s.band.iter().map(|b| b.0))
        });
        let x = Ruler::over(&spec.x, xs.chain(spec.rule.iter().map(|r| r.x)), None);
        let tick_width = panels
            .iter()
            .map(|p| widest(&p.ticks, small))
            .max()
            .unwrap_or(0);
        let left = (tick_width + 7 * PX).min(width / 3);
        let end_labels = end_label_width(spec, face);
        let right = width - end_labels.map_or(10 * PX, |w| w + 14 * PX);
        let mut layout = Layout {
            face,
            small,
            left,
            right,
            plot_height: plot_height(spec),
            x,
            x_ticks: x_ticks(&spec.x, &x, right - left, small),
            end_labels,
            height: 0,
        };
        let panels_height: i32 = (0..panels.len())
            .map(|i| layout.head_height(spec, i) + layout.plot_height + 26 * PX)
            .sum();
        layout.height = panels_height + wrapped_height(&spec.x.label, small, width) + 2 * PX;
        layout
    }

    /// Height over the plot: axis label, key, and the words of the rule.
    fn head_height(&self, spec: &LinesSpec, panel: usize) -> i32 {
        let label = &spec.panels[panel].y.label;
        let title = wrapped_height(label, self.small.bold(), spec.frame.width_tenths());
        let rule = if panel == 0 {
            self.rule_height(spec)
        } else {
            0
        };
        title + self.key(spec, panel).height() + rule + 9 * PX
    }

    fn rule_height(&self, spec: &LinesSpec) -> i32 {
        let words = spec.rule.as_ref().map_or("", |rule| rule.label.as_str());
        wrapped_height(words, self.face, spec.frame.width_tenths() / 2)
    }

    /// The key of a panel whose lines are not named at their ends.
    fn key(&self, spec: &LinesSpec, panel: usize) -> Key {
        let series = &spec.panels[panel].series;
        let named = if self.end_labels.is_none() {
            series.as_slice()
        } else {
            &[]
        };
        let items = named.iter().filter(|s| !s.label.is_empty()).map(|s| {
            let (ink, dash, marker) = s.style;
            (Sample::Line(ink, dash, marker), s.label.as_str())
        });
        Key::new(items, self.face, spec.frame.width_tenths())
    }
}

/// Name of a line for this width.
fn name_of<'s>(spec: &LinesSpec, series: &'s Series) -> &'s str {
    if spec.frame.narrow() && !series.short.is_empty() {
        &series.short
    } else {
        &series.label
    }
}

/// Width to reserve for names at line ends; none where a key serves better.
fn end_label_width(spec: &LinesSpec, face: Type) -> Option<i32> {
    let limit = spec.frame.width_tenths() * 27 / 100;
    let mut widest = 0;
    for series in spec.panels.iter().flat_map(|panel| &panel.series) {
        let lines = metrics::wrap(name_of(spec, series), face.size, false, limit);
        if lines.len() > 2 || lines.iter().any(|line| line.ends_with('…')) {
            return None;
        }
        let width = lines.iter().map(|line| face.width(line)).max();
        widest = widest.max(width.unwrap_or(0));
    }
    Some(widest)
}

/// Draws a panel from `top` down; returns where the next begins.
fn draw_panel(
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
    if let Some(mut plot) = Plot::new(canvas, bounds, layout.x, drawn.y) {
        plot.draw_y_ticks(&drawn.ticks, layout.small);
        plot.draw_x_ticks(&layout.x_ticks, layout.small, false);
        draw_bands(&mut plot, canvas, drawn, spec, index);
        draw_rule(&mut plot, canvas, layout, spec, index);
        draw_threshold_line(&mut plot, drawn);
        for (series, runs) in drawn.panel.series.iter().zip(&drawn.runs) {
            for run in runs {
                let (ink, dash, _) = series.style;
                plot.path(run.clone(), Pen::line(ink, 20).dash(dash));
            }
        }
        canvas.close();
        draw_markers(&plot, canvas, drawn);
        draw_threshold_label(&plot, canvas, layout, drawn);
        if let Some(limit) = layout.end_labels {
            draw_end_labels(&plot, canvas, layout, spec, drawn, limit);
        }
        draw_marks(&plot, canvas, spec, drawn);
    }
    let mut bottom = bounds.bottom + 26 * PX;
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

/// Draws bands and opens the group that keeps lines within the plot.
fn draw_bands(plot: &mut Plot, canvas: &Canvas, drawn: &Drawn, spec: &LinesSpec, index: usize) {
    plot.open_clipped(&format!("c{index}"));
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
        let outline = lower.chain(upper).collect();
        canvas.open_titled("", &series.label);
        plot.polygon(outline, Pen::fill(series.style.0).alpha(0.16));
        canvas.close();
    }
}

fn shown_rule<'s>(plot: &Plot, spec: &'s LinesSpec) -> Option<(&'s Rule, f64)> {
    let rule = spec.rule.as_ref()?;
    let x = spec.x.clean(rule.x).filter(|&x| plot.x.holds(x))?;
    Some((rule, x))
}

/// Draws the upright rule, with its words over the first panel.
fn draw_rule(plot: &mut Plot, canvas: &Canvas, layout: &Layout, spec: &LinesSpec, index: usize) {
    let Some((rule, x)) = shown_rule(plot, spec) else {
        return;
    };
    let (low, high) = plot.y.ends();
    plot.path(vec![(x, low), (x, high)], Pen::line(Ink::Ink, 10));
    if index > 0 {
        return;
    }
    let at = plot.at((x, high)).0;
    let lines = metrics::wrap(&rule.label, layout.face.size, false, canvas.width / 2);
    let tall = lines.len() as i32 * layout.face.leading();
    // Outside the clipped group: the words stand over the plot.
    canvas.close();
    for (i, line) in lines.iter().enumerate() {
        let half = layout.face.width(line) / 2;
        let at = at.clamp(half, (canvas.width - half).max(half));
        let y = plot.bounds.top - 4 * PX - tall + layout.face.leading() * i as i32;
        canvas.text(
            line,
            layout.face.middle(),
            (at, y + layout.face.leading() / 2),
        );
    }
    plot.open_clipped("c");
}

fn draw_threshold_line(plot: &mut Plot, drawn: &Drawn) {
    let Some(threshold) = &drawn.panel.threshold else {
        return;
    };
    let Some(value) = drawn.panel.y.clean(threshold.value) else {
        return;
    };
    let (first, last) = plot.x.ends();
    let pen = Pen::line(threshold.ink, 15).dash(Dash::Short);
    plot.path(vec![(first, value), (last, value)], pen);
}

/// Writes the words of the threshold by its line, where fewest lines cross them.
fn draw_threshold_label(plot: &Plot, canvas: &Canvas, layout: &Layout, drawn: &Drawn) {
    let Some(threshold) = &drawn.panel.threshold else {
        return;
    };
    let shown = drawn
        .panel
        .y
        .clean(threshold.value)
        .filter(|&v| plot.y.holds(v));
    let Some(value) = shown else { return };
    let bounds = plot.bounds;
    let room = bounds.right - bounds.left - 8 * PX;
    let words = metrics::shorten(&threshold.label, layout.small.size, false, room);
    let (width, tall) = (layout.small.width(&words), layout.small.size);
    let line = plot.at((plot.x.ends().0, value)).1;
    let mut best = (usize::MAX, (0, 0));
    for up in [line - 9 * PX, line + 9 * PX] {
        let top = up - tall / 2;
        if top < bounds.top - 12 * PX || top + tall > bounds.bottom {
            continue;
        }
        for eighth in [0, 8, 4, 2, 6] {
            let left = bounds.left + 4 * PX + (room - width) * eighth / 8;
            let taken = Taken {
                left,
                top,
                right: left + width,
                bottom: top + tall,
            };
            let crossings = crossings(plot, drawn, &taken);
            if crossings < best.0 {
                best = (crossings, (left, up));
            }
        }
    }
    if best.0 < usize::MAX {
        let face = Type {
            ink: Ink::Ink,
            ..layout.small
        }
        .halo();
        canvas.text(&words, face, best.1);
    }
}

/// How many pieces of lines cross a place.
fn crossings(plot: &Plot, drawn: &Drawn, taken: &Taken) -> usize {
    let runs = drawn.runs.iter().flatten();
    runs.flat_map(|run| run.windows(2))
        .filter(|pair| taken.crossed_by(plot.at(pair[0]), plot.at(pair[1])))
        .count()
}

/// Draws markers at data points, thinned so that they never touch.
fn draw_markers(plot: &Plot, canvas: &Canvas, drawn: &Drawn) {
    for (index, (series, runs)) in drawn.panel.series.iter().zip(&drawn.runs).enumerate() {
        let count: usize = runs.iter().map(Vec::len).sum();
        let room = (plot.bounds.right - plot.bounds.left) / (14 * PX);
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

/// Writes the name of each line beside its end, moved apart where they meet.
fn draw_end_labels(
    plot: &Plot,
    canvas: &Canvas,
    layout: &Layout,
    spec: &LinesSpec,
    drawn: &Drawn,
    limit: i32,
) {
    let named: Vec<(&Series, (i32, i32), Vec<String>)> = drawn
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
    let leading = layout.face.leading();
    let wishes: Vec<(i32, i32)> = named
        .iter()
        .map(|(_, at, words)| (at.1, leading * words.len() as i32 + 2 * PX))
        .collect();
    let bounds = plot.bounds;
    let places = spread(&wishes, bounds.top - 8 * PX, bounds.bottom + 8 * PX);
    for ((series, at, words), &y) in named.iter().zip(&places) {
        let x = bounds.right + 13 * PX;
        if (y - at.1).abs() > 5 * PX || bounds.right - at.0 > 6 * PX {
            let lead = vec![
                (at.0 + 5 * PX, at.1),
                (bounds.right + 3 * PX, at.1),
                (x - 2 * PX, y),
            ];
            canvas.path(lead, Pen::line(series.style.0, 7));
        }
        let first = y - leading * (words.len() as i32 - 1) / 2;
        for (i, line) in words.iter().enumerate() {
            canvas.text(line, layout.face, (x, first + leading * i as i32));
        }
    }
}

/// The last point of a line within the level axis.
fn last_shown(plot: &Plot, runs: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
    runs.iter()
        .flatten()
        .rfind(|point| plot.x.holds(point.0))
        .copied()
}

/// Rings the reader's own values on the upright rule.
fn draw_marks(plot: &Plot, canvas: &Canvas, spec: &LinesSpec, drawn: &Drawn) {
    let Some((_, x)) = shown_rule(plot, spec) else {
        return;
    };
    for &mark in &drawn.panel.marks {
        if let Some(y) = drawn.panel.y.clean(mark).filter(|&y| plot.y.holds(y)) {
            canvas.marker(Marker::Ring, Ink::Ink, plot.at((x, y)), 50);
        }
    }
}

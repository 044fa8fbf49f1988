//! Lines: one or more panels over a shared level axis.

mod dots;
mod names;
mod panel;
mod rules;

use crate::axis::{Axis, Ruler};
use crate::canvas::{Canvas, Frame};
use crate::face::Type;
use crate::ink::{Dash, Ink, Marker};
use crate::key::{Key, Sample};
use crate::marks::Drawing;
use crate::metrics;
use crate::plot::{widest, wrapped_height, x_ticks, y_count, y_ticks};
use crate::scatter::Dot;
use crate::sheet::PX;
use crate::whisker::Whisker;

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
    /// The middle of where it may lie, drawn as a thin line in the band; may be
    /// empty.
    pub middle: Vec<(f64, f64)>,
    /// Colour, dash and marker, as from [`crate::series_style`].
    pub style: (Ink, Dash, Marker),
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

/// An upright line through all panels: the reader's own point, or another's.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where it stands.
    pub x: f64,
    /// What it is.
    pub label: String,
    /// How it is drawn.
    pub dash: Dash,
}

/// A stretch of the level axis that is unlike the rest, tinted in all panels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it is, written into the first panel where there is room.
    pub label: String,
    /// What the rest to its right is, likewise; may be empty.
    pub beyond: String,
}

/// What is said of a place to a reader who points at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Place on the level axis.
    pub x: f64,
    /// Place on the upright axis; none where it is said of all lines at once.
    pub y: Option<f64>,
    /// The words.
    pub text: String,
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
    /// Points set off from the lines, each named beside it.
    pub dots: Vec<Dot>,
    /// What can be read off it.
    pub said: Vec<Said>,
    /// Where numbers may lie, each at its place of the level axis.
    pub whiskers: Vec<(f64, Whisker)>,
}

impl<'a> Panel<'a> {
    /// Lines over an axis and nothing else.
    pub fn new(y: Axis<'a>, series: Vec<Series>) -> Self {
        Panel {
            y,
            series,
            threshold: None,
            marks: Vec::new(),
            dots: Vec::new(),
            said: Vec::new(),
            whiskers: Vec::new(),
        }
    }
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
    /// The reader's own point, then others.
    pub rules: Vec<Rule>,
    /// A stretch to tint.
    pub zone: Option<Zone>,
}

/// Draws lines in panels.
pub fn lines(spec: &LinesSpec) -> Drawing {
    let panels: Vec<Drawn> = spec.panels.iter().map(|p| Drawn::of(spec, p)).collect();
    let some = |panel: &Drawn| panel.runs.iter().any(|runs| !runs.is_empty());
    if !panels.iter().any(some) {
        return spec.frame.empty("lines");
    }
    let layout = Layout::of(spec, &panels);
    let canvas = Canvas::new(&spec.frame, "lines", layout.height);
    let mut top = 0;
    for (i, panel) in panels.iter().enumerate() {
        top = panel::draw(&canvas, &layout, spec, panel, i, top);
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
        let whisker = panel.whiskers.iter().flat_map(|(_, whisker)| whisker.ends);
        let values = points
            .chain(bands)
            .chain(limit)
            .chain(whisker.flatten())
            .chain(panel.marks.iter().copied())
            .chain(panel.dots.iter().map(|dot| dot.y));
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
        let dots = spec.panels.iter().flat_map(|p| &p.dots).map(|dot| dot.x);
        let rule = spec.rules.iter().map(|rule| rule.x);
        let x = Ruler::over(&spec.x, xs.chain(rule).chain(dots), None);
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
            .map(|i| layout.head_height(spec, i) + layout.plot_height + foot_height(spec, i))
            .sum();
        layout.height = panels_height + wrapped_height(&spec.x.label, small, width) + 2 * PX;
        layout
    }

    /// Height over the plot: axis label, key, and the words of the rule.
    fn head_height(&self, spec: &LinesSpec, panel: usize) -> i32 {
        let label = &spec.panels[panel].y.label;
        let title = wrapped_height(label, self.small.bold(), spec.frame.width_tenths());
        let rule = if panel == 0 {
            rules::height(self, spec)
        } else {
            0
        };
        title + self.key(spec, panel).height() + rule + 11 * PX
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

/// Height under the plot of a panel: tick labels and a gap.
fn foot_height(spec: &LinesSpec, panel: usize) -> i32 {
    let last = panel + 1 == spec.panels.len();
    if last { 26 * PX } else { 36 * PX }
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

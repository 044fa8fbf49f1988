//! What holds a chip back: operations for each byte read, under the roof that its
//! arithmetic and its memory make. Source: [roofline-2009].

use crate::along::Beside;
use crate::cast::{on, others};
use crate::origin::Of;
use crate::reading::{of_both_rows, of_row};
use crate::shown::{Case, Shown, of_b, of_both, quantity};
use crate::{Cell, Figure, Table, cell};
use charts::{
    Axis, Dash, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Said, Scale, Series, Zone, lines,
};
use sim::catalogue;
use sim::llm::{FixedLayout, Phase};
use sim::outcome::{Outcome, effective_format, served_among};
use sim::scenario::Scenario;
use sim::silicon::{Package, package};
use units::{Bandwidth, OpRate};
use words::Lang;
use words::explain::{Phase as Work, Subject};

/// Roofs drawn at most: the reader's and two that all know; the table has all.
const MOST: usize = 3;

/// A chip's roof, in the format that the model is served in.
struct Roof {
    of: Of,
    name: &'static str,
    short: &'static str,
    peak: OpRate,
    bandwidth: Bandwidth,
}

/// Alike as they are drawn, whoever's they are.
impl PartialEq for Roof {
    fn eq(&self, other: &Self) -> bool {
        let drawn = |roof: &Self| (roof.name, roof.peak, roof.bandwidth);
        drawn(self) == drawn(other)
    }
}

impl Roof {
    fn new(of: Of, scenario: &Scenario, package: &Package) -> Self {
        let (_, peak) = effective_format(scenario.serving.weights, package);
        let chip = catalogue::chip(scenario.chip_id);
        Self {
            of,
            name: chip.map_or("", |row| row.name),
            short: chip.map_or("", |row| row.short),
            // Attention is computed at 16 bit, whatever the weights are.
            peak: peak.max(package.peaks.bf16),
            bandwidth: package.bandwidth,
        }
    }

    /// Operations for each byte from which arithmetic is the limit.
    fn bend(&self) -> f64 {
        self.peak.get() / self.bandwidth.get()
    }

    /// The most that the chip can do with so many operations for each byte.
    fn at(&self, intensity: f64) -> OpRate {
        OpRate::new(intensity * self.bandwidth.get()).min(self.peak)
    }
}

/// The roofs of the reader's chip and of others, and where answering and reading
/// prompts lie under the reader's.
pub fn roofline(shown: &Shown) -> Figure {
    let Case {
        state,
        scenario,
        outcome,
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.roofline.title").to_owned();
    let made = outcome.package.is_manufacturable();
    let own = made.then(|| Roof::new(Of::OWN, scenario, &outcome.package));
    let other = shown.other.map(|b| Other::new(lang, &b));
    let theirs = other.as_ref().and_then(|b| b.roof.as_ref());
    let cast = others(scenario).map(|chip| {
        let other = on(state, chip.id, scenario.serving.chips);
        let package = package(&other.anchor, &other.design, &other.making);
        let of = Of::on(chip.id, scenario.serving.chips);
        Roof::new(of, &other, &package)
    });
    let cast = cast.filter(|roof| theirs != Some(roof));
    let roofs: Vec<Roof> = own.into_iter().chain(cast).collect();
    let served = outcome.inference.as_ref().ok();
    let phases = phases(outcome);
    let caption = match (made, roofs.first()) {
        (true, Some(own)) => caption(lang, own, &phases, served.map(|i| i.batch)),
        _ => lang.text("figure.roofline.not_made").to_owned(),
    };
    let own = roofs.first().filter(|_| made);
    let caption = shown.caption(caption, |_| versus(lang, (own, &phases), other.as_ref()?));
    let table = table(shown, &roofs, &phases, other.as_ref());
    let works = other.as_ref().map_or(0, |b| b.phases.len()) + phases.len();
    let table = with_draws(shown, table, phases.len(), own.map(|_| works));
    Figure {
        id: "figure-roofline",
        drawing: chart(
            shown,
            (&roofs, made),
            (&phases, other.as_ref()),
            &table,
            (&title, &caption),
        ),
        title,
        caption,
        table,
    }
}

/// The numbers of a draw: what is reached at the central answer's own work, in its
/// layout and with as many at once; where the roof bends; and the roof over each of
/// [`INTENSITIES`].
pub(crate) fn sample(scenario: &Scenario, beside: &Beside) -> Vec<f64> {
    let mut alike = scenario.clone();
    if let Some(best) = beside.best {
        let layout = best.layout;
        alike.serving.batch = Some(best.batch);
        alike.serving.fixed = FixedLayout {
            tp: Some(layout.tp),
            pp: Some(layout.pp),
            ep: Some(layout.ep),
            dp: Some(layout.dp),
        };
    }
    let layouts: Vec<_> = beside.best.iter().map(|best| best.layout).collect();
    let (package, served) = served_among(&alike, &layouts);
    let roof = package
        .is_manufacturable()
        .then(|| Roof::new(Of::OWN, scenario, &package));
    let none = f64::NEG_INFINITY;
    let reached = served.map(|served| [served.decode, served.prefill]);
    let reached = reached.map_or([none; 2], |phases| phases.map(|phase| tera(phase.rate())));
    let over = |at: f64| roof.as_ref().map_or(none, |roof| tera(roof.at(at)));
    let bend = roof.as_ref().map_or(f64::INFINITY, Roof::bend);
    let [decode, prefill] = reached;
    [decode, prefill, bend]
        .into_iter()
        .chain(intensities().map(over))
        .collect()
}

/// As the chart counts operations.
fn tera(rate: OpRate) -> f64 {
    rate.get() / 1e12
}

fn in_tera(lang: Lang, rate: Option<f64>) -> Cell {
    match rate {
        Some(rate) => cell::op_rate(lang, OpRate::new(rate * 1e12)),
        None => lang.text("figure.none").into(),
    }
}

/// The table with where the draws lie of what A's work reaches, and of the bend of
/// A's roof, which stands in that row.
fn with_draws(shown: &Shown, table: Table, works: usize, bend: Option<usize>) -> Table {
    let (lang, Some(along)) = (shown.lang, shown.along()) else {
        return table;
    };
    let ends = |place: usize| along.range(place).map(|range| range.ends());
    let reached = |row: usize| {
        let ends = ends(row).filter(|_| row < works)?;
        Some(ends.map(|rate| in_tera(lang, rate)))
    };
    let bends = |row: usize| {
        let ends = ends(BEND).filter(|_| Some(row) == bend)?;
        Some(ends.map(|at| cell::number_or_none(lang, at, 3)))
    };
    let table = shown.with_ranges(table, &name(lang, "rate"), &reached);
    shown.with_ranges(table, &name(lang, "x"), &bends)
}

/// Where the bend stands among these, and the first over an intensity.
const BEND: usize = 2;
const OVER: usize = 3;

/// Operations for each byte at which the roof of a draw is read: a sixteenth to 2¹⁶,
/// each twice the one before.
fn intensities() -> impl Iterator<Item = f64> {
    (0..=20).map(|i| f64::from(1 << i) / 16.0)
}

/// Answering and reading prompts, where the model is served.
fn phases(outcome: &Outcome) -> Vec<(&'static str, Phase)> {
    let served = outcome.inference.as_ref().ok();
    served
        .map(|i| [("decode", i.decode), ("prefill", i.prefill)])
        .into_iter()
        .flatten()
        .collect()
}

/// The roof of B, where its chip can be made, and what lies under it.
struct Other {
    roof: Option<Roof>,
    phases: Vec<(&'static str, Phase)>,
    names: [String; 2],
}

impl Other {
    fn new(lang: Lang, b: &Case) -> Self {
        let made = b.outcome.package.is_manufacturable();
        let roof = made.then(|| Roof::new(Of::OTHER, b.scenario, &b.outcome.package));
        let names = roof
            .as_ref()
            .map_or(["", ""], |roof| [roof.name, roof.short]);
        Self {
            names: names.map(|name| of_b(lang, name)),
            roof,
            phases: phases(b.outcome),
        }
    }
}

/// How B's work differs, or its roof where nothing is served.
fn versus(
    lang: Lang,
    (roof, phases): (Option<&Roof>, &[(&str, Phase)]),
    b: &Other,
) -> Option<String> {
    let say = |rate: f64| lang.op_rate(OpRate::new(rate));
    let rate = |phases: &[(&str, Phase)]| phases.first().map(|(_, phase)| phase.rate().get());
    let rates = [rate(phases), rate(&b.phases)];
    let peaks = [roof, b.roof.as_ref()].map(|roof| roof.map(|roof| roof.peak.get()));
    let same = roof == b.roof.as_ref() && phases == b.phases;
    let (key, numbers) = match rates {
        [None, None] => ("figure.roofline.versus_roof", peaks),
        rates => ("figure.roofline.versus", rates),
    };
    (!same).then(|| quantity(lang, key, numbers, &say))
}

fn chart(
    shown: &Shown,
    (roofs, made): (&[Roof], bool),
    (phases, other): (&[(&'static str, Phase)], Option<&Other>),
    table: &Table,
    (title, caption): (&str, &str),
) -> Drawing {
    let lang = shown.lang;
    let number = |value: f64| lang.number(value, 2);
    let theirs = other.map_or(&[][..], |b| &b.phases);
    let places = phases
        .iter()
        .chain(theirs)
        .map(|(_, phase)| phase.intensity());
    let low = places.clone().fold(1.0, f64::min) / 1.5;
    let their_roof = other.and_then(|b| Some((b, b.roof.as_ref()?)));
    let bends = roofs
        .iter()
        .chain(their_roof.map(|(_, roof)| roof))
        .map(|roof| roof.bend() * 2.0);
    let high = places.map(|x| x * 2.0).chain(bends).fold(1000.0, f64::max);
    let line = |roof: &Roof, names: [String; 2], ink: Ink, dash: Dash| {
        let [label, short] = names;
        Series {
            label,
            short,
            points: [low, roof.bend(), high]
                .map(|x| (x, tera(roof.at(x))))
                .to_vec(),
            style: (ink, dash, Marker::Nothing),
            ..Series::default()
        }
    };
    // A roof that both have is drawn once.
    let their_line = their_roof
        .filter(|(_, roof)| !(made && roofs.first() == Some(*roof)))
        .map(|(b, roof)| line(roof, b.names.clone(), Ink::Blue, Dash::Dots));
    let alike = their_roof.is_some() && their_line.is_none();
    let series = roofs.iter().take(MOST).enumerate().rev().map(|(i, roof)| {
        // The reader's own stands out, over the others, which go by their names.
        let own = made && i == 0;
        let ink = if own { Ink::Blue } else { Ink::Grey };
        let names = [roof.name, roof.short].map(|name| match own {
            true if alike => of_both(lang, name),
            true => shown.own_noun(name),
            false => name.to_owned(),
        });
        let line = line(roof, names, ink, Dash::Solid);
        match own {
            true => shown.in_band(line, intensities().zip(OVER..)),
            false => line,
        }
    });
    let series: Vec<Series> = their_line.into_iter().chain(series).collect();
    let y = shown.shaded_tenfold(lang.text("figure.roofline.y"), &series);
    let y = Axis::new(y, Scale::Log, &number);
    let whiskers = phases.iter().enumerate().filter_map(|(i, (key, phase))| {
        let (title, reached) = (shown.own_noun(&name(lang, key)), name(lang, "rate"));
        let whisker = shown.whisker_along(&title, &reached, i, &|rate| in_tera(lang, rate))?;
        Some((phase.intensity(), whisker))
    });
    let dot = |label: String, phase: &Phase, marker: Marker, rows: &[usize]| Dot {
        label,
        x: phase.intensity(),
        y: tera(phase.rate()),
        ink: Ink::Blue,
        marker,
        said: of_both_rows(lang, table, rows, &[1, 2, 3, 4, 6, 7, 8]),
        ..Dot::default()
    };
    // What both do alike has one point.
    let row_of_b = |i: usize| phases.len() + i;
    let mine = phases.iter().enumerate().map(|(i, work)| {
        let (key, phase) = work;
        let words = name(lang, key);
        match theirs.iter().position(|other| other == work) {
            Some(alike) => {
                let rows = [i, row_of_b(alike)];
                dot(of_both(lang, &words), phase, Marker::Disc, &rows)
            }
            None => dot(shown.own_noun(&words), phase, Marker::Disc, &[i]),
        }
    });
    let points = row_of_b(theirs.len());
    let bend = |roof: &Roof, row: usize| Said {
        x: roof.bend(),
        y: Some(tera(roof.peak)),
        text: of_row(lang, table, row, &[1, 3, 5, 9, 10, 11]),
    };
    let bends = roofs.iter().take(MOST).enumerate();
    let mut bends: Vec<Said> = bends.map(|(i, roof)| bend(roof, points + i)).collect();
    if let Some((_, roof)) = their_roof {
        // B's after the reader's own.
        bends.insert(usize::from(made), bend(roof, points + roofs.len()));
    }
    let unlike = |(_, work): &(usize, &(&str, Phase))| !phases.contains(work);
    let theirs = theirs.iter().enumerate().filter(unlike);
    let theirs = theirs.map(|(i, (key, phase))| {
        let label = of_b(lang, &name(lang, key));
        dot(label, phase, Marker::Ring, &[row_of_b(i)])
    });
    let dots = mine.chain(theirs);
    let mut x = Axis::new(lang.text("figure.roofline.x"), Scale::Log, &number);
    x.range = Some((low, high));
    lines(&LinesSpec {
        frame: shown.frame("roofline", title, caption),
        x,
        panels: vec![Panel {
            dots: dots.collect(),
            said: bends,
            whiskers: whiskers.collect(),
            ..Panel::new(y, series)
        }],
        rules: Vec::new(),
        zone: roofs.first().map(|roof| Zone {
            from: low,
            to: roof.bend(),
            label: lang.text("figure.roofline.memory_side").to_owned(),
            beyond: lang.text("figure.roofline.arithmetic_side").to_owned(),
        }),
    })
}

fn name(lang: Lang, phase: &str) -> String {
    lang.text(&format!("figure.roofline.{phase}")).to_owned()
}

fn caption(lang: Lang, own: &Roof, phases: &[(&str, Phase)], batch: Option<f64>) -> String {
    let ridge = lang.number(own.bend(), 2);
    let ([(_, decode), (_, prefill)], Some(batch)) = (phases, batch) else {
        return lang.fill("figure.roofline.nothing", &[("ridge", &ridge)]);
    };
    let held = |phase: &Phase| {
        let key = if phase.intensity() < own.bend() {
            "figure.roofline.memory"
        } else {
            "figure.roofline.arithmetic"
        };
        let share = phase.rate() / own.at(phase.intensity());
        lang.fill(key, &[("share", &lang.percent(share))])
    };
    lang.fill(
        "figure.roofline.caption",
        &[
            ("ridge", &ridge),
            ("batch", &lang.count(batch)),
            ("ops", &lang.number(decode.intensity(), 2)),
            ("decode", &held(decode)),
            ("prompt_ops", &lang.number(prefill.intensity(), 2)),
            ("prefill", &held(prefill)),
        ],
    )
}

fn table(shown: &Shown, roofs: &[Roof], phases: &[(&str, Phase)], other: Option<&Other>) -> Table {
    let lang = shown.lang;
    let head = ["what", "x", "rate", "roof", "share", "bandwidth"]
        .map(|key| lang.text(&format!("figure.roofline.{key}")).to_owned());
    let none = || Cell::from(lang.text("figure.none"));
    // Points lie under the first roof, which is the reader's, or under B's.
    let point = |label: String, key: &str, phase: &Phase, roof: Option<&Roof>| {
        let of = roof?.of;
        let roof = roof?.at(phase.intensity());
        let work = match key {
            "decode" => Work::Decode,
            _ => Work::Prefill,
        };
        Some(vec![
            label.into(),
            cell::number(lang, phase.intensity(), 3).by(of.origin(Subject::Intensity(work))),
            cell::op_rate(lang, phase.rate()).by(of.origin(Subject::Pace(work))),
            cell::op_rate(lang, roof).by(of.origin(Subject::Roof(work))),
            cell::share(lang, phase.rate() / roof).by(of.origin(Subject::OfRoof(work))),
            none(),
        ])
    };
    let mine = phases.iter().filter_map(|(key, phase)| {
        let label = shown.own_noun(&name(lang, key));
        point(label, key, phase, roofs.first())
    });
    let theirs = other.into_iter().flat_map(|b| {
        let points = b.phases.iter();
        points.filter_map(|(key, phase)| {
            let label = of_b(lang, &name(lang, key));
            point(label, key, phase, b.roof.as_ref())
        })
    });
    let points = mine.chain(theirs);
    let their_bend = other.and_then(|b| Some((b.names[0].as_str(), b.roof.as_ref()?)));
    let bends = roofs.iter().map(|roof| (roof.name, roof));
    let bends = bends.chain(their_bend).map(|(chip, roof)| {
        vec![
            lang.fill("figure.roofline.bend", &[("chip", chip)]).into(),
            cell::number(lang, roof.bend(), 3).by(roof.of.origin(Subject::Ridge)),
            none(),
            cell::op_rate(lang, roof.peak).by(roof.of.origin(Subject::Peak)),
            none(),
            cell::bandwidth(lang, roof.bandwidth).by(roof.of.origin(Subject::Bandwidth)),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: points.chain(bends).collect(),
    }
}

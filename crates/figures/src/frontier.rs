//! The serving frontier: speed for each user against what each chip delivers.

use crate::along::Beside;
use crate::cast::{others, planned_on};
use crate::origin::Of;
use crate::reading::of_row;
use crate::shown::{Case, Shown, b_alone, of_b, quantity};
use crate::{Figure, Table, cell, lately};
use charts::{
    Axis, Dash, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Rule, Said, Scale, Series, Zone,
    lines, series_style,
};
use sim::catalogue::{self, ChipRow};
use sim::llm::Inference;
use sim::outcome::{frontier as every_batch, served_among};
use sim::scenario::Scenario;
use sim::silicon::Package;
use units::Time;
use words::Lang;
use words::explain::Subject;

/// Other systems shown at most.
const OTHERS: usize = 3;

/// The chips that are drawn beside the reader's.
pub(crate) fn others_drawn(scenario: &Scenario) -> impl Iterator<Item = &'static ChipRow> {
    others(scenario).take(OTHERS)
}

/// A system: what it serves best, and its layout at every batch.
struct Line {
    of: Of,
    name: String,
    short: String,
    best: Inference,
    batches: Vec<Inference>,
}

impl Line {
    fn new(of: Of, scenario: &Scenario, package: &Package, best: Inference) -> Self {
        let chip = catalogue::chip(scenario.chip_id);
        let batches = every_batch(scenario, package, &best);
        Self {
            of,
            name: chip.map_or("", |row| row.name).to_owned(),
            short: chip.map_or("", |row| row.short).to_owned(),
            best,
            batches,
        }
    }

    /// The line of what a scenario serves best.
    fn of(of: Of, case: &Case) -> Option<Self> {
        let best = case.outcome.inference.as_ref().ok()?;
        Some(Self::new(of, case.scenario, &case.outcome.package, *best))
    }

    /// The same line under other names.
    fn named(self, name: impl Fn(&str) -> String) -> Self {
        Self {
            name: name(&self.name),
            short: name(&self.short),
            ..self
        }
    }

    fn points(&self) -> Vec<(f64, f64)> {
        // Large batches are slow for each user, and stand on the left.
        self.batches.iter().rev().map(point).collect()
    }
}

/// Tokens a second for a user, and for a chip.
fn point(served: &Inference) -> (f64, f64) {
    (1.0 / served.tpot.get(), served.tokens_per_s_per_chip)
}

/// The reader's system and others of as many chips, each in the layout that serves
/// best, from few sequences at once to as many as fit.
pub fn frontier(shown: &Shown) -> Figure {
    let Case {
        state, scenario, ..
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.frontier.title").to_owned();
    let own = Line::of(Of::OWN, &shown.own).map(|line| line.named(|name| shown.own_noun(name)));
    let other = shown.other.as_ref().and_then(|b| Line::of(Of::OTHER, b));
    let other = other.map(|line| line.named(|name| of_b(lang, name)));
    let against: Vec<Line> = others_drawn(scenario)
        .filter_map(|chip| {
            let other = planned_on(state, chip.id, scenario.serving.chips);
            let outcome = lately::answer(&other);
            let best = *outcome.inference.as_ref().ok()?;
            let of = Of::planned_on(chip.id, scenario.serving.chips);
            Some(Line::new(of, &other, &outcome.package, best))
        })
        .collect();
    let limit = scenario.serving.limit;
    let caption = shown.caption(caption(lang, limit, own.as_ref(), &against), |b| {
        versus(
            lang,
            (own.as_ref(), limit),
            (other.as_ref(), b.scenario.serving.limit),
        )
    });
    // A chip of the cast that is B has B's line.
    let is_b = |line: &Line| other.as_ref().is_some_and(|b| b.points() == line.points());
    let against: Vec<Line> = against.into_iter().filter(|line| !is_b(line)).collect();
    let both = [own.as_ref(), other.as_ref()];
    let all = both.into_iter().flatten().chain(&against);
    let table = with_draws(shown, table(lang, all.clone()), own.as_ref());
    let said = said(lang, &table, all);
    Figure {
        id: "figure-frontier",
        drawing: chart(shown, limit, both, (&against, said), (&title, &caption)),
        title,
        caption,
        table,
    }
}

/// The speeds of the reader's line, the fastest first.
pub(crate) fn speeds(case: &Case) -> Vec<f64> {
    let line = Line::of(Of::OWN, case);
    line.map_or_else(Vec::new, |line| {
        line.batches.iter().map(|served| point(served).0).collect()
    })
}

/// The numbers of a draw: the most tokens a second that a chip gives while each
/// reader gets as many as at each of the speeds.
pub(crate) fn sample(scenario: &Scenario, beside: &Beside) -> Vec<f64> {
    let (package, best) = served_among(scenario, &beside.layouts);
    let batches = best.map_or_else(Vec::new, |best| every_batch(scenario, &package, &best));
    let points: Vec<(f64, f64)> = batches.iter().map(point).collect();
    let speeds = beside.speeds.iter();
    speeds.map(|speed| rate_at(&points, *speed)).collect()
}

/// What a chip gives of a line at that speed or faster, on the line between two
/// batches too; infinitely little where nothing is as fast.
fn rate_at(points: &[(f64, f64)], speed: f64) -> f64 {
    let fast_enough = points.iter().filter(|(x, _)| *x >= speed);
    let between = points.windows(2).filter_map(|pair| {
        let [(fast, few), (slow, many)] = [pair[0], pair[1]];
        let within = fast > speed && speed > slow;
        within.then(|| many + (few - many) * (speed - slow) / (fast - slow))
    });
    let rates = fast_enough.map(|(_, rate)| *rate).chain(between);
    rates.fold(f64::NEG_INFINITY, f64::max)
}

/// The table with where the draws of the reader's line lie.
fn with_draws(shown: &Shown, table: Table, own: Option<&Line>) -> Table {
    let (lang, Some(along), Some(own)) = (shown.lang, shown.along(), own) else {
        return table;
    };
    shown.with_ranges(table, lang.text("figure.frontier.y"), &|row| {
        let range = along.range(row).filter(|_| row < own.batches.len())?;
        range.p95?;
        Some(range.ends().map(|end| cell::number_or_none(lang, end, 3)))
    })
}

/// How what B's chips give differs, each line at what serves best.
fn versus(lang: Lang, a: (Option<&Line>, Time), b: (Option<&Line>, Time)) -> Option<String> {
    let drawn = |line: Option<&Line>| line.map(|line| (line.points(), point(&line.best)));
    let rate = |line: Option<&Line>| line.map(|line| point(&line.best).1);
    let say = |rate: f64| lang.number(rate, 2);
    let same = drawn(a.0) == drawn(b.0) && a.1 == b.1;
    (!same).then(|| quantity(lang, "figure.frontier.versus", [rate(a.0), rate(b.0)], &say))
}

fn chart(
    shown: &Shown,
    limit: Time,
    [own, other]: [Option<&Line>; 2],
    (against, said): (&[Line], Vec<Said>),
    (title, caption): (&str, &str),
) -> Drawing {
    let lang = shown.lang;
    let number = |value: f64| lang.number(value, 2);
    let looks = (0..).map(series_style).skip(usize::from(own.is_none()));
    let mut series: Vec<Series> = own
        .into_iter()
        .chain(against)
        .zip(looks)
        .map(|(line, (ink, dash, _))| series_of(line, ink, dash))
        .collect();
    if let Some(line) = own {
        let places = line.batches.iter().map(|served| point(served).0).zip(0..);
        series[0] = shown.in_band(std::mem::take(&mut series[0]), places);
    }
    // The reader's own is drawn last, over the others, and B's over it.
    series.reverse();
    series.extend(other.map(|line| series_of(line, Ink::Blue, Dash::Dots)));
    let slowest = series.iter().flat_map(|line| &line.points).map(|p| p.0);
    let slowest = slowest.fold(f64::INFINITY, f64::min);
    let least = 1.0 / limit.get();
    let y_name = shown.shaded_as("figure.frontier.shaded", lang.text("figure.frontier.y"));
    let y = Axis::new(y_name, Scale::Log, &number);
    let dot = |line: &Line, label: String, marker: Marker| {
        let (x, y) = point(&line.best);
        Dot {
            label,
            x,
            y,
            ink: Ink::Blue,
            marker,
            ..Dot::default()
        }
    };
    let here = shown.own_name(lang.text("figure.frontier.here"));
    let dots = own.map(|line| dot(line, here, Marker::Disc));
    let dots = dots
        .into_iter()
        .chain(other.map(|line| dot(line, b_alone(lang), Marker::Ring)));
    lines(&LinesSpec {
        frame: shown.frame("frontier", title, caption),
        x: Axis::new(lang.text("figure.frontier.x"), Scale::Log, &number),
        panels: vec![Panel {
            dots: dots.collect(),
            said,
            ..Panel::new(y, series)
        }],
        rules: vec![Rule {
            x: least,
            label: lang.fill("figure.frontier.limit", &[("time", &lang.time(limit))]),
            dash: Dash::Solid,
        }],
        zone: (slowest < least).then(|| Zone {
            from: slowest,
            to: least,
            label: lang.text("figure.frontier.slow").to_owned(),
            ..Zone::default()
        }),
    })
}

fn series_of(line: &Line, ink: Ink, dash: Dash) -> Series {
    Series {
        label: line.name.clone(),
        short: line.short.clone(),
        points: line.points(),
        style: (ink, dash, Marker::Nothing),
        ..Series::default()
    }
}

/// What the table says of each batch, line by line and from left to right.
fn said<'a>(lang: Lang, table: &Table, all: impl Iterator<Item = &'a Line>) -> Vec<Said> {
    let mut said = Vec::new();
    for line in all {
        let first = said.len();
        let of_batch = |(i, served): (usize, &Inference)| {
            let (x, y) = point(served);
            Said {
                x,
                y: Some(y),
                text: of_row(lang, table, first + i, &[1, 2, 3, 4, 5, 6]),
            }
        };
        said.extend(line.batches.iter().enumerate().rev().map(of_batch));
    }
    said
}

/// The finding: what each chip gives within the limit, and what haste costs.
fn caption(lang: Lang, limit: Time, own: Option<&Line>, against: &[Line]) -> String {
    let Some(own) = own else {
        return lang.text("figure.frontier.nothing").to_owned();
    };
    let (user, rate) = point(&own.best);
    let rate_of = |served: &Inference| lang.number(served.tokens_per_s_per_chip, 2);
    let first = lang.fill(
        if own.best.tpot <= limit {
            "figure.frontier.caption"
        } else {
            "figure.frontier.missed"
        },
        &[
            ("limit", &lang.time(limit)),
            ("user", &lang.number(user, 2)),
            ("rate", &lang.number(rate, 2)),
        ],
    );
    let others: Vec<String> = against
        .iter()
        .filter(|line| line.best.tpot <= limit)
        .map(|line| {
            let rate = rate_of(&line.best);
            lang.fill(
                "figure.frontier.other",
                &[("chip", &line.short), ("rate", &rate)],
            )
        })
        .collect();
    let others = (!others.is_empty())
        .then(|| lang.fill("figure.frontier.others", &[("list", &others.join(", "))]));
    let haste = own.batches.first().filter(|one| one.batch < own.best.batch);
    let haste = haste.map(|one| {
        lang.fill(
            "figure.frontier.haste",
            &[
                ("user", &lang.number(point(one).0, 2)),
                ("rate", &rate_of(one)),
            ],
        )
    });
    [Some(first), others, haste]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn table<'a>(lang: Lang, all: impl Iterator<Item = &'a Line>) -> Table {
    let head = ["system", "batch", "x", "y"]
        .map(|key| lang.text(&format!("figure.frontier.{key}")).to_owned());
    let rows = all.flat_map(|line| {
        line.batches.iter().enumerate().map(|(i, served)| {
            let (user, rate) = point(served);
            let of = line.of.batch(i);
            vec![
                line.name.as_str().into(),
                cell::count(lang, served.batch),
                cell::number(lang, user, 3).by(of.origin(Subject::ReaderRate)),
                cell::number(lang, rate, 3).by(of.origin(Subject::ChipRate)),
            ]
        })
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}

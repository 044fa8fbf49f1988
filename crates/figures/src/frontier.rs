//! The serving frontier: speed for each user against what each chip delivers.

use crate::cast::{others, planned_on};
use crate::reading::of_row;
use crate::{Figure, Table, frame};
use charts::{
    Axis, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Rule, Said, Scale, Series, Zone, lines,
    series_style,
};
use sim::catalogue;
use sim::llm::Inference;
use sim::outcome::{Outcome, frontier as every_batch, served_by};
use sim::scenario::Scenario;
use sim::silicon::Package;
use sim::state::State;
use units::Time;
use words::Lang;

/// Other systems shown at most.
const OTHERS: usize = 3;

/// A system: what it serves best, and its layout at every batch.
struct Line {
    name: &'static str,
    short: &'static str,
    best: Inference,
    batches: Vec<Inference>,
}

impl Line {
    fn new(scenario: &Scenario, package: &Package, best: Inference) -> Self {
        let chip = catalogue::chip(scenario.chip_id);
        let batches = every_batch(scenario, package, best.layout);
        Self {
            name: chip.map_or("", |row| row.name),
            short: chip.map_or("", |row| row.short),
            best,
            batches,
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
pub fn frontier(
    lang: Lang,
    state: &State,
    scenario: &Scenario,
    outcome: &Outcome,
    width: u32,
) -> Figure {
    let title = lang.text("figure.frontier.title").to_owned();
    let own = outcome.inference.as_ref().ok();
    let own = own.map(|best| Line::new(scenario, &outcome.package, *best));
    let against: Vec<Line> = others(scenario)
        .take(OTHERS)
        .filter_map(|chip| {
            let other = planned_on(state, chip.id, scenario.serving.chips);
            let (package, best) = served_by(&other);
            Some(Line::new(&other, &package, best.ok()?))
        })
        .collect();
    let limit = scenario.serving.limit;
    let caption = caption(lang, limit, own.as_ref(), &against);
    let table = table(lang, own.iter().chain(&against));
    let said = said(lang, &table, own.iter().chain(&against));
    let drawing = chart(
        lang,
        limit,
        (own.as_ref(), &against, said),
        &title,
        &caption,
        width,
    );
    Figure {
        id: "figure-frontier",
        drawing,
        title,
        caption,
        table,
    }
}

fn chart(
    lang: Lang,
    limit: Time,
    (own, against, said): (Option<&Line>, &[Line], Vec<Said>),
    title: &str,
    caption: &str,
    width: u32,
) -> Drawing {
    let number = |value: f64| lang.number(value, 2);
    let looks = (0..).map(series_style).skip(usize::from(own.is_none()));
    let mut series: Vec<Series> = own
        .into_iter()
        .chain(against)
        .zip(looks)
        .map(|(line, (ink, dash, _))| Series {
            label: line.name.to_owned(),
            short: line.short.to_owned(),
            points: line.points(),
            style: (ink, dash, Marker::Nothing),
            ..Series::default()
        })
        .collect();
    // The reader's own is drawn last, over the others.
    series.reverse();
    let slowest = series.iter().flat_map(|line| &line.points).map(|p| p.0);
    let slowest = slowest.fold(f64::INFINITY, f64::min);
    let least = 1.0 / limit.get();
    let y = Axis::new(lang.text("figure.frontier.y"), Scale::Log, &number);
    let dots = own.map(|line| {
        let (x, y) = point(&line.best);
        Dot {
            label: lang.text("figure.frontier.here").to_owned(),
            x,
            y,
            ink: Ink::Blue,
            ..Dot::default()
        }
    });
    lines(&LinesSpec {
        frame: frame(lang, "frontier", title, caption, width),
        x: Axis::new(lang.text("figure.frontier.x"), Scale::Log, &number),
        panels: vec![Panel {
            dots: dots.into_iter().collect(),
            said,
            ..Panel::new(y, series)
        }],
        rule: Some(Rule {
            x: least,
            label: lang.fill("figure.frontier.limit", &[("time", &lang.time(limit))]),
        }),
        zone: (slowest < least).then(|| Zone {
            from: slowest,
            to: least,
            label: lang.text("figure.frontier.slow").to_owned(),
        }),
    })
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
                text: of_row(lang, table, first + i, &[1, 2, 3]),
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
                &[("chip", line.short), ("rate", &rate)],
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
        line.batches.iter().map(|served| {
            let (user, rate) = point(served);
            vec![
                line.name.to_owned(),
                lang.count(served.batch),
                lang.number(user, 3),
                lang.number(rate, 3),
            ]
        })
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}

//! Where the time of a token goes.

use crate::cast::on;
use crate::drawn::rows;
use crate::origin::Of;
use crate::reading::of_bar;
use crate::shown::{Case, Shown, b_alone, quantity};
use crate::{Cell, Figure, Holds, Table, cell, lately};
use charts::{BarRow, BarSpec, PARTS, Part, stacked_bar};
use doubt::Answer;
use sim::catalogue;
use sim::llm::Inference;
use sim::outcome::Outcome;
use sim::scenario::Scenario;
use units::Time;
use words::Lang;
use words::explain::Subject;
use words::sentences::{self, parts, serving_layout};

/// The chip that others are held against.
pub(crate) const REFERENCE: &str = "h20";

/// Where the time of a token goes, on the reader's chip and on the H20 doing
/// the same work with as many chips.
pub fn latency(shown: &Shown) -> Figure {
    let Case {
        state,
        scenario,
        outcome,
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.latency.title").to_owned();
    let here = shown.own_name(lang.text("figure.latency.here"));
    let mut machines = vec![Machine::new(&here, Of::OWN, outcome)];
    if let Some(chip) = catalogue::chip(REFERENCE).filter(|chip| chip.id != scenario.chip_id) {
        let other = on(state, chip.id, scenario.serving.chips);
        let of = Of::on(chip.id, scenario.serving.chips);
        machines.push(Machine::new(chip.short, of, &lately::answer(&other)));
    }
    let caption = shown.caption(caption(lang, shown.own.scenario, &machines), |b| {
        versus(lang, outcome, b.outcome)
    });
    if let Some(b) = shown.other {
        machines.insert(1, Machine::new(&b_alone(lang), Of::OTHER, b.outcome));
    }
    let total_name = lang.text("figure.latency.total").to_owned();
    let spec = BarSpec {
        frame: shown.frame("latency", &title, &caption),
        rows: machines
            .iter()
            .enumerate()
            .map(|(i, machine)| BarRow {
                whisker: (i == 0)
                    .then(|| shown.whisker(&machine.label, &total_name, Answer::Tpot))
                    .flatten(),
                ..bar(lang, machine, &machines)
            })
            .collect(),
    };
    let head = std::iter::once(lang.text("figure.latency.part").to_owned())
        .chain(machines.iter().map(|machine| machine.label.clone()))
        .collect();
    let keys = parts(&sim::llm::TokenTime::default()).map(|(key, _)| key);
    let table_rows = keys
        .iter()
        .enumerate()
        .map(|(i, key)| {
            std::iter::once(name(lang, key).into())
                .chain(machines.iter().map(|m| m.part(lang, i, key)))
                .collect()
        })
        .chain([std::iter::once(total_name.as_str().into())
            .chain(machines.iter().map(|m| {
                let total = value(lang, m.parts().map(total));
                total.by(m.of.origin(Subject::TimePerToken))
            }))
            .collect()])
        .chain(drawn_rows(shown, &total_name, machines.len()))
        .chain(further(lang, &machines))
        .collect();
    Figure {
        id: "figure-latency",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table: Table {
            head,
            rows: table_rows,
        },
    }
}

/// Where the draws of the total lie, in rows of that many machines.
fn drawn_rows(shown: &Shown, name: &str, machines: usize) -> Vec<Vec<Cell>> {
    let lang = shown.lang;
    let cell = |value| cell::answer(lang, Answer::Tpot, value);
    let cells = shown
        .range(Answer::Tpot)
        .map(|range| range.ends().map(cell));
    cells.map_or_else(Vec::new, |cells| rows(lang, name, cells, machines))
}

/// How a token's time on B differs.
fn versus(lang: Lang, a: &Outcome, b: &Outcome) -> Option<String> {
    let served = [a, b].map(|outcome| outcome.inference.as_ref().ok());
    let time = |seconds: f64| lang.time(Time::new(seconds));
    let total = served.map(|served| served.map(|i| total(&parts(&i.breakdown))));
    (served[0] != served[1]).then(|| quantity(lang, "figure.latency.versus", total, &time))
}

type Parts = [(&'static str, f64); 6];

/// What else a reader who knows the field asks: time to the first token, time
/// between tokens, rates, and what fills the memory.
fn further(lang: Lang, machines: &[Machine]) -> Vec<Vec<Cell>> {
    type Said = fn(Lang, Of, &Inference) -> Cell;
    let rows: [(&str, Said); 8] = [
        ("ttft", |lang, of, i| {
            cell::time(lang, i.ttft).by(of.origin(Subject::FirstToken))
        }),
        ("itl", |lang, of, i| {
            cell::time(lang, i.itl).by(of.origin(Subject::BetweenTokens))
        }),
        ("batch", |lang, _, i| cell::count(lang, i.batch)),
        ("chip_rate", |lang, of, i| {
            cell::number(lang, i.tokens_per_s_per_chip, 3).by(of.origin(Subject::ChipRate))
        }),
        ("layout", |lang, _, i| serving_layout(lang, i).into()),
        ("memory_weights", |lang, of, i| {
            cell::bytes(lang, i.memory.weights).by(of.origin(Subject::WeightsMemory))
        }),
        ("memory_cache", |lang, of, i| {
            cell::bytes(lang, i.memory.cache).by(of.origin(Subject::CacheMemory))
        }),
        ("memory_reserve", |lang, _, i| {
            cell::bytes(lang, i.memory.reserve)
        }),
    ];
    rows.into_iter()
        .map(|(key, say)| {
            let name = lang.text(&format!("figure.latency.{key}")).into();
            let cells = machines.iter().map(|machine| {
                machine.inference.as_ref().map_or_else(
                    || lang.text("figure.latency.none").into(),
                    |inference| say(lang, machine.of, inference),
                )
            });
            std::iter::once(name).chain(cells).collect()
        })
        .collect()
}

/// One machine's time per token, and its tokens per second and chip.
struct Machine {
    label: String,
    of: Of,
    served: Option<(Parts, f64)>,
    inference: Option<Inference>,
}

impl Machine {
    fn new(label: &str, of: Of, outcome: &Outcome) -> Self {
        let served = outcome.inference.as_ref().ok();
        Self {
            label: label.to_owned(),
            of,
            served: served.map(|i| (parts(&i.breakdown), i.tokens_per_s_per_chip)),
            inference: served.copied(),
        }
    }

    /// The cell of that part.
    fn part(&self, lang: Lang, i: usize, key: &str) -> Cell {
        let cell = part_value(lang, key, self.parts().map(|parts| parts[i].1));
        let parts = sim::llm::TokenTime::default().parts();
        let part = parts.iter().find(|(part, _)| part.name() == key);
        match (part, cell.holds) {
            (Some((part, _)), Holds::Number(seconds, _)) if seconds > 0.0 => {
                cell.by(self.of.origin(Subject::TokenPart(*part)))
            }
            _ => cell,
        }
    }

    fn parts(&self) -> Option<&Parts> {
        self.served.as_ref().map(|(parts, _)| parts)
    }
}

fn total(parts: &Parts) -> f64 {
    parts.iter().map(|(_, seconds)| seconds).sum()
}

fn name(lang: Lang, key: &str) -> String {
    lang.text(&format!("part.{key}.name")).to_owned()
}

/// A part's time in words. Of reading and arithmetic that go on at once, the longer
/// counts: a part that is nothing is behind the other.
fn part_value(lang: Lang, key: &str, seconds: Option<f64>) -> Cell {
    let behind = |text: &str| Cell {
        text: text.to_owned(),
        ..cell::time(lang, Time::new(0.0))
    };
    match (key, seconds) {
        ("weights" | "kv_cache", Some(0.0)) => behind(lang.text("figure.latency.read_behind")),
        ("compute", Some(0.0)) => behind(lang.text("figure.latency.compute_behind")),
        _ => value(lang, seconds),
    }
}

fn value(lang: Lang, seconds: Option<f64>) -> Cell {
    seconds.map_or_else(
        || lang.text("figure.latency.none").into(),
        |s| cell::time(lang, Time::new(s)),
    )
}

/// A machine's bar, without parts that none of them has.
fn bar(lang: Lang, machine: &Machine, all: &[Machine]) -> BarRow {
    let has = |i: usize| {
        let parts = all.iter().filter_map(Machine::parts);
        parts.map(|parts| parts[i].1).any(|seconds| seconds > 0.0)
    };
    let parts = machine.parts().map_or(&[][..], |parts| &parts[..]);
    let bar = BarRow {
        label: machine.label.clone(),
        parts: parts
            .iter()
            .enumerate()
            .filter(|(i, _)| has(*i))
            .map(|(i, (key, seconds))| Part {
                label: name(lang, key),
                value: *seconds,
                ink: PARTS[i % PARTS.len()],
                text: lang.time(Time::new(*seconds)),
                ..Part::default()
            })
            .collect(),
        total: value(lang, machine.parts().map(total)).text,
        ..BarRow::default()
    };
    of_bar(lang, &machine.label, lang.text("figure.latency.total"), bar)
}

fn caption(lang: Lang, scenario: &Scenario, machines: &[Machine]) -> String {
    let Some((own, own_rate)) = machines.first().and_then(|machine| machine.served.as_ref()) else {
        return lang.text("figure.latency.nothing").to_owned();
    };
    let largest = own
        .iter()
        .reduce(|a, b| if b.1 > a.1 { b } else { a })
        .unwrap_or(&own[0]);
    let finding = lang.fill(
        "figure.latency.caption",
        &[
            ("part", &name(lang, largest.0)),
            ("share", &lang.percent(largest.1 / total(own))),
        ],
    );
    let against = machines.get(1).and_then(|machine| {
        let (other, rate) = machine.served.as_ref()?;
        Some(lang.fill(
            "figure.latency.against",
            &[
                ("chip", &machine.label),
                ("time", &lang.time(Time::new(total(other)))),
                ("rate", &lang.number(*rate, 2)),
                ("own", &lang.number(*own_rate, 2)),
            ],
        ))
    });
    let plainly = sentences::plainly(lang, scenario);
    let all = [Some(finding), against, plainly];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

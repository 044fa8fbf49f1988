//! Where the time of a token goes.

use crate::{Figure, Table, frame};
use charts::{BarRow, BarSpec, PARTS, Part, stacked_bar};
use sim::catalogue;
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::{State, Value};
use units::Time;
use words::Lang;
use words::sentences::parts;

/// The chip that others are held against.
const REFERENCE: &str = "h20";

/// Where the time of a token goes, on the reader's chip and on the H20 doing
/// the same work with as many chips.
pub fn latency(
    lang: Lang,
    state: &State,
    scenario: &Scenario,
    outcome: &Outcome,
    width: u32,
) -> Figure {
    let title = lang.text("figure.latency.title").to_owned();
    let mut rows = vec![(
        lang.text("figure.latency.here").to_owned(),
        parts_of(outcome),
    )];
    if let Some(chip) = catalogue::chip(REFERENCE).filter(|chip| chip.id != scenario.chip_id) {
        let mut other = state.clone();
        other.forget_design();
        other.set("chip", Some(Value::Id(chip.id)));
        other.set(
            "chips",
            Some(Value::Number(f64::from(scenario.serving.chips))),
        );
        rows.push((
            chip.short.to_owned(),
            parts_of(&simulate(&other.scenario())),
        ));
    }
    let caption = caption(lang, &rows);
    let spec = BarSpec {
        frame: frame(lang, "latency", &title, &caption, width),
        rows: rows
            .iter()
            .map(|(label, parts)| bar(lang, label, parts))
            .collect(),
    };
    let head = std::iter::once(lang.text("figure.latency.part").to_owned())
        .chain(rows.iter().map(|(label, _)| label.clone()))
        .collect();
    let keys = parts(&sim::llm::TokenTime::default()).map(|(key, _)| key);
    let table_rows = keys
        .iter()
        .enumerate()
        .map(|(i, key)| {
            std::iter::once(name(lang, key))
                .chain(
                    rows.iter()
                        .map(|(_, parts)| value(lang, parts.map(|parts| parts[i].1))),
                )
                .collect()
        })
        .chain([
            std::iter::once(lang.text("figure.latency.total").to_owned())
                .chain(
                    rows.iter()
                        .map(|(_, parts)| value(lang, parts.map(|parts| total(&parts)))),
                )
                .collect(),
        ])
        .collect();
    Figure {
        id: "figure-latency",
        title,
        caption,
        svg: stacked_bar(&spec),
        table: Table {
            head,
            rows: table_rows,
        },
    }
}

type Parts = [(&'static str, f64); 6];

fn parts_of(outcome: &Outcome) -> Option<Parts> {
    outcome
        .inference
        .as_ref()
        .ok()
        .map(|inference| parts(&inference.breakdown))
}

fn total(parts: &Parts) -> f64 {
    parts.iter().map(|(_, seconds)| seconds).sum()
}

fn name(lang: Lang, key: &str) -> String {
    lang.text(&format!("part.{key}.name")).to_owned()
}

fn value(lang: Lang, seconds: Option<f64>) -> String {
    seconds.map_or_else(
        || lang.text("figure.latency.none").to_owned(),
        |s| lang.time(Time::new(s)),
    )
}

fn bar(lang: Lang, label: &str, parts: &Option<Parts>) -> BarRow {
    let parts = parts.map_or_else(Vec::new, |parts| parts.to_vec());
    let total = (!parts.is_empty()).then(|| parts.iter().map(|(_, seconds)| seconds).sum());
    BarRow {
        label: label.to_owned(),
        parts: parts
            .iter()
            .enumerate()
            .map(|(i, (key, seconds))| Part {
                label: name(lang, key),
                value: *seconds,
                ink: PARTS[i % PARTS.len()],
                text: lang.time(Time::new(*seconds)),
            })
            .collect(),
        total: value(lang, total),
    }
}

fn caption(lang: Lang, rows: &[(String, Option<Parts>)]) -> String {
    let Some((_, Some(own))) = rows.first() else {
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
    let against = rows
        .get(1)
        .and_then(|(label, parts)| Some((label, parts.as_ref()?)));
    match against {
        Some((label, other)) => {
            let against = lang.fill(
                "figure.latency.against",
                &[
                    ("chip", label),
                    ("time", &lang.time(Time::new(total(other)))),
                ],
            );
            format!("{finding} {against}")
        }
        None => finding,
    }
}

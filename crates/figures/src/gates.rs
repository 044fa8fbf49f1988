//! What stops the training run: every gate, missed or met, and by how much.

use crate::drawn::Lies;
use crate::origin::Of;
use crate::reading::of_both_rows;
use crate::shown::{Case, Joined, Shown, joined, of_a, of_b, of_both};
use crate::{Cell, Figure, Table, cell};
use charts::{Axis, Ink, MarginRow, MarginSpec, Scale, Whisker, margins};
use doubt::{Answer, Range};
use sim::llm::TrainingStop;
use sim::outcome::{GateResult, Grade, Outcome, TrainingGate};
use sim::scenario::Scenario;
use sim::supply::DAYS_PER_MONTH;
use words::Lang;
use words::explain::Subject;
use words::sentences::{Distance, apart, gate_margin, gate_name, gate_reason};

/// Margins beyond this ratio, or under one over it, end in an arrow.
const FARTHEST: f64 = 20.0;
/// Least that the axis shows on either side.
const NEAREST: f64 = 3.0;

/// The gates of training on one scale around what just passes.
pub fn gates(shown: &Shown) -> Figure {
    let Case {
        scenario, outcome, ..
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.gates.title").to_owned();
    let gates = &outcome.training.gates;
    let theirs = shown.other.iter().flat_map(|b| &b.outcome.training.gates);
    let own_table = table(lang, Of::OWN, scenario, outcome);
    let their_table = shown
        .other
        .map(|b| table(lang, Of::OTHER, b.scenario, b.outcome));
    let caption = shown.caption(caption(lang, scenario, outcome), |b| {
        (their_table.as_ref() != Some(&own_table)).then(|| versus(lang, outcome, b.outcome))
    });
    let far = gates
        .iter()
        .chain(theirs)
        .filter_map(margin)
        .filter(|margin| *margin > 0.0)
        .map(|margin| margin.max(1.0 / margin))
        .fold(NEAREST, f64::max)
        .min(FARTHEST);
    let ratio = |value: f64| times(lang, value);
    let mut x = Axis::new("", Scale::Log, &ratio);
    x.range = Some((1.0 / far, far));
    x.ticks = [20.0, 10.0, 5.0, 2.0]
        .map(|ratio: f64| 1.0 / ratio)
        .into_iter()
        .chain([1.0, 2.0, 5.0, 10.0, 20.0])
        .collect();
    let row = |scenario: &Scenario, outcome: &Outcome, gate: &GateResult| MarginRow {
        label: gate_name(lang, gate.gate).to_owned(),
        note: said(lang, scenario, outcome, gate),
        value: margin(gate),
        end: measured(lang, scenario, outcome, gate).unwrap_or_default(),
        ink: match gate.grade {
            Grade::Passed => Ink::Good,
            Grade::Strained => Ink::Warn,
            Grade::Failed => Ink::Bad,
        },
        ..MarginRow::default()
    };
    let joined = joined(lang, own_table, their_table);
    let rows = gates.iter().enumerate().flat_map(|(i, gate)| {
        let own = row(scenario, outcome, gate);
        let theirs = shown.other.and_then(|b| {
            let gate = b.outcome.training.gates.get(i)?;
            Some(row(b.scenario, b.outcome, gate))
        });
        let mut rows = paired(lang, own, theirs);
        let first = rows.remove(0);
        rows.insert(0, with_draws(shown, gate, first));
        read(lang, &joined, i, rows)
    });
    let spec = MarginSpec {
        frame: shown.frame("gates", &title, &caption),
        x,
        bar: 1.0,
        sides: ["missed", "met"].map(|key| lang.text(&format!("figure.gates.{key}")).to_owned()),
        rows: rows.collect(),
    };
    let drawing = margins(&spec);
    let name = lang.text("figure.gates.margin");
    let is_there = shown.range(Answer::Days).is_some();
    let table = match is_there {
        true => shown.with_ranges(joined.table, name, &|row| {
            let gate = joined.rows[0].iter().position(|own| *own == row)?;
            let range = drawn(shown, gates.get(gate)?)?;
            Some(range.ends().map(|value| number(lang, value)))
        }),
        false => joined.table,
    };
    Figure {
        id: "figure-gates",
        drawing,
        title,
        caption,
        table,
    }
}

/// The answer that a gate is about, if its draws are kept, and the number of it that
/// just passes.
fn answer_of(scenario: &Scenario, gate: TrainingGate) -> Option<(Answer, f64)> {
    let (order, bar) = (&scenario.order, &scenario.bar);
    match gate {
        TrainingGate::Time => Some((Answer::Days, bar.patience.days())),
        TrainingGate::Supply => {
            let months = order.patience.days() / DAYS_PER_MONTH;
            Some((Answer::MonthsToCluster, months))
        }
        _ => None,
    }
}

/// Where the draws of a gate's margin lie; none for a gate that has no margin.
fn drawn(shown: &Shown, gate: &GateResult) -> Option<Range> {
    let (answer, just) = answer_of(shown.own.scenario, gate.gate)?;
    margin(gate)?;
    let range = shown.range(answer)?;
    // Less is more of a margin, and never is none.
    let over = |value: Option<f64>| Some(value.map_or(0.0, |value| just / value.max(0.01)));
    Some(Range {
        p5: over(range.p95),
        p50: over(range.p50),
        p95: over(range.p5),
        ..range
    })
}

/// The row with where its draws lie, in words of what the gate is about; with room
/// for that where it is to come.
fn with_draws(shown: &Shown, gate: &GateResult, row: MarginRow) -> MarginRow {
    let lang = shown.lang;
    let answer = answer_of(shown.own.scenario, gate.gate).filter(|_| margin(gate).is_some());
    let Some(lies_in_words) = answer.and_then(|(answer, _)| shown.lies(answer)) else {
        return row;
    };
    let whisker = match drawn(shown, gate) {
        Some(range) => {
            let name = lang.text("figure.gates.margin");
            let cell = |value| number(lang, value);
            let lies = Lies {
                name,
                range,
                cell: &cell,
            };
            lies.whisker(lang, gate_name(lang, gate.gate), lies_in_words)
        }
        None => Whisker {
            text: lies_in_words,
            ..Whisker::default()
        },
    };
    MarginRow {
        whisker: Some(whisker),
        ..row
    }
}

fn number(lang: Lang, value: Option<f64>) -> Cell {
    let none = || lang.text("figure.none").into();
    value.map_or_else(none, |value| cell::number(lang, value, 2))
}

/// A gate's rows with what the table says of them: its verdict, and the number or
/// why there is none.
fn read(lang: Lang, joined: &Joined, gate: usize, mut rows: Vec<MarginRow>) -> Vec<MarginRow> {
    let mut said = joined
        .rows
        .each_ref()
        .map(|of| Vec::from_iter(of.get(gate)));
    if let ([_], [own, theirs]) = (&rows[..], &mut said) {
        own.append(theirs);
        own.dedup();
    }
    for (row, said) in rows.iter_mut().zip(said) {
        let said: Vec<usize> = said.into_iter().copied().collect();
        let columns = [1, row.value.map_or(3, |_| 2)];
        row.said = of_both_rows(lang, &joined.table, &said, &columns);
    }
    rows
}

/// A gate's row, and B's under it; one for both where they are alike.
fn paired(lang: Lang, own: MarginRow, theirs: Option<MarginRow>) -> Vec<MarginRow> {
    let Some(theirs) = theirs else {
        return vec![own];
    };
    if own == theirs {
        let note = of_both(lang, &own.note);
        return vec![MarginRow { note, ..own }];
    }
    let (a, b) = (of_a(lang, &own.note), of_b(lang, &theirs.note));
    vec![
        MarginRow { note: a, ..own },
        MarginRow {
            note: b,
            label: String::new(),
            again: true,
            ..theirs
        },
    ]
}

/// How many gates B misses, against A, and which first where it is another.
fn versus(lang: Lang, a: &Outcome, b: &Outcome) -> String {
    let all = lang.count(a.training.gates.len() as f64);
    let say = |count: f64| {
        let values = [("value", &*lang.count(count)), ("all", &*all)];
        lang.fill("figure.gates.versus", &values)
    };
    let count = |count: f64| lang.count(count);
    let numbers = [a, b].map(|outcome| Some(missed(outcome) as f64));
    let said = apart(lang, numbers, &say, Distance::Count(&count));
    let binding = [a, b].map(|outcome| outcome.training.binding);
    match binding[1].filter(|_| binding[0] != binding[1]) {
        Some(gate) => {
            let first = lang.fill("figure.gates.first", &[("gate", gate_name(lang, gate))]);
            [&said, " ", &first].concat()
        }
        None => said,
    }
}

/// How many gates are missed, or nearly.
fn missed(outcome: &Outcome) -> usize {
    let gates = outcome.training.gates.iter();
    gates.filter(|gate| gate.grade != Grade::Passed).count()
}

/// The margin of a gate that is a matter of numbers: chips that may not be had
/// are none, however many there are.
fn margin(gate: &GateResult) -> Option<f64> {
    gate.margin_ratio
        .filter(|margin| *margin < 1.0 || gate.grade == Grade::Passed)
}

/// How far a gate is from its bar, or why it has no number.
fn said(lang: Lang, scenario: &Scenario, outcome: &Outcome, gate: &GateResult) -> String {
    let far = margin(gate).filter(|margin| *margin > 0.0);
    far.and_then(|_| gate_margin(lang, gate))
        .unwrap_or_else(|| gate_reason(lang, scenario, outcome, gate.gate))
}

/// "121 days / 90 days": what is used over what there is, or reached over what is
/// asked; `None` where what misses would read as if it did not.
fn measured(
    lang: Lang,
    scenario: &Scenario,
    outcome: &Outcome,
    gate: &GateResult,
) -> Option<String> {
    let (training, bar) = (&outcome.training, &scenario.bar);
    let [value, limit] = match gate.gate {
        TrainingGate::Supply => return None,
        TrainingGate::Memory => {
            let used = match &training.plan {
                Ok(plan) => plan.memory_used,
                Err(TrainingStop::Memory { needed }) => *needed,
                Err(_) => return None,
            };
            [used, outcome.package.memory].map(|bytes| lang.bytes(bytes))
        }
        TrainingGate::Time => {
            [training.reliability?.wall, bar.patience].map(|time| lang.time(time))
        }
        TrainingGate::Reliability => {
            let reached = training.reliability?.goodput_share;
            [reached, bar.goodput_share].map(|share| lang.percent(share))
        }
        TrainingGate::Power => [outcome.energy.site, bar.site_power].map(|watts| lang.power(watts)),
    };
    let values = [("value", value.as_str()), ("limit", &limit)];
    (value != limit || gate.grade == Grade::Passed)
        .then(|| lang.fill("figure.gates.measured", &values))
}

/// "×2", "÷5", "1".
fn times(lang: Lang, value: f64) -> String {
    let number = |sign: &str, ratio: f64| [sign, &lang.number(ratio, 2)].concat();
    if value < 0.999 {
        number("÷", 1.0 / value)
    } else if value > 1.001 {
        number("×", value)
    } else {
        number("", 1.0)
    }
}

fn caption(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> String {
    let training = &outcome.training;
    let missed = missed(outcome);
    let Some(gate) = training.binding else {
        return lang.text("figure.gates.passed").to_owned();
    };
    let verdict = lang.fill(
        if missed == 1 {
            "figure.gates.one"
        } else {
            "figure.gates.several"
        },
        &[
            ("gate", gate_name(lang, gate)),
            ("count", &lang.count(missed as f64)),
            ("all", &lang.count(training.gates.len() as f64)),
        ],
    );
    let reason = gate_reason(lang, scenario, outcome, gate);
    format!("{verdict} {reason}")
}

fn table(lang: Lang, of: Of, scenario: &Scenario, outcome: &Outcome) -> Table {
    let head = ["gate", "grade", "margin", "why"]
        .map(|key| lang.text(&format!("figure.gates.{key}")).to_owned());
    let rows = outcome.training.gates.iter().map(|gate| {
        let grade = match gate.grade {
            Grade::Passed => "figure.gates.met",
            Grade::Strained => "figure.gates.nearly",
            Grade::Failed => "figure.gates.missed",
        };
        vec![
            gate_name(lang, gate.gate).into(),
            lang.text(grade).into(),
            match margin(gate) {
                Some(far) if far > 0.0 => {
                    number(lang, Some(far)).by(of.origin(Subject::Margin(gate.gate)))
                }
                none => number(lang, none),
            },
            gate_reason(lang, scenario, outcome, gate.gate).into(),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}

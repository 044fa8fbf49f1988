//! What stops the training run: every gate, missed or met, and by how much.

use crate::reading::of_row;
use crate::{Figure, Table, frame};
use charts::{Axis, Ink, MarginRow, MarginSpec, Scale, margins};
use sim::outcome::{GateResult, Grade, Outcome};
use sim::scenario::Scenario;
use words::Lang;
use words::sentences::{gate_margin, gate_name, gate_reason};

/// Margins beyond this ratio, or under one over it, end in an arrow.
const FARTHEST: f64 = 20.0;
/// Least that the axis shows on either side.
const NEAREST: f64 = 3.0;

/// The gates of training on one scale around what just passes.
pub fn gates(lang: Lang, scenario: &Scenario, outcome: &Outcome, width: u32) -> Figure {
    let title = lang.text("figure.gates.title").to_owned();
    let gates = &outcome.training.gates;
    let caption = caption(lang, scenario, outcome);
    let far = gates
        .iter()
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
    let table = table(lang, scenario, outcome);
    let rows = gates.iter().enumerate().map(|(i, gate)| MarginRow {
        label: gate_name(lang, gate.gate).to_owned(),
        note: said(lang, scenario, outcome, gate),
        value: margin(gate),
        ink: match gate.grade {
            Grade::Passed => Ink::Good,
            Grade::Strained => Ink::Warn,
            Grade::Failed => Ink::Bad,
        },
        // Its verdict, and the number or why there is none.
        said: of_row(lang, &table, i, &[1, margin(gate).map_or(3, |_| 2)]),
    });
    let spec = MarginSpec {
        frame: frame(lang, "gates", &title, &caption, width),
        x,
        bar: 1.0,
        sides: ["missed", "met"].map(|key| lang.text(&format!("figure.gates.{key}")).to_owned()),
        rows: rows.collect(),
    };
    Figure {
        id: "figure-gates",
        drawing: margins(&spec),
        title,
        caption,
        table,
    }
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
    let missed = training
        .gates
        .iter()
        .filter(|gate| gate.grade != Grade::Passed)
        .count();
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

fn table(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Table {
    let head = ["gate", "grade", "margin", "why"]
        .map(|key| lang.text(&format!("figure.gates.{key}")).to_owned());
    let rows = outcome.training.gates.iter().map(|gate| {
        let grade = match gate.grade {
            Grade::Passed => "figure.gates.met",
            Grade::Strained => "figure.gates.nearly",
            Grade::Failed => "figure.gates.missed",
        };
        vec![
            gate_name(lang, gate.gate).to_owned(),
            lang.text(grade).to_owned(),
            margin(gate).map_or_else(
                || lang.text("figure.none").to_owned(),
                |margin| lang.number(margin, 2),
            ),
            gate_reason(lang, scenario, outcome, gate.gate),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}

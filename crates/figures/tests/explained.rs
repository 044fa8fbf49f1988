//! Every number of a figure's table opens the formula that gives it, or is on the
//! list that says why not.

use figures::{Case, Figure, Holds, all};
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use std::collections::BTreeMap;
use words::Lang;

/// Numbers that no formula gives: figure, text key that the column's or the row's
/// name is, and why.
const GIVEN: [(&str, &str, &str); 9] = [
    (
        "figure-latency",
        "figure.latency.batch",
        "the planner tries them, or a reader says it",
    ),
    (
        "figure-latency",
        "figure.latency.memory_reserve",
        "an assumption, with its source there",
    ),
    (
        "figure-frontier",
        "figure.frontier.batch",
        "the rungs that the planner tries",
    ),
    (
        "figure-failures",
        "figure.failures.x",
        "sizes that are tried",
    ),
    (
        "figure-failures",
        "figure.failures.range",
        "the same at both ends of a published rate",
    ),
    (
        "figure-silicon",
        "figure.silicon.x",
        "counts that are tried",
    ),
    ("figure-adding", "figure.adding.x", "counts that are tried"),
    (
        "figure-supply",
        "figure.supply.range",
        "ends of a band, each of many series",
    ),
    (
        "figure-supply",
        "figure.supply.reported",
        "published, by others",
    ),
];
/// The same, where it is not there to be made: published, with its source below.
const PUBLISHED: [(&str, &str); 3] = [
    ("figure-supply", "figure.supply.us"),
    ("figure-supply", "figure.supply.us_range"),
    ("figure-supply", "figure.supply.year"),
];

fn is_given(lang: Lang, figure: &Figure, names: [&str; 2]) -> bool {
    let given = GIVEN.iter().map(|(id, key, _)| (*id, *key));
    let mut given = given.chain(PUBLISHED);
    given.any(|(id, key)| id == figure.id && names.contains(&lang.text(key)))
}

/// What is wrong with the numbers of that state's figures; how many were explained,
/// by figure.
fn wrong(
    lang: Lang,
    state: &State,
    beside: Option<&State>,
    counted: &mut BTreeMap<&'static str, usize>,
) -> Vec<String> {
    let answered = |state: &State| -> (Scenario, Outcome) {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        (scenario, outcome)
    };
    let (own, other) = (answered(state), beside.map(answered));
    let case = |state, (scenario, outcome)| Case {
        state,
        scenario,
        outcome,
    };
    let a = case(state, (&own.0, &own.1));
    let b = beside.zip(other.as_ref());
    let b = b.map(|(state, (scenario, outcome))| case(state, (scenario, outcome)));
    let mut wrong = Vec::new();
    for figure in all(lang, state, beside, 640) {
        for row in &figure.table.rows {
            for (cell, column) in row.iter().zip(&figure.table.head) {
                let at = format!("{}: {}, {column}: {}", figure.id, &*row[0], &**cell);
                let number = match cell.holds {
                    Holds::Number(number, _) => Some(number),
                    Holds::Range(..) => Some(f64::NAN),
                    Holds::Words => None,
                };
                let Some(origin) = cell.origin else {
                    let given = is_given(lang, &figure, [column, &row[0]]);
                    if number.is_some_and(|number| number != 0.0) && !given {
                        wrong.push(format!("{at} is not explained"));
                    }
                    continue;
                };
                let Some(explanation) = origin.explain(lang, a, b) else {
                    wrong.push(format!("{at} has no formula"));
                    continue;
                };
                *counted.entry(figure.id).or_default() += 1;
                let told = explanation.steps[0].told;
                let near = |told: f64, number: f64| (told / number - 1.0).abs() < 1e-9;
                // Days of a run stand without their unit.
                let alike = |number: f64| {
                    number == told || near(told, number) || near(told / 86_400.0, number)
                };
                if number.is_some_and(|number| !alike(number)) {
                    wrong.push(format!("{at} is {number:?}, and the formula gives {told}"));
                }
                for step in &explanation.steps {
                    if (step.computed - step.told).abs() > 1e-9 * step.told.abs() {
                        wrong.push(format!("{at}: {} is not {step:?}", step.computed));
                    }
                }
            }
        }
    }
    wrong
}

#[test]
fn every_number_of_every_figure_is_what_its_formula_gives() {
    let mut counted = BTreeMap::new();
    let mut all_wrong = Vec::new();
    let presets = sim::catalogue::PRESETS;
    for (i, preset) in presets.iter().enumerate() {
        let state = State::of_preset(preset);
        let beside = State::of_preset(&presets[(i + 1) % presets.len()]);
        let beside = (i % 2 == 0).then_some(&beside);
        let lang = Lang::ALL[i % 2];
        for wrong in wrong(lang, &state, beside, &mut counted) {
            all_wrong.push(format!("{} {wrong}", preset.id));
        }
    }
    println!("{counted:?}");
    all_wrong.sort();
    let shown = all_wrong.iter().take(60).cloned().collect::<Vec<_>>();
    assert!(
        all_wrong.is_empty(),
        "{} wrong:\n{}",
        all_wrong.len(),
        shown.join("\n")
    );
    assert_eq!(counted.len(), 14, "every figure explains something");
}

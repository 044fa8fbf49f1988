//! Whom a figure credits: whoever published what it follows.

use figures::{Figure, all, sources};
use sim::catalogue::SOURCES;
use sim::inputs::{Input, inputs};
use sim::state::State;
use words::Lang;

/// Scenarios in which inputs are moved.
const BASES: [&str; 2] = ["v=1", "v=1&p=serve-h20&dies=2"];

/// The input moved by a tenth, up or down.
fn moved(state: &State, input: &Input) -> State {
    let (least, most) = input.limits;
    let up = (input.value * 1.1).min(most);
    let number = if up == input.value {
        (input.value * 0.9).max(least)
    } else {
        up
    };
    let mut state = state.clone();
    state.set_input(&input.key, Some(number));
    state
}

/// What a figure says.
fn said(figure: &Figure) -> (&str, Vec<&str>) {
    let cells = figure.table.rows.iter().flatten();
    (&figure.caption, cells.map(|cell| &*cell.text).collect())
}

#[test]
fn a_figure_credits_whoever_published_what_it_follows() {
    for base in BASES {
        let state = sim::link::read(base).state;
        let before = all(Lang::En, &state, None, 640);
        let keys: Vec<_> = before
            .iter()
            .map(|figure| sources(figure.id, &state, None))
            .collect();
        for input in inputs(&state) {
            let after = all(Lang::En, &moved(&state, &input), None, 640);
            for ((before, after), keys) in before.iter().zip(&after).zip(&keys) {
                assert!(
                    said(before) == said(after) || keys.contains(&input.source),
                    "{base}: {} follows {}.{} of {}",
                    before.id,
                    input.table,
                    input.field,
                    input.source
                );
            }
        }
    }
}

#[test]
fn figures_credit_different_publishers_and_the_law_its_own() {
    let state = State::default();
    let named = |id: &str| {
        let keys = sources(id, &state, None);
        let rows = SOURCES.iter().filter(|row| keys.contains(&row.key));
        words::cite::sources(Lang::En, rows.map(|row| row.publisher))
    };
    let every = ["latency", "bill", "watts", "cost", "supply", "law"];
    let all: std::collections::BTreeSet<String> = every
        .iter()
        .map(|name| named(&["figure-", name].concat()))
        .collect();
    assert_eq!(all.len(), every.len(), "{all:#?}");
    let rules = "Bureau of Industry and Security";
    assert!(named("figure-law").contains(rules));
    assert!(!named("figure-latency").contains(rules));
    for line in all {
        let names: Vec<&str> = line.trim_end_matches('.').split("; ").collect();
        let once: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len(), "{line}");
        println!("{line}");
    }
}

#[test]
fn each_figure_can_be_shown_alone() {
    let figures = all(Lang::En, &State::default(), None, 640);
    let names = figures.iter().map(|figure| &figure.id["figure-".len()..]);
    let answers = ["inference", "training", "energy"];
    let mut shown: Vec<&str> = names.chain(answers).collect();
    let mut known = sim::link::VIEWS.to_vec();
    shown.sort_unstable();
    known.sort_unstable();
    assert_eq!(shown, known);
}

//! Every figure, for every chip and in both languages: it is drawn, it says
//! something, and its table is whole.

use figures::{Figure, all, marginals};
use sim::catalogue::{CHIPS, NODES};
use sim::outcome::simulate;
use sim::state::{State, Value};
use words::Lang;

fn assert_whole(figure: &Figure, what: &str) {
    let what = format!("{} of {what}", figure.id);
    assert!(figure.svg.starts_with("<svg"), "{what}");
    for text in [&figure.title, &figure.caption] {
        assert!(!text.trim().is_empty(), "{what} says nothing");
        let raw = text.contains(['{', '}']) || text.contains("figure.") || text.contains("NaN");
        assert!(!raw, "{what}: {text}");
        assert!(!text.contains("  "), "{what}: {text:?}");
    }
    let columns = figure.table.head.len();
    assert!(columns > 0, "{what} has no table");
    for row in &figure.table.rows {
        assert_eq!(row.len(), columns, "{what}: {row:?}");
        assert!(
            row.iter().all(|cell| !cell.contains(['{', '}'])),
            "{what}: {row:?}"
        );
    }
}

#[test]
fn every_chip_has_every_figure_in_both_languages() {
    for chip in CHIPS {
        let state = State::default().with("chip", Value::Id(chip.id));
        for lang in Lang::ALL {
            for figure in all(lang, &state, 640) {
                assert_whole(&figure, chip.id);
            }
        }
    }
}

#[test]
fn odd_choices_have_every_figure_too() {
    let queries = [
        "dies=16",
        "area=2000",
        "area=10&dies=1",
        "stacks=64",
        "pack=organic&link=interposer",
        "node=smic-28&dies=8",
        "d0=5",
        "spare=0.9",
        "hbm=gddr6",
        "hbm=hbm4&dies=8",
        "chips=1000000",
        "buyer=0",
        "date=1999-01-01",
        "date=2900-01-01",
        "rule.r23=0",
        "rule.r22=on&rule.safe=on&rule.r23=100",
        "chip=custom&dies=3&area=400&link=hybrid",
        "p=metax-way",
    ];
    for query in queries {
        let state = sim::link::read(query).state;
        for width in [300, 900] {
            for figure in all(Lang::Fr, &state, width) {
                assert_whole(&figure, query);
            }
        }
    }
}

/// The figure of the ways shows each cut on two nodes, and marks the impossible.
#[test]
fn the_metax_way_is_shown_side_by_side() {
    let scenario = sim::link::read("p=metax-way").state.scenario();
    let figure = figures::ways(Lang::En, &scenario, 720);
    assert_eq!(figure.table.rows.len(), 8, "1, 2, 4, 8 dies on two nodes");
    let one_die = &figure.table.rows[0];
    assert!(
        one_die.iter().any(|cell| cell.contains("cannot be made")),
        "{one_die:?}"
    );
    assert!(figure.caption.contains("TFLOP/s"), "{}", figure.caption);
}

/// What a die adds is a share of what there was, and a die that cannot be made
/// adds nothing.
#[test]
fn marginals_follow_from_the_answers() {
    for node in NODES.iter().filter(|row| row.class_nm <= 7) {
        let state = State::default().with("node", Value::Id(node.id));
        let scenario = state.scenario();
        for step in marginals(&scenario) {
            let at = |dies: u32| {
                let state = state.clone().with("dies", Value::Number(f64::from(dies)));
                simulate(&state.scenario())
            };
            let (before, after) = (at(step.dies - 1), at(step.dies));
            assert_eq!(step.made, after.package.is_manufacturable());
            if let Some(gain) = step.cost_gain {
                let ratio = after.foundry.package_cost_usd / before.foundry.package_cost_usd;
                assert!((ratio - 1.0 - gain).abs() < 1e-9);
            }
            if let (Ok(a), Ok(b), Some(gain)) =
                (&before.inference, &after.inference, step.answering_gain)
            {
                let ratio = b.tokens_per_s_per_chip / a.tokens_per_s_per_chip;
                assert!((ratio - 1.0 - gain).abs() < 1e-9);
            }
        }
    }
}

/// A design that cannot be made is said so in each figure of making, with why.
#[test]
fn what_cannot_be_made_is_said() {
    let scenario = sim::link::read("v=1&area=900").state.scenario();
    let outcome = simulate(&scenario);
    for lang in Lang::ALL {
        let why = lang.text("figure.limit.reticle");
        let made = lang.text("figure.not_made");
        for figure in [
            figures::cost(lang, &scenario, 640),
            figures::adding(lang, &scenario, 640),
            figures::supply(lang, &scenario, &outcome, 640),
        ] {
            assert!(figure.caption.contains(why), "{}", figure.caption);
            assert!(figure.svg.contains(made), "{}: no {made}", figure.id);
        }
    }
}

/// A foreign chip has no series, and its figure says who makes it.
#[test]
fn a_foreign_chip_has_no_shortage_to_show() {
    let scenario = sim::link::read("p=h20").state.scenario();
    let outcome = simulate(&scenario);
    let figure = figures::supply(Lang::En, &scenario, &outcome, 640);
    assert_eq!(figure.caption, Lang::En.text("figure.supply.foreign"));
    assert!(!figure.table.rows.is_empty());
}

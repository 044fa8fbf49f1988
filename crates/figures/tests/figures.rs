//! Every figure, for every chip and in both languages: it is drawn, it says
//! something, and its table is whole.

use figures::{Case, Figure, Shown, all, marginals};
use sim::catalogue::{CHIPS, NODES};
use sim::outcome::{effective_format, frontier, run_on, simulate, site_power};
use sim::state::{State, Value};
use words::Lang;

fn assert_whole(figure: &Figure, what: &str) {
    let what = format!("{} of {what}", figure.id);
    assert!(figure.drawing.svg.starts_with("<svg"), "{what}");
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

/// A figure of a link alone.
fn drawn(figure: fn(&Shown) -> Figure, lang: Lang, query: &str) -> Figure {
    let state = sim::link::read(query).state;
    let scenario = state.scenario();
    let own = Case {
        state: &state,
        scenario: &scenario,
        outcome: &simulate(&scenario),
    };
    figure(&Shown {
        lang,
        width: 640,
        own,
        other: None,
        drawn: None,
    })
}

#[test]
fn every_chip_has_every_figure_in_both_languages() {
    for chip in CHIPS {
        let state = State::default().with("chip", Value::Id(chip.id));
        for lang in Lang::ALL {
            for figure in all(lang, &state, None, 640) {
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
        "chip=l2&chips=1",
        "batch=1&chips=1000",
        "serve=split&in=100000",
        "fail=0",
        "llm=gpt-3-175b&prec=bf16",
        "p=nvl72",
        "p=huawei-384",
    ];
    for query in queries {
        let state = sim::link::read(query).state;
        for width in [300, 900] {
            for figure in all(Lang::Fr, &state, None, width) {
                assert_whole(&figure, query);
            }
        }
    }
}

/// The figure of the ways shows each cut on two nodes, and marks the impossible.
#[test]
fn the_metax_way_is_shown_side_by_side() {
    let figure = drawn(figures::ways, Lang::En, "p=metax-way");
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
    for lang in Lang::ALL {
        let why = lang.text("figure.limit.reticle");
        let made = lang.text("figure.not_made");
        for figure in [figures::cost, figures::adding, figures::supply] {
            let figure = drawn(figure, lang, "v=1&area=900");
            assert!(figure.caption.contains(why), "{}", figure.caption);
            assert!(
                figure.drawing.svg.contains(made),
                "{}: no {made}",
                figure.id
            );
        }
    }
}

/// A foreign chip has no series, and its figure says who makes it.
#[test]
fn a_foreign_chip_has_no_shortage_to_show() {
    let figure = drawn(figures::supply, Lang::En, "p=h20");
    assert_eq!(figure.caption, Lang::En.text("figure.supply.foreign"));
    assert!(!figure.table.rows.is_empty());
}

/// A chip's work lies at or under its roof, whatever the chip and the format.
#[test]
fn work_lies_under_the_roof() {
    for chip in CHIPS {
        for query in [
            "",
            "&prec=bf16",
            "&prec=int4",
            "&prec=fp4",
            "&batch=1",
            "&mtp=1.8",
        ] {
            let link = format!("v=1&chip={}&chips=64{query}", chip.id);
            let scenario = sim::link::read(&link).state.scenario();
            let outcome = simulate(&scenario);
            let Ok(served) = &outcome.inference else {
                continue;
            };
            let (_, peak) = effective_format(scenario.serving.weights, &outcome.package);
            let peak = peak.max(outcome.package.peaks.bf16);
            for phase in [served.decode, served.prefill] {
                let slope = phase.intensity() * outcome.package.bandwidth.get();
                let roof = slope.min(peak.get()) * (1.0 + 1e-9);
                assert!(phase.rate().get() <= roof, "{link}: {phase:?}");
            }
        }
    }
}

/// The reader's own point is one of the layout's batches, and no larger batch of
/// them keeps the limit where the planner chose.
#[test]
fn the_frontier_goes_through_the_answer() {
    for chip in CHIPS {
        let link = format!("v=1&chip={}&chips=64", chip.id);
        let scenario = sim::link::read(&link).state.scenario();
        let outcome = simulate(&scenario);
        let Ok(best) = &outcome.inference else {
            continue;
        };
        let batches = frontier(&scenario, &outcome.package, best);
        let own = batches.iter().position(|served| served.batch == best.batch);
        let own = own.unwrap_or_else(|| panic!("{link}: {} is not there", best.batch));
        assert_eq!(batches[own].tpot, best.tpot, "{link}");
        assert_eq!(
            batches[own].tokens_per_s_per_chip, best.tokens_per_s_per_chip,
            "{link}"
        );
        for served in &batches[own + 1..] {
            assert!(served.tpot > scenario.serving.limit, "{link}");
        }
    }
}

/// The run on the reader's own cluster is the one of the answer, and lost time is
/// what goodput leaves.
#[test]
fn the_sweep_over_clusters_goes_through_the_answer() {
    for query in [
        "",
        "p=train-8192",
        "p=deepseek-ways",
        "p=train-8192-hot",
        "chips=300&cp=3",
    ] {
        let scenario = sim::link::read(query).state.scenario();
        let outcome = simulate(&scenario);
        let plan = outcome.training.plan.as_ref().expect("it trains");
        let run = run_on(&scenario, &outcome.package, scenario.job.chips, plan.layout);
        let run = run.expect("it trains");
        assert_eq!((run.step, run.layout), (plan.step, plan.layout), "{query}");
        let reliability = outcome.training.reliability.expect("it trains");
        let sum = reliability.goodput_share + reliability.lost.total();
        assert!((sum - 1.0).abs() < 1e-12, "{query}: {sum}");
        let days = Lang::En.number(reliability.wall.days(), 3);
        let table = drawn(figures::failures, Lang::En, query).table;
        let own = Lang::En.count(f64::from(scenario.job.chips));
        let row = table.rows.iter().find(|row| *row[0] == *own);
        let last = row.and_then(|row| row.last()).map(|cell| &**cell);
        assert_eq!(last, Some(&*days), "{query}");
    }
}

/// Watts by cause add up to those of the answer, and racks come out as published.
#[test]
fn watts_add_up() {
    let about = |a: f64, b: f64, share: f64| (a / b - 1.0).abs() < share;
    for chip in CHIPS {
        let state = State::default().with("chip", Value::Id(chip.id));
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        let energy = &outcome.energy;
        let full = site_power(&scenario, outcome.package.power);
        assert!(about(full.system().get(), energy.system.get(), 1e-12));
        assert!(about(full.total().get(), energy.site.get(), 1e-12));
        let (Some(parts), Some(token), Ok(served)) =
            (energy.parts, energy.per_token, &outcome.inference)
        else {
            continue;
        };
        let site = site_power(&scenario, parts.total());
        let tokens = served.tokens_per_s_per_chip * f64::from(scenario.serving.chips);
        assert!(about(site.total().get() / tokens, token.get(), 1e-12));
    }
    for (preset, kilowatts) in [("huawei-384", 559.4), ("nvl72", 145.0)] {
        let link = format!("p={preset}");
        let scenario = sim::link::read(&link).state.scenario();
        let system = simulate(&scenario).energy.system.get() / 1e3;
        assert!(about(system, kilowatts, 1e-3), "{preset}: {system}");
    }
}

/// The reader's bill is the answer's, and stands first.
#[test]
fn the_bill_is_the_answers() {
    let outcome = simulate(&State::default().scenario());
    let figure = drawn(figures::bill, Lang::En, "");
    let own = &figure.table.rows[0];
    let total = outcome.energy.total_per_million.expect("it serves");
    assert_eq!(&*own[3], Lang::En.money(total));
    assert_eq!(figure.table.rows.len(), 7, "no chip twice");
}

/// Every gate has a row that says in words how far it is, or why it has no number.
#[test]
fn every_gate_is_said() {
    for query in ["", "p=barred", "p=h20", "area=900", "p=metax&node=smic-n3"] {
        let scenario = sim::link::read(query).state.scenario();
        let outcome = simulate(&scenario);
        for lang in Lang::ALL {
            let figure = drawn(figures::gates, lang, query);
            assert_eq!(figure.table.rows.len(), outcome.training.gates.len());
            for row in &figure.table.rows {
                assert!(row.iter().all(|cell| !cell.is_empty()), "{query}: {row:?}");
            }
        }
    }
}

/// What does not run on the day of the fabs is drawn and said apart, whatever it
/// would do, and the finding agrees with the answer.
#[test]
fn the_map_says_what_does_not_run() {
    for (query, row, said) in [
        ("node=smic-n3&fabs=2024-01-01", 0, "not running yet"),
        (
            "node=smic-n3&tools=no-service&fabs=2026-06-01",
            0,
            "tools forbid",
        ),
    ] {
        let scenario = sim::link::read(query).state.scenario();
        let figure = drawn(figures::map, Lang::En, query);
        let cells = &figure.table.rows[row][1..];
        let idle = cells.iter().filter(|words| words.contains(said)).count();
        assert!(idle > 0, "{query}: {cells:?}");
        for words in cells {
            let made = !words.contains("cannot be made");
            assert_eq!(words.contains(said), made, "{query}: {words:?}");
        }
        let outlines = figure.drawing.svg.matches(" data-idle=").count();
        assert!(outlines >= idle, "{query}: {outlines} outlines");
        let own = format!("Your choice: {said}");
        assert!(figure.caption.starts_with(&own), "{}", figure.caption);
        let dies = Lang::En.dies(scenario.design.dies);
        let step = format!("{dies} on SMIC N+3");
        assert!(!figure.caption.contains(&step), "{}", figure.caption);
    }
    let later = drawn(figures::map, Lang::En, "fabs=2026-06-01");
    assert!(!later.drawing.svg.contains(" data-idle="), "all run");
}

/// A row keeps its maker's name where there is no room for all of it.
#[test]
fn a_narrow_map_names_the_makers() {
    let state = State::default();
    let scenario = state.scenario();
    let outcome = simulate(&scenario);
    for width in [300, 343, 420] {
        let figure = figures::map(&Shown {
            lang: Lang::Fr,
            width,
            own: Case {
                state: &state,
                scenario: &scenario,
                outcome: &outcome,
            },
            other: None,
            drawn: None,
        });
        for name in ["SMIC N+3", "SMIC 14 nm", "TSMC N5", "TSMC 16 nm"] {
            let whole = [">", name, "<"].concat();
            assert!(figure.drawing.svg.contains(&whole), "{width}: {name}");
        }
    }
}

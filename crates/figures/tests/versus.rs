//! Every figure beside scenario B: what it says of the difference, and that both
//! are there to be seen.

use figures::{Case, Cell, Figure, Shown, all};
use sim::catalogue::PRESETS;
use sim::outcome::{Grade, Outcome, simulate};
use sim::state::State;
use std::collections::BTreeSet;
use words::Lang;

/// Pairs of scenarios: presets against one another, and what levers change.
fn pairs() -> Vec<(State, State)> {
    let preset = |i: usize| State::of_preset(&PRESETS[i % PRESETS.len()]);
    let presets = (0..PRESETS.len())
        .step_by(2)
        .map(|i| (preset(i), preset(i + 1)));
    let moved = [
        "b.dies=3",
        "b.dies=7",
        "b.node=smic-n3",
        "b.node=smic-28&dies=7",
        "b.chips=100",
        "b.bw=4000",
        "b.area=900",
        "area=900&b.area=500",
        "b.date=2022-09-17",
        "b.rule.r23=off",
        "b.tpot=1",
        "b.fail=5",
        "p=h20&b.area=900",
        "b.stack=1",
    ];
    let moved = moved.into_iter().map(|query| {
        let link = sim::link::read(query);
        assert_eq!(link.notices, [], "{query}");
        (link.state, link.other.expect("a B"))
    });
    presets.chain(moved).collect()
}

/// The numbers that captions compare, by figure.
fn numbers(outcome: &Outcome) -> [(&'static str, Option<f64>); 7] {
    let served = outcome.inference.as_ref().ok();
    let made = outcome.package.is_manufacturable();
    let energy = &outcome.energy;
    [
        ("figure-latency", served.map(|i| i.tpot.get())),
        ("figure-roofline", served.map(|i| i.decode.rate().get())),
        ("figure-frontier", served.map(|i| i.tokens_per_s_per_chip)),
        ("figure-bill", energy.total_per_million.map(|m| m.get())),
        (
            "figure-cost",
            made.then_some(outcome.foundry.package_cost_usd),
        ),
        ("figure-law", made.then_some(outcome.metrics.tpp)),
        ("figure-gates", Some(missed(outcome) as f64)),
    ]
}

fn is_made(state: &State) -> bool {
    simulate(&state.scenario()).package.is_manufacturable()
}

fn missed(outcome: &Outcome) -> usize {
    let gates = outcome.training.gates.iter();
    gates.filter(|gate| gate.grade != Grade::Passed).count()
}

/// What a caption says of B.
fn versus<'a>(alone: &Figure, both: &'a Figure) -> &'a str {
    let said = both.caption.strip_prefix(&alone.caption);
    said.unwrap_or_else(|| panic!("{}: {}", both.id, both.caption))
}

#[test]
fn the_difference_has_its_sign() {
    for (a, b) in pairs() {
        let outcomes = [&a, &b].map(|state| numbers(&simulate(&state.scenario())));
        for (lang, more, less) in [
            (Lang::En, " more than A", [" less than A", " fewer than A"]),
            (Lang::Fr, " de plus qu’A", [" de moins qu’A"; 2]),
        ] {
            let alone = all(lang, &a, None, 640);
            let both = all(lang, &a, Some(&b), 640);
            let same = lang.text("figure.versus.same");
            for (alone, both) in each_twice(&alone, &both) {
                let said = versus(alone, both);
                let of = |i: usize| {
                    let numbers = outcomes[i].iter();
                    numbers
                        .clone()
                        .find(|(id, _)| *id == both.id)
                        .map(|row| row.1)
                };
                let (Some(from), Some(to)) = (of(0), of(1)) else {
                    assert!(
                        said.trim() == same || said.contains('B'),
                        "{}: {said}",
                        both.id
                    );
                    continue;
                };
                if said.trim().trim_end_matches('.') == lang.text("compare.not_made") {
                    assert!(!is_made(&b) && is_made(&a), "{}: {said}", both.id);
                    continue;
                }
                let sides = [
                    said.contains(more),
                    less.iter().any(|less| said.contains(less)),
                ];
                let expected = match (from, to) {
                    (Some(from), Some(to)) if (to / from - 1.0).abs() >= 0.0005 => {
                        [to > from, to < from]
                    }
                    _ => [false, false],
                };
                assert_eq!(sides, expected, "{}: {said} ({from:?}, {to:?})", both.id);
            }
        }
    }
}

/// Whatever the table of either alone says of its own scenario is in the table of
/// both: rows, or a column.
#[test]
fn the_table_has_both() {
    let lang = Lang::Fr;
    for (a, b) in pairs() {
        let both = all(lang, &a, Some(&b), 640);
        let alone = [&a, &b].map(|state| all(lang, state, None, 640));
        for (i, both) in both.iter().enumerate() {
            let rows: Vec<&[Cell]> = both.table.rows.iter().map(|row| &row[1..]).collect();
            let column = |figure: &Figure, i: usize| -> Vec<String> {
                figure
                    .table
                    .rows
                    .iter()
                    .map(|row| row[i].text.clone())
                    .collect()
            };
            for alone in alone.iter().map(|figures| &figures[i]) {
                let own = &alone.table.rows;
                match both.id {
                    // Rows of both where columns are the same.
                    "figure-map" | "figure-gates" | "figure-failures" | "figure-adding"
                    | "figure-law"
                        if alone.table.head == both.table.head =>
                    {
                        for row in own {
                            assert!(rows.contains(&&row[1..]), "{}: {row:?}", both.id);
                        }
                    }
                    "figure-bill" => assert!(rows.contains(&&own[0][1..]), "{:?}", own[0]),
                    "figure-latency" | "figure-cost" => {
                        let there =
                            (1..both.table.head.len()).any(|i| column(both, i) == column(alone, 1));
                        assert!(there, "{}: {:?}", both.id, both.table);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Every value of an attribute in a drawing.
fn values<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
    let open = format!(" {attribute}=\"");
    svg.split(&*open)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn no_id_is_there_twice() {
    for (a, b) in pairs() {
        let figures = all(Lang::En, &a, Some(&b), 343);
        let ids: Vec<&str> = figures
            .iter()
            .flat_map(|f| values(&f.drawing.svg, "id"))
            .collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(once.len(), ids.len());
    }
}

/// A point outside its axes is not drawn: B's are there.
#[test]
fn the_axes_hold_both() {
    let points = [
        ("figure-roofline", "B: answering"),
        ("figure-frontier", "B"),
        ("figure-failures", "B: "),
        ("figure-law", "B"),
    ];
    for query in [
        "b.chips=1000000&b.batch=1",
        "chips=1000000&batch=1&b.chips=64&b.batch=64",
        "chip=l2&chips=1&llm=llama-3.1-8b&b.chip=gb200-nvl72&b.chips=5000",
        "chip=b200&b.chip=l2&b.llm=llama-3.1-8b&b.chips=1&b.date=2022-01-01",
    ] {
        let link = sim::link::read(query);
        let figures = all(Lang::En, &link.state, link.other.as_ref(), 640);
        for (id, label) in points {
            let figure = figures.iter().find(|f| f.id == id).expect("it is there");
            let title = format!("<title>{label}");
            assert!(
                figure.drawing.svg.contains(&title),
                "{query}: {id} lacks {label}"
            );
        }
    }
}

/// Each figure without B and with it; not that of draws, which are of A alone.
fn each_twice<'a>(
    alone: &'a [Figure],
    both: &'a [Figure],
) -> impl Iterator<Item = (&'a Figure, &'a Figure)> {
    let pairs = alone.iter().zip(both);
    pairs.filter(|(alone, _)| alone.id != "figure-sure")
}

#[test]
fn b_like_a_is_said_to_draw_the_same() {
    for preset in PRESETS {
        let state = State::of_preset(preset);
        for lang in Lang::ALL {
            let same = [" ", lang.text("figure.versus.same")].concat();
            let alone = all(lang, &state, None, 640);
            let both = all(lang, &state, Some(&state), 640);
            for (alone, both) in each_twice(&alone, &both) {
                assert_eq!(versus(alone, both), same, "{}: {}", preset.id, both.id);
            }
        }
    }
}

/// A map of its own for B where its cells differ, else a second ring.
#[test]
fn b_stands_on_the_map() {
    let drawn = |query: &str| {
        let link = sim::link::read(query);
        let [a, b] = [link.state, link.other.expect("a B")];
        let scenarios = [&a, &b].map(State::scenario);
        let outcomes = scenarios.each_ref().map(simulate);
        let case = |i: usize| Case {
            state: [&a, &b][i],
            scenario: &scenarios[i],
            outcome: &outcomes[i],
        };
        figures::map(&Shown {
            lang: Lang::En,
            width: 640,
            own: case(0),
            other: Some(case(1)),
            drawn: None,
        })
    };
    let cells = |figure: &Figure| figure.drawing.svg.matches(" data-state=").count();
    let choosable = |figure: &Figure| figure.drawing.svg.matches("class=\"cell\"").count();
    let (moved, other) = (drawn("b.dies=4&b.node=smic-n3"), drawn("b.chips=16"));
    assert_eq!([cells(&moved), choosable(&moved)], [56, 56], "one map");
    assert_eq!([cells(&other), choosable(&other)], [112, 56], "two maps");
    for figure in [moved, other] {
        assert_eq!(figure.drawing.svg.matches("class=\"here\"").count(), 1);
        assert_eq!(figure.drawing.svg.matches("class=\"other\"").count(), 1);
    }
}

#[test]
fn a_rack_that_b_is_stands_in_the_chart_of_watts_once() {
    let query = "p=huawei-384&b.p=nvl72";
    let link = sim::link::read(query);
    let all = all(Lang::En, &link.state, link.other.as_ref(), 640);
    let watts = all.iter().find(|figure| figure.id == "figure-watts");
    let columns = &watts.expect("a chart of watts").table.head;
    let racks = columns.iter().filter(|name| name.contains("NVL72"));
    assert_eq!(racks.count(), 2, "serving and at full load: {columns:?}");
}

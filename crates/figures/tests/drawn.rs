//! Where draws lie, on the figures of what is drawn: the study's own digits.

use doubt::{Answer, Range, Study};
use figures::{Along, Case, Drawn, Figure, Shown, all, all_drawn, map_dies, map_nodes, map_shares};
use sim::catalogue::PRESETS;
use sim::outcome::{TrainingGate, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use words::Lang;
use words::sentences::gate_name;

/// Choices with few draws: presets, and where some or all of it is impossible.
fn links() -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| format!("p={}", preset.id));
    let odd = [
        "area=900",
        "dies=8&node=smic-28",
        "chips=1&llm=gpt3-175b",
        "buyer=0",
    ];
    let all = presets.chain(odd.map(str::to_owned));
    all.map(|link| link + "&draws=60").collect()
}

/// What makes a figure.
type Make = fn(&Shown) -> Figure;

/// Figures that show draws.
const DRAWN: [(&str, Make); 14] = [
    ("figure-map", figures::map),
    ("figure-sure", figures::sure),
    ("figure-latency", figures::latency),
    ("figure-roofline", figures::roofline),
    ("figure-frontier", figures::frontier),
    ("figure-gates", figures::gates),
    ("figure-failures", figures::failures),
    ("figure-bill", figures::bill),
    ("figure-watts", figures::watts),
    ("figure-silicon", figures::silicon),
    ("figure-cost", figures::cost),
    ("figure-adding", figures::adding),
    ("figure-ways", figures::ways),
    ("figure-supply", figures::supply),
];

/// Of these, those that show shares of the draws and no ranges.
const SHARES: [&str; 2] = ["figure-map", "figure-sure"];

fn study(query: &str) -> (State, Study) {
    let link = sim::link::read(query);
    let study = Study::new(&link.state, &link.view.doubt).run();
    (link.state, study)
}

fn range(study: &Study, answer: Answer) -> Option<Range> {
    let ranges = study.so_far().ranges;
    ranges
        .iter()
        .find(|(of, _)| *of == answer)
        .map(|(_, range)| *range)
}

/// The last three numbers of a row, as programs take them.
fn ends(row: &[figures::Cell]) -> [Option<f64>; 3] {
    let of = |cell: &figures::Cell| match cell.holds {
        figures::Holds::Number(number, _) => Some(number),
        _ => None,
    };
    let last: Vec<_> = row[row.len() - 3..].iter().map(of).collect();
    [last[0], last[1], last[2]]
}

#[test]
fn the_range_is_the_studys_to_the_digit() {
    let figure = |all: &[Figure], id: &str| all.iter().find(|f| f.id == id).cloned().unwrap();
    for link in links() {
        let (state, study) = study(&link);
        let all = all_drawn(Lang::En, &state, None, 640, Some(&study));
        let cost = range(&study, Answer::TotalPerMillion).expect("it is drawn");
        let bill = figure(&all, "figure-bill");
        assert_eq!(ends(&bill.table.rows[0]), cost.ends(), "{link}");

        let time = range(&study, Answer::Tpot).expect("it is drawn");
        let rows = figure(&all, "figure-latency").table.rows;
        let rows = rows.iter().filter(|row| row[0].contains("draws"));
        let found: Vec<_> = rows.map(|row| row[1].holds).collect();
        for (holds, end) in found.iter().zip(time.ends()) {
            let number = match holds {
                figures::Holds::Number(number, "s") => Some(*number),
                _ => None,
            };
            assert_eq!(number, end, "{link}");
        }
        assert_eq!(found.len(), 3, "{link}");

        let days = range(&study, Answer::Days).expect("it is drawn");
        let rows = figure(&all, "figure-failures").table.rows;
        let scenario = state.scenario();
        let own = Lang::En.count(f64::from(scenario.job.chips));
        let own = rows
            .iter()
            .find(|row| *row[0] == *own)
            .expect("its cluster");
        assert_eq!(ends(own), days.ends(), "{link}");

        // What just passes over the days of the run.
        let gates = figure(&all, "figure-gates").table.rows;
        let time = gates
            .iter()
            .find(|row| *row[0] == *gate_name(Lang::En, TrainingGate::Time));
        let time = ends(time.expect("a gate"));
        let made = simulate(&scenario).training.plan.is_ok();
        let [low, _, high] = days.ends().map(|days| {
            let patience = scenario.bar.patience.days();
            made.then(|| days.map_or(0.0, |days| patience / days))
        });
        assert_eq!([time[2], time[0]], [low, high], "{link}");
        assert!(time[0] <= time[1] && time[1] <= time[2], "{link}: {time:?}");
    }
}

/// Without draws nothing is drawn of them; while they are to come there is room for
/// them, so that nothing moves when they are there.
#[test]
fn room_is_kept_and_nothing_else() {
    for link in ["v=1&draws=60", "p=train-8192&draws=60"] {
        let (state, study) = study(link);
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        let so_far = study.so_far();
        let shares = map_shares(&study, &state, &scenario, None).run();
        for width in [340, 640] {
            for (id, of) in DRAWN {
                let own = Case {
                    state: &state,
                    scenario: &scenario,
                    outcome: &outcome,
                };
                let along = Along::new(id, &study, &own).map(Along::run);
                let drawn = Drawn {
                    shown: Some(&so_far),
                    along: along.as_ref(),
                    shares: Some(&shares),
                };
                let shown = |drawn| Shown {
                    lang: Lang::Fr,
                    width,
                    own,
                    other: None,
                    drawn,
                };
                let coming = of(&shown(Some(Drawn::default())));
                let there = of(&shown(Some(drawn)));
                let without = of(&shown(None));
                assert_eq!(coming.drawing.size, there.drawing.size, "{}", there.id);
                assert_ne!(coming.drawing.svg, there.drawing.svg, "{}", there.id);
                assert_ne!(without.drawing.svg, there.drawing.svg, "{}", there.id);
                assert_eq!(without.table, coming.table, "{}", there.id);
            }
        }
        let without = all(Lang::Fr, &state, None, 640);
        let there = all_drawn(Lang::Fr, &state, None, 640, Some(&study));
        let same = without.iter().zip(&there).filter(|(a, b)| a == b);
        assert_eq!(same.count(), without.len() - DRAWN.len(), "{link}");
    }
}

/// What a package costs is the same on the chart of its parts and on that of its
/// cuts, and the same seed gives the same digits.
#[test]
fn cuts_and_cost_are_drawn_alike() {
    for link in ["v=1", "p=metax-way", "dies=4", "chip=h20", "seed=9"] {
        let (state, study) = study(&[link, "&draws=200"].concat());
        let drawn = || all_drawn(Lang::En, &state, None, 640, Some(&study));
        let figures = drawn();
        assert_eq!(figures, drawn(), "{link}");
        let of = |id: &str| {
            &figures
                .iter()
                .find(|f| f.id == id)
                .expect("it is there")
                .table
        };
        let cost = &of("figure-cost").rows;
        let cost: Vec<_> = cost[cost.len() - 3..]
            .iter()
            .map(|row| row[1].clone())
            .collect();
        let dies = Lang::En.count(f64::from(state.scenario().design.dies));
        let cuts = &of("figure-silicon").rows;
        let own = cuts.iter().find(|row| *row[0] == *dies).expect("its cut");
        // The same silicon, its area computed another way.
        assert_eq!(cost, own[own.len() - 3..], "{link}");
        let [low, median, high] = ends(&cost);
        let high = high.or(Some(f64::INFINITY));
        assert!(low < median && median < high, "{link}: {own:?}");
        // Again by hand.
        let mut again = study.again(128);
        let mut dollars = Vec::new();
        let dollars_of = |scenario: &Scenario| {
            let outcome = simulate(scenario);
            let cost = outcome.foundry.package_cost_usd;
            if outcome.package.is_manufacturable() {
                cost
            } else {
                f64::INFINITY
            }
        };
        while let Some(each) = again.next_of(dollars_of) {
            dollars.push(each);
        }
        let range = Range::of(&dollars).expect("it is drawn");
        assert_eq!(ends(&cost), range.ends(), "{link}");
    }
}

/// Where nothing is in doubt, each draw is the central answer.
#[test]
fn pinned_everything_is_drawn_where_it_is() {
    for link in ["v=1&draws=100", "p=metax-way&draws=100", "dies=4&draws=100"] {
        let mut read = sim::link::read(link);
        for spread in doubt::spreads(&read.state, &read.view.doubt) {
            read.view.doubt.pin(&spread.input);
        }
        let study = Study::new(&read.state, &read.view.doubt).run();
        let all = all_drawn(Lang::En, &read.state, None, 640, Some(&study));
        let rows = |id: &str| {
            all.iter()
                .find(|f| f.id == id)
                .expect("a figure")
                .table
                .rows
                .clone()
        };
        for row in rows("figure-silicon") {
            let cut = [&row[1].text, &row[2].text];
            let drawn = &row[row.len() - 6..];
            for (i, cell) in drawn.iter().enumerate() {
                let none = *cell.text == *Lang::En.text("figure.none");
                assert!(none || cell.text == *cut[i / 3], "{link}: {row:?}");
            }
        }
        let is = |drawn: &[figures::Cell], central: &figures::Cell| {
            for cell in drawn {
                let none = *cell.text == *Lang::En.text("figure.none");
                assert!(none || cell == central, "{link}: {drawn:?}, {central:?}");
            }
        };
        for row in rows("figure-frontier") {
            is(&row[4..], &row[3]);
        }
        for row in rows("figure-roofline") {
            is(&row[6..9], &row[2]);
            is(&row[9..], &row[1]);
        }
        for row in rows("figure-supply") {
            is(&row[7..], &row[1]);
        }
        let watts = rows("figure-watts");
        let total = &watts[watts.len() - 4];
        for row in &watts[watts.len() - 3..] {
            is(&row[1..2], &total[1]);
            is(&row[2..3], &total[2]);
        }
        // It pays in all of them or in none.
        for row in rows("figure-adding") {
            let (pays, share) = (&row[7].text, &row[row.len() - 1].text);
            let sure = match &**pays {
                "yes" => "100%",
                "no" => "0%",
                _ => continue,
            };
            assert_eq!(share, sure, "{link}: {row:?}");
        }
    }
}

/// What stands in a table under those three names, in rows or in columns.
fn triples(figure: &Figure) -> Vec<[figures::Cell; 3]> {
    let table = &figure.table;
    let low = Lang::En.fill("figure.drawn.low", &[("name", "")]);
    let mut found = Vec::new();
    for (column, _) in table
        .head
        .iter()
        .enumerate()
        .filter(|(_, head)| head.ends_with(&low))
    {
        let row = |row: &Vec<figures::Cell>| [0, 1, 2].map(|i| row[column + i].clone());
        found.extend(table.rows.iter().map(row));
    }
    for (i, row) in table.rows.iter().enumerate() {
        if row[0].text.ends_with(&low) {
            let columns = 1..row.len();
            found.extend(
                columns.map(|column| [0, 1, 2].map(|end| table.rows[i + end][column].clone())),
            );
        }
    }
    found
}

/// Low, median and high are in order, and there are some on every figure of draws, at
/// least of the page's first question, and on no other.
#[test]
fn ranges_are_in_order() {
    for link in links() {
        let (state, study) = study(&link);
        for figure in all_drawn(Lang::En, &state, None, 640, Some(&study)) {
            let triples = triples(&figure);
            for triple in &triples {
                let numbers = ends(triple);
                let known = numbers.iter().flatten().collect::<Vec<_>>();
                assert!(known.is_sorted(), "{} of {link}: {triple:?}", figure.id);
            }
            let is_drawn = DRAWN
                .iter()
                .any(|(id, _)| *id == figure.id && !SHARES.contains(id));
            let some = triples.iter().any(|triple| ends(triple)[1].is_some());
            let whole = link.starts_with("p=article");
            assert!(!whole || !is_drawn || some, "{} of {link}", figure.id);
            assert!(is_drawn || !some, "{} of {link}", figure.id);
        }
    }
}

/// A figure that shows draws of the map's crossings, and these.
struct Shared {
    study: Study,
    scenario: Scenario,
    other: Option<Scenario>,
    shares: Vec<doubt::Cell>,
    figure: Figure,
}

fn shared(link: &str, id: &str) -> Shared {
    let read = sim::link::read(link);
    let (state, study) = study(link);
    let scenario = state.scenario();
    let other = read.other.as_ref().map(State::scenario);
    let shares = map_shares(&study, &state, &scenario, other.as_ref()).run();
    let all = all_drawn(Lang::En, &state, read.other.as_ref(), 640, Some(&study));
    let figure = all.into_iter().find(|figure| figure.id == id);
    Shared {
        study,
        scenario,
        other,
        shares,
        figure: figure.expect("it is there"),
    }
}

/// A crossing's two rows say the shares of its draws, to the digit, and so does its
/// mark; where nothing is in doubt all draws say the same.
#[test]
fn the_maps_shares_are_those_of_its_draws() {
    for link in [
        "",
        "p=train-8192",
        "chip=ascend-910c&llm=deepseek-v3&b.dies=7",
    ] {
        let link = format!("v=1&draws=60&{link}");
        let Shared {
            scenario,
            other,
            shares,
            figure: map,
            ..
        } = shared(&link, "figure-map");
        let columns = map_dies(&scenario, other.as_ref()).len();
        let nodes = shares.len() / columns;
        let rows = &map.table.rows[map.table.rows.len() - 2 * nodes..];
        for (i, cell) in shares.iter().enumerate() {
            let at = |row: usize| match rows[2 * (i / columns) + row][1 + i % columns].holds {
                figures::Holds::Number(share, "ratio") => share,
                ref holds => panic!("{holds:?} is no share"),
            };
            assert_eq!(
                [at(0), at(1)],
                [cell.trains_share, cell.serves_share],
                "{link}"
            );
            assert!((0.0..=1.0).contains(&at(0)) && (0.0..=1.0).contains(&at(1)));
        }
        let doubtful = shares
            .iter()
            .filter(|c| (0.1..0.9).contains(&c.trains_share))
            .count();
        assert!(doubtful > 0, "{link}: nothing lies between the lines");
        assert!(map.drawing.svg.contains("class=\"contour\""), "{link}");
    }
}

/// How sure a choice is, by dies and by node, is what the map's draws say there; and
/// of the choice itself, what the answers say.
#[test]
fn the_shares_by_dies_and_by_node_are_the_maps() {
    for link in [
        "v=1",
        "p=train-8192",
        "dies=7&node=samsung-5",
        "v=1&b.dies=7",
    ] {
        let link = [link, "&draws=60"].concat();
        let Shared {
            study,
            scenario,
            shares,
            figure,
            ..
        } = shared(&link, "figure-sure");
        let of = |row: &[figures::Cell]| match (row[1].holds, row[2].holds) {
            (figures::Holds::Number(serves, "ratio"), figures::Holds::Number(trains, "ratio")) => {
                [serves, trains]
            }
            holds => panic!("{holds:?} are no shares"),
        };
        let dies = map_dies(&scenario, None);
        let nodes = map_nodes(&scenario, None);
        let rows = &figure.table.rows;
        assert_eq!(rows.len(), dies.len() + nodes.len(), "{link}");
        let places = dies.iter().map(|dies| (scenario.node_id, *dies));
        let nodes = nodes.iter().map(|node| (node.id, scenario.design.dies));
        let answer = study.so_far();
        let own = [answer.serves_share, answer.trains_share];
        for (row, (node, dies)) in rows.iter().zip(places.chain(nodes)) {
            let found = shares.iter().find(|c| c.node.id == node && c.dies == dies);
            let found = found.expect("a crossing");
            let is_own = (node, dies) == (scenario.node_id, scenario.design.dies);
            let expected = match is_own {
                true => own,
                false => [found.serves_share, found.trains_share],
            };
            assert_eq!(of(row), expected, "{link}: {row:?}");
        }
        for share in own {
            let said = [" ", &Lang::En.percent(share)].concat();
            assert!(figure.caption.contains(&said), "{link}: {}", figure.caption);
        }
        assert_eq!(figure.drawing.marks.len(), rows.len(), "{link}");
    }
    let state = sim::link::read("v=1").state;
    let without = all(Lang::En, &state, None, 640);
    let without = without
        .iter()
        .find(|f| f.id == "figure-sure")
        .expect("it is there");
    assert!(without.table.rows.is_empty() && without.drawing.marks.is_empty());
}

#[test]
fn without_doubt_a_crossing_works_always_or_never() {
    let mut link = sim::link::read("v=1&draws=60");
    for input in sim::inputs::inputs(&link.state) {
        link.view.doubt.pin(&input);
    }
    let study = Study::new(&link.state, &link.view.doubt).run();
    let shares = map_shares(&study, &link.state, &link.state.scenario(), None).run();
    let certain = |share: f64| share == 0.0 || share == 1.0;
    let all = shares.iter();
    for cell in all.filter(|c| !certain(c.trains_share) || !certain(c.serves_share)) {
        // Another node or memory brings figures of its own, which nobody pinned.
        let own = link.state.scenario();
        assert_ne!(cell.node.id, own.node_id, "{} dies", cell.dies);
    }
}

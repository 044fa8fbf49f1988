//! Where draws lie, on the figures of what is drawn: the study's own digits.

mod shares;

use doubt::{Answer, Range, Study};
use figures::{Along, Case, Drawn, Figure, Shown, all, all_drawn, map_shares};
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

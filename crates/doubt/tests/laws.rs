//! What holds of every study.

use doubt::{Answer, Range, Shares, Study, Undrawn, spreads, undrawn};
use proptest::prelude::*;
use sim::catalogue::{DoubtKind, DoubtRow, Figured, PRESETS};
use sim::link::{Doubt, Link, read, write_doubt};
use sim::outcome::{Among, brief, simulate};
use sim::state::State;

fn study(link: &Link) -> Study {
    Study::new(&link.state, &link.view.doubt).run()
}

fn bits(study: &Study) -> Vec<Vec<u64>> {
    let column = |answer: Answer| study.draws_of(answer).iter().map(|x| x.to_bits()).collect();
    Answer::ALL.into_iter().map(column).collect()
}

#[test]
fn a_seed_gives_its_digits_whatever_the_slices() {
    let link = read("p=train-8192&draws=300&seed=9");
    let whole = study(&link);
    let mut sliced = Study::new(&link.state, &link.view.doubt);
    let mut n = 1;
    while !sliced.step(n) {
        n = n % 7 + 1;
    }
    assert_eq!(bits(&whole), bits(&sliced));
    assert_eq!(whole.so_far(), sliced.so_far());
    let other = study(&read("p=train-8192&draws=300&seed=10"));
    assert_ne!(bits(&whole), bits(&other));
}

#[test]
fn pinned_everything_is_the_central_answer() {
    for query in [
        "",
        "p=alibaba",
        "p=fine-node",
        "chip=h100-sxm&chips=64&llm=llama-3.1-70b",
    ] {
        let mut link = read(query);
        for spread in spreads(&link.state, &link.view.doubt) {
            link.view.doubt.pin(&spread.input);
        }
        let study = study(&link);
        assert_eq!(study.doubts(), []);
        let scenario = link.state.scenario();
        let central = simulate(&scenario).brief(&scenario);
        for (answer, range) in study.so_far().ranges {
            let central = answer.of(&central);
            assert_eq!(
                [range.p5, range.p50, range.p95],
                [central; 3],
                "{query} {answer:?}"
            );
        }
    }
}

/// What is drawn is known without drawing, and else why it is not.
#[test]
fn what_is_not_drawn_says_why() {
    let mut why = [0; 2];
    for state in PRESETS.iter().map(State::of_preset).chain([
        read("v=1&fail=5&f.chip.tdp=700&stack=0.5").state,
        read("v=1&chip=custom&dies=3&tp=8").state,
    ]) {
        let spreads = spreads(&state, &Doubt::default());
        for input in sim::inputs::inputs(&state) {
            let is_drawn = spreads.iter().any(|spread| spread.input == input);
            match undrawn(&input, &state) {
                None => assert!(is_drawn, "{input:?}"),
                Some(reason) => {
                    assert!(!is_drawn, "{input:?}");
                    why[usize::from(reason == Undrawn::Decided)] += 1;
                }
            }
        }
    }
    assert!(why.iter().all(|count| *count > 20), "{why:?}");
}

/// Ends that were given to one chip's figures and stay with another's are drawn as
/// the link draws them that says so.
#[test]
fn ends_are_those_of_their_link_wherever_they_came_from() {
    for (from, to) in [
        ("node=smic-n2", "node=tsmc-n4"),
        ("node=tsmc-n4", "node=smic-n2"),
    ] {
        let mut doubt = Doubt::default();
        for spread in spreads(&read(from).state, &doubt.clone()) {
            let (least, most) = spread.input.limits;
            doubt.narrow(&spread.input, [least, most]);
        }
        let query = [to, &write_doubt(&doubt)].concat();
        let link = read(&query);
        let drawn = spreads(&link.state, &doubt);
        assert_eq!(drawn, spreads(&link.state, &link.view.doubt), "{query}");
    }
}

/// Each spread's median, ends and order are those of its law.
#[test]
fn spreads_follow_their_laws() {
    for preset in PRESETS {
        for spread in spreads(&State::of_preset(preset), &Doubt::default()) {
            let [low, _, high] = spread.range;
            let ends = [spread.at(0.0), spread.at(1.0)];
            let ends = if spread.against {
                [ends[1], ends[0]]
            } else {
                ends
            };
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (high - low);
            assert!(
                near(ends[0], low) && near(ends[1], high),
                "{:?}",
                spread.input
            );
            let values: Vec<f64> = (0..=50).map(|i| spread.at(f64::from(i) / 50.0)).collect();
            let rises = |pair: &[f64]| (pair[0] <= pair[1]) != spread.against || pair[0] == pair[1];
            assert!(values.windows(2).all(rises), "{:?}", spread.input);
        }
    }
}

/// A figure drawn over orders of magnitude has no end at zero.
#[test]
fn no_row_drawn_by_magnitude_begins_at_zero() {
    fn check<T: Figured>(table: &str, rows: &[T]) {
        for row in rows {
            let mut row = *row;
            for (i, field) in T::FIELDS.iter().enumerate() {
                let kind = DoubtRow::of(table, field.name).map(|(row, _)| row.kind);
                let is_log = matches!(kind, Some(DoubtKind::LogTriangular | DoubtKind::LogUniform));
                let low = row.pen(i).map(|pen| pen.range()[0]);
                assert!(
                    !is_log || low.is_none_or(|low| low > 0.0),
                    "{table}.{}",
                    field.name
                );
            }
        }
    }
    use sim::catalogue::{ASSUMPTIONS, CHIPS, FAMILIES, NODES};
    check("chip", CHIPS);
    check("node", NODES);
    check("family", FAMILIES);
    check("assumption", &[ASSUMPTIONS]);
}

#[test]
fn a_wider_spread_never_narrows_the_range() {
    let width = |ends: &str| {
        let query = format!("p=train-8192&draws=1000&u.assumption.failure_rate_chinese={ends}");
        let shown = study(&read(&query)).so_far();
        let days = shown
            .ranges
            .iter()
            .find(|(answer, _)| *answer == Answer::Days);
        days.and_then(|(_, range)| range.width()).expect("a run")
    };
    let widths = ["1", "0.8..1.2", "0.3..3", "0.1..10", "0.05..26"].map(width);
    // A thousand draws know a width to some three per cent.
    for pair in widths.windows(2) {
        assert!(pair[1] > pair[0] * 0.97, "{widths:?}");
    }
    assert!(widths[4] > widths[0] * 1.2, "{widths:?}");
}

#[test]
fn the_impossible_is_counted_at_the_bad_end() {
    let mut draws = vec![1.0; 88];
    draws.extend([f64::INFINITY; 12]);
    let range = Range::of(&draws).expect("draws");
    assert_eq!((range.p50, range.p95), (Some(1.0), None));
    assert!((range.impossible_share - 0.12).abs() < 1e-12);
}

/// Looking among few layouts is near to planning each draw in full.
#[test]
fn few_layouts_are_near_to_all() {
    for query in ["draws=400", "p=alibaba&draws=400", "p=train-8192&draws=400"] {
        let link = read(query);
        let few = study(&link);
        let full = few.planned_in_full();
        for answer in [Answer::Days, Answer::Tpot, Answer::TotalPerMillion] {
            let ranges = [&few, &full].map(|s| Range::of(s.draws_of(answer)).expect("draws"));
            let pairs = [
                (0, ranges.map(|r| r.p5)),
                (1, ranges.map(|r| r.p50)),
                (2, ranges.map(|r| r.p95)),
            ];
            for (which, pair) in pairs {
                let [Some(few), Some(full)] = pair else {
                    assert_eq!(pair[0], pair[1]);
                    continue;
                };
                assert!(
                    (few / full - 1.0).abs() < 0.03,
                    "{query} {answer:?} {which}: {few} {full}"
                );
            }
        }
    }
}

/// A draw made again is the scenario of that draw.
#[test]
fn draws_come_again() {
    let query = "tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=100&seed=3";
    let study = study(&read(query));
    let mut again = study.again(60);
    let mut days = Vec::new();
    while let Some(told) = again.next_of(|scenario| brief(scenario, &Among::default())) {
        days.push(Answer::Days.of(&told).unwrap_or(f64::INFINITY));
    }
    assert_eq!(days, study.draws_of(Answer::Days)[..60]);
}

#[test]
fn shares_along_node_and_dies_are_those_of_studies() {
    let link = read("p=train-8192");
    let base = study(&link);
    let nodes = ["smic-n2", "smic-n3"].map(|id| sim::catalogue::node(id).expect("a node"));
    let cells = Shares::new(&base, &link.state, &nodes, &[1, 2, 4], 64).run();
    assert_eq!(cells.len(), 6);
    let mut sliced = Shares::new(&base, &link.state, &nodes, &[1, 2, 4], 64);
    while !sliced.step(5) {}
    assert_eq!(sliced.so_far(), cells);
    // The scenario's own design, with fewer draws.
    let own = cells
        .iter()
        .find(|cell| cell.node.id == "smic-n2" && cell.dies == 2);
    let own = own.expect("the 910C");
    assert!(
        (own.trains_share - base.so_far().trains_share).abs() < 0.1,
        "{own:?}"
    );
}

#[test]
fn bad_spreads_are_told_and_held() {
    let notices = |query: &str| {
        let link = read(query);
        let kinds = link.notices.iter().map(|notice| {
            let text = format!("{notice:?}");
            text.split([' ', '(']).next().unwrap_or_default().to_owned()
        });
        (kinds.collect::<Vec<_>>().join(" "), link.view.doubt)
    };
    let (told, doubt) = notices("u.assumption.failure_rate_chinese=2..0.5");
    assert_eq!(
        (told.as_str(), doubt.spreads[0].ends),
        ("Crossed", Some([0.5, 2.0]))
    );
    assert_eq!(
        notices("u.assumption.failure_rate_chinese=2..2").0,
        "NoWidth"
    );
    assert_eq!(
        notices("u.assumption.failure_rate_chinese=0..2").0,
        "LogFromZero"
    );
    let (told, _) = notices("u.assumption.failure_rate_chinese=1..9e9");
    assert_eq!(told, "Clamped");
    assert_eq!(
        notices("u.assumption.failure_rate_chinese=x..2").0,
        "BadValue"
    );
    assert_eq!(notices("u.assumption.nonsense=1..2").0, "UnknownKey");
    assert_eq!(
        notices("u.assumption.failure_rate_chinese=1&u.assumption.failure_rate_chinese=2").0,
        "Repeated"
    );
    for (draws, held) in [("0", 100), ("1e9", 10_000), ("250.5", 250)] {
        let (told, doubt) = notices(&format!("draws={draws}"));
        assert_eq!((told.as_str(), doubt.draws), ("Clamped", held));
    }
    assert_eq!(notices("draws=many").0, "BadValue");
    assert_eq!(notices("seed=-1").0, "BadValue");
}

#[test]
fn what_is_said_of_doubt_is_written_as_it_was() {
    let said = "&seed=7&draws=500&u.assumption.failure_rate_chinese=0.5..2&u.chip.tdp=650&u.node.defects=pin";
    let link = read(said);
    assert_eq!(write_doubt(&link.view.doubt), said);
    assert_eq!(write_doubt(&read("").view.doubt), "");
}

/// The digits of one seed: what any machine and any browser must print.
#[test]
fn one_seed_has_the_golden_digits() {
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt");
    let links = [
        "p=train-8192&draws=256&seed=42",
        "p=alibaba&draws=256&seed=42",
    ];
    let now: String = links
        .map(|link| format!("{link}\n{}", study(&read(link)).digest()))
        .concat();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &now).expect("the file can be written");
    }
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(now, known, "digits moved; BLESS=1 where the model did");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A draw is the scenario of a reader who said it all.
    #[test]
    fn a_draw_is_what_a_reader_would_have_said(seed in any::<u32>(), preset in 0..PRESETS.len()) {
        let state = State::of_preset(&PRESETS[preset]);
        let spreads = spreads(&state, &Doubt::default());
        let mut point = vec![0.0; spreads.len()];
        doubt::draw::Points::at(seed, 1).next_into(&mut point);
        let mut drawing = sim::inputs::Drawing::of(&state);
        let drawn: Vec<f64> = spreads.iter().zip(&point).map(|(s, x)| s.at(*x)).collect();
        drawing.put(spreads.iter().zip(&drawn).map(|(s, number)| (s.place(), *number)));
        let drawn_answer = drawing.with(|scenario| brief(scenario, &Among::default()));
        let mut said = state.clone();
        let mut all = true;
        for (spread, number) in spreads.iter().zip(&drawn) {
            // Controls keep few decimals, rows have all of them.
            all &= spread.input.control.is_none();
            if spread.input.control.is_none() {
                said.set_input(&spread.input.key, Some(*number));
            }
        }
        let mut drawing = sim::inputs::Drawing::of(&said);
        let rest = spreads.iter().zip(&drawn).filter(|(s, _)| s.input.control.is_some());
        drawing.put(rest.map(|(s, number)| (s.place(), *number)));
        let said_answer = drawing.with(|scenario| brief(scenario, &Among::default()));
        prop_assert!(!all);
        for answer in Answer::ALL {
            match (answer.of(&drawn_answer), answer.of(&said_answer)) {
                (Some(a), Some(b)) => prop_assert!((a / b - 1.0).abs() < 1e-4 || a == b, "{answer:?}: {a} {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}

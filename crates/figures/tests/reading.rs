//! What can be read off each figure: something for each row of its table, in the
//! numbers of the figure and within its drawing.

use doubt::Study;
use figures::{Case, Cell, Figure, Shown, all, all_drawn};
use sim::catalogue::PRESETS;
use sim::outcome::simulate;
use sim::state::State;
use std::collections::BTreeSet;
use words::Lang;

/// Links of every preset, and of choices that leave figures without some of
/// their parts.
fn links() -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| format!("p={}", preset.id));
    let odd = ["area=900", "dies=8&node=smic-28", "chips=1&llm=gpt3-175b"];
    presets.chain(odd.map(str::to_owned)).collect()
}

/// Links with a scenario B: what levers change of the reader's, and presets.
const PAIRS: [&str; 20] = [
    "b.dies=3",
    "b.dies=7",
    "b.node=smic-n3",
    "b.node=smic-28&dies=7",
    "b.chips=100",
    "b.bw=4000",
    "b.area=900",
    "area=900&b.area=500",
    "area=900&b.area=950",
    "b.date=2022-09-17",
    "b.rule.r23=off",
    "b.tpot=1",
    "b.fail=5",
    "b.stack=1",
    "b.buyer=0.5",
    "p=h20&b.area=900",
    "p=h20&b.chips=16",
    "p=metax&b.p=h20",
    "p=barred&b.p=nvl72",
    "p=huawei-384&b.p=huawei-384",
];

/// The numbers in a text, as they are written.
fn numbers(text: &str) -> BTreeSet<String> {
    let part = |c: char| c.is_ascii_digit() || ".,\u{202f}".contains(c);
    text.split(|c| !part(c))
        .map(|number| number.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .collect()
}

fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Rows with numbers that the drawing has no place for, with why.
fn table_alone(figure: &Figure, row: usize) -> bool {
    let cells = &figure.table.rows[row];
    let nothing = |cell: &Cell| !has_number(cell) || numbers(cell).iter().all(|n| n == "0");
    match figure.id {
        // Rates and memory: the bars are of time.
        "figure-latency" => row > 6 || cells[1..].iter().all(nothing),
        // More chips than a drawing has room for.
        "figure-roofline" => {
            let points = figure.table.rows.iter();
            row >= points.filter(|cells| has_number(&cells[2])).count() + 3
        }
        // The sum without cooling is a note under the bar; what is nothing has no
        // length.
        "figure-watts" => {
            let sum = Lang::ALL.map(|lang| lang.text("figure.watts.system"));
            sum.contains(&&*cells[0]) || cells[1..].iter().all(nothing)
        }
        "figure-cost" => cells[1..].iter().all(nothing),
        // What cannot be made has no bar.
        "figure-ways" => !has_number(&cells[1]),
        // Without a published area a chip has no place.
        "figure-law" => !has_number(&cells[2]),
        // Without a speed there is no drawing.
        "figure-adding" => figure.drawing.marks.is_empty(),
        // Without a series there is no drawing.
        "figure-supply" => figure.drawing.marks.is_empty() && figure.table.head.len() == 3,
        _ => false,
    }
}

/// True if a mark says the row's name and one of its numbers.
fn is_read(figure: &Figure, row: &[Cell]) -> bool {
    figure.drawing.marks.iter().any(|mark| {
        let said = |cell: &&Cell| has_number(cell) && mark.text.contains(&***cell);
        mark.text.contains(&*row[0]) && row[1..].iter().find(said).is_some()
    })
}

fn assert_readable(figure: &Figure, link: &str) {
    let what = format!("{} of {link}", figure.id);
    let (width, height) = figure.drawing.size;
    let table = &figure.table;
    let cells = table.rows.iter().flatten().map(|cell| &cell.text);
    let cells = cells.chain(&table.head);
    let known: BTreeSet<String> = cells
        .chain([&figure.caption])
        .flat_map(|text| numbers(text))
        .collect();
    for mark in &figure.drawing.marks {
        let end = (mark.left + mark.width, mark.top + mark.height);
        assert!(mark.left >= 0 && mark.top >= 0, "{what}: {mark:?}");
        assert!(end.0 <= width && end.1 <= height, "{what}: {mark:?}");
        let empty = mark.text.lines().any(|line| line.trim().is_empty());
        assert!(
            !empty && !mark.text.contains(['{', '}']),
            "{what}: {mark:?}"
        );
        let unknown: Vec<String> = numbers(&mark.text).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{what}: {unknown:?} in {mark:?}");
    }
    for (i, row) in table.rows.iter().enumerate() {
        let numbered = row[1..].iter().any(|cell| has_number(cell));
        if numbered && !table_alone(figure, i) {
            assert!(is_read(figure, row), "{what}: nothing says {row:?}");
        }
    }
}

#[test]
fn every_figure_says_its_numbers_where_it_draws_them() {
    for link in links() {
        let state = sim::link::read(&link).state;
        for lang in Lang::ALL {
            for width in [340, 640] {
                for figure in all(lang, &state, None, width) {
                    assert_readable(&figure, &link);
                }
            }
        }
    }
}

#[test]
fn what_draws_show_is_said_too() {
    let all_links = links().into_iter().chain(PAIRS.map(str::to_owned));
    // Crossings of a map are drawn anew for each figure of it: one width for a link.
    for (link, width) in all_links.zip([340, 640].into_iter().cycle()) {
        let read = sim::link::read(&(link.clone() + "&draws=40"));
        let study = Study::new(&read.state, &read.view.doubt).run();
        let other = read.other.as_ref();
        for figure in all_drawn(Lang::Fr, &read.state, other, width, Some(&study)) {
            assert_readable(&figure, &link);
        }
    }
}

#[test]
fn beside_b_every_figure_says_the_numbers_of_both() {
    for link in PAIRS {
        let read = sim::link::read(link);
        assert_eq!(read.notices, [], "{link}");
        let other = read.other.expect("a B");
        for lang in Lang::ALL {
            for width in [340, 640] {
                for figure in all(lang, &read.state, Some(&other), width) {
                    assert_readable(&figure, link);
                }
            }
        }
    }
}

/// What is drawn of B is said as B's.
#[test]
fn b_is_read_by_its_letter() {
    let link = sim::link::read("b.p=metax");
    let figures = all(Lang::En, &link.state, link.other.as_ref(), 640);
    // Draws are of A alone.
    for figure in figures.iter().filter(|figure| figure.id != "figure-sure") {
        let marks = &figure.drawing.marks;
        let of_b = |text: &str| {
            let name =
                |line: &str| line == "B" || line.starts_with("B: ") || line.contains(", B: ");
            // A column has B's name in its head.
            text.lines().any(name) || text.contains(", B: ")
        };
        let there = marks.iter().any(|mark| of_b(&mark.text));
        assert!(there, "{}: {marks:#?}", figure.id);
    }
}

/// A figure of scenarios as they are in a link.
fn drawn(figure: fn(&Shown) -> Figure, lang: Lang, query: &str) -> Figure {
    let link = sim::link::read(query);
    let states: Vec<State> = std::iter::once(link.state).chain(link.other).collect();
    let made = states.iter().map(|state| {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        (state, scenario, outcome)
    });
    let made: Vec<_> = made.collect();
    let case = |i: usize| {
        made.get(i).map(|(state, scenario, outcome)| Case {
            state,
            scenario,
            outcome,
        })
    };
    figure(&Shown {
        lang,
        width: 640,
        own: case(0).expect("a scenario"),
        other: case(1),
        drawn: None,
    })
}

#[test]
fn every_cell_of_the_map_is_read_row_by_row() {
    let scenario = sim::link::read("dies=7").state.scenario();
    let figure = drawn(figures::map, Lang::Fr, "dies=7");
    let columns = figures::map_dies(&scenario, None);
    let nodes = figures::map_nodes(&scenario, None);
    let marks = &figure.drawing.marks;
    assert_eq!(marks.len(), columns.len() * nodes.len());
    for (i, mark) in marks.iter().enumerate() {
        let (row, column) = (i / columns.len(), i % columns.len());
        let start = format!("{}, {}", nodes[row].name, Lang::Fr.dies(columns[column]));
        assert!(mark.text.starts_with(&start), "{}", mark.text);
        assert!(mark.text.contains(&*figure.table.rows[row][column + 1]));
    }
}

/// The cells of the reader's own map come first, so that they can be chosen by
/// their place in the list; then those of B's, where it has one.
#[test]
fn the_cells_of_two_maps_are_read_one_map_after_the_other() {
    let figure = drawn(figures::map, Lang::En, "b.chips=16");
    let marks = &figure.drawing.marks;
    assert_eq!(marks.len(), 112);
    assert!(marks[..56].iter().all(|mark| mark.text.starts_with("A: ")));
    assert!(marks[56..].iter().all(|mark| mark.text.starts_with("B: ")));
    assert!(figure.drawing.own.is_some_and(|own| own < 56));
}

/// Two chips at one place are read together.
#[test]
fn what_lies_at_one_place_is_read_at_once() {
    let figure = drawn(figures::law, Lang::En, "");
    let both = figure.drawing.marks.iter().any(|mark| {
        mark.text.contains("NVIDIA H20 96 GB") && mark.text.contains("NVIDIA H20 141 GB")
    });
    assert!(both);
}

/// Marks that say no number with a formula, with why.
fn unexplained(lang: Lang, figure: &Figure, text: &str) -> bool {
    let why = lang.text("figure.gates.why");
    let number = |line: &str| has_number(line) && !line.starts_with(why);
    match figure.id {
        // Words, which the table explains.
        "figure-map" => true,
        // What is tried, and draws.
        "figure-sure" | "figure-drivers" => true,
        // The most that is allowed, in a sentence of its own.
        "figure-law" => !text.contains('\n'),
        _ => {
            !text.lines().skip(1).any(number) || text.contains("100 TFLOP/s") && !text.contains('$')
        }
    }
}

#[test]
fn what_is_read_at_a_mark_has_the_formulas_of_its_row() {
    let mut bare = Vec::new();
    let links = links().into_iter().chain(PAIRS.map(str::to_owned));
    for (link, lang) in links.zip(Lang::ALL.into_iter().cycle()) {
        let read = sim::link::read(&link);
        for figure in all(lang, &read.state, read.other.as_ref(), 640) {
            for mark in &figure.drawing.marks {
                let lines = figure.lines(lang, &mark.text);
                let said: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
                assert_eq!(said.join("\n"), mark.text);
                let explained = lines.iter().any(|(_, origin)| origin.is_some());
                if !explained && !unexplained(lang, &figure, &mark.text) {
                    bare.push(format!("{} of {link}: {:?}", figure.id, mark.text));
                }
            }
        }
    }
    assert!(bare.is_empty(), "{}: {bare:#?}", bare.len());
}

/// Rows of one name are told apart by all that is said.
#[test]
fn of_several_rows_of_one_name_the_right_one_is_meant() {
    let figure = drawn(figures::frontier, Lang::En, "");
    for row in &figure.table.rows {
        let text = format!(
            "{}\n{}: {}\n{}: {}",
            &*row[0], figure.table.head[1], &*row[1], figure.table.head[3], &*row[3]
        );
        let lines = figure.lines(Lang::En, &text);
        assert_eq!(lines[2].1, row[3].origin, "{text}");
    }
}

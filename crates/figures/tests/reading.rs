//! What can be read off each figure: something for each row of its table, in the
//! numbers of the figure and within its drawing.

use figures::{Figure, all};
use sim::catalogue::PRESETS;
use std::collections::BTreeSet;
use words::Lang;

/// Links of every preset, and of choices that leave figures without some of
/// their parts.
fn links() -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| format!("p={}", preset.id));
    let odd = ["area=900", "dies=8&node=smic-28", "chips=1&llm=gpt-3-175b"];
    presets.chain(odd.map(str::to_owned)).collect()
}

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
    let nothing = |cell: &String| !has_number(cell) || numbers(cell).iter().all(|n| n == "0");
    match figure.id {
        // Rates and memory: the bars are of time.
        "figure-latency" => row > 6 || cells[1..].iter().all(nothing),
        // More chips than a drawing has room for.
        "figure-roofline" => row >= 4 && figure.drawing.size.0 < 4800 || row >= 6,
        // The sum without cooling is a note under the bar; what is nothing has no
        // length.
        "figure-watts" => row + 2 == figure.table.rows.len() || cells[1..].iter().all(nothing),
        "figure-cost" => cells[1..].iter().all(nothing),
        // What cannot be made has no bar.
        "figure-ways" => !has_number(&cells[1]),
        // Without a published area a chip has no place.
        "figure-law" => !has_number(&cells[2]),
        // Without a series there is no drawing.
        "figure-supply" => figure.drawing.marks.is_empty() && figure.table.head.len() == 3,
        _ => false,
    }
}

/// True if a mark says the row's name and one of its numbers.
fn is_read(figure: &Figure, row: &[String]) -> bool {
    figure.drawing.marks.iter().any(|mark| {
        let said = |cell: &&String| has_number(cell) && mark.text.contains(cell.as_str());
        mark.text.contains(&row[0]) && row[1..].iter().find(said).is_some()
    })
}

fn assert_readable(figure: &Figure, link: &str) {
    let what = format!("{} of {link}", figure.id);
    let (width, height) = figure.drawing.size;
    let table = &figure.table;
    let cells = table.rows.iter().flatten().chain(&table.head);
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
                for figure in all(lang, &state, width) {
                    assert_readable(&figure, &link);
                }
            }
        }
    }
}

#[test]
fn every_cell_of_the_map_is_read_row_by_row() {
    let scenario = sim::link::read("dies=7").state.scenario();
    let figure = figures::map(Lang::Fr, &scenario, 640);
    let columns = figures::map_dies(&scenario);
    let nodes = figures::map_nodes(&scenario);
    let marks = &figure.drawing.marks;
    assert_eq!(marks.len(), columns.len() * nodes.len());
    for (i, mark) in marks.iter().enumerate() {
        let (row, column) = (i / columns.len(), i % columns.len());
        let start = format!("{}, {}", nodes[row].name, Lang::Fr.dies(columns[column]));
        assert!(mark.text.starts_with(&start), "{}", mark.text);
        assert!(mark.text.contains(&figure.table.rows[row][column + 1]));
    }
}

/// Two chips at one place are read together.
#[test]
fn what_lies_at_one_place_is_read_at_once() {
    let state = sim::link::read("").state;
    let (scenario, outcome) = (state.scenario(), sim::outcome::simulate(&state.scenario()));
    let figure = figures::law(Lang::En, &scenario, &outcome, 640);
    let both = figure.drawing.marks.iter().any(|mark| {
        mark.text.contains("NVIDIA H20 96 GB") && mark.text.contains("NVIDIA H20 141 GB")
    });
    assert!(both);
}

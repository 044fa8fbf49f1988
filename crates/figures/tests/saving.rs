//! Figures as files: what a program reads there is what the table holds.

use figures::{Figure, Holds, Said, Spreadsheet, all, csv, subject, svg};
use sim::catalogue::PRESETS;
use words::Lang;

/// An address with what files must bear: pairs, and a sign that XML escapes.
const URL: &str = "https://example.org/gap/?v=1&p=h20&m=1.0&d=2026-09-28&a=0.04~-~5";

/// Who published what stands behind it.
const SOURCES: &str = "Sources: Huawei, NVIDIA.";

/// What a file says beside its figure.
const SAID: Said = Said {
    subject: "Ascend 910C, 8 chips · DeepSeek V3",
    url: URL,
    sources: SOURCES,
};

/// Every figure of the link, alone and beside the page's own start.
fn figures_of(lang: Lang, query: &str) -> Vec<Figure> {
    let [state, start] = [query, "v=1"].map(|query| sim::link::read(query).state);
    let mut figures = all(lang, &state, None, 640);
    figures.extend(all(lang, &state, Some(&start), 640));
    figures
}

/// The records of a file, read as its standard says.
fn read(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let record = records.last_mut().expect("there is one");
        let field = record.last_mut().expect("there is one");
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            _ if quoted => field.push(c),
            '\r' => {}
            '\n' => records.push(vec![String::new()]),
            c if c == separator => record.push(String::new()),
            c => field.push(c),
        }
    }
    records.pop();
    records
}

/// The numbers that the table holds for programs, row by row.
fn held(figure: &Figure) -> Vec<Vec<f64>> {
    let numbers = |row: &Vec<figures::Cell>| {
        row.iter()
            .flat_map(|cell| match cell.holds {
                Holds::Words => Vec::new(),
                Holds::Number(number, _) => vec![number],
                Holds::Range(ends, _) => ends.to_vec(),
            })
            .collect()
    };
    figure.table.rows.iter().map(numbers).collect()
}

#[test]
fn spreadsheets_of_both_kinds_hold_the_numbers_of_the_table() {
    for preset in PRESETS {
        for lang in Lang::ALL {
            for figure in figures_of(lang, &format!("v=1&p={}", preset.id)) {
                let held = held(&figure);
                for (of, separator) in [(Spreadsheet::Plain, ','), (Spreadsheet::French, ';')] {
                    let file = csv(lang, &figure, SAID, of);
                    assert_eq!(of == Spreadsheet::French, file.starts_with('\u{feff}'));
                    for part in [URL, words::cite::LICENCE, SOURCES, SAID.subject] {
                        assert!(file.contains(part), "{}: {part}", figure.id);
                    }
                    let lines = file.split_inclusive("\r\n");
                    let table: String = lines
                        .skip_while(|line| line.trim_start_matches('\u{feff}').starts_with("# "))
                        .collect();
                    let records = read(&table, separator);
                    assert_eq!(records.len(), held.len() + 1, "{} in {of:?}", figure.id);
                    for (record, numbers) in records[1..].iter().zip(&held) {
                        assert_eq!(record.len(), records[0].len(), "{}: {record:?}", figure.id);
                        let mut fields = record.iter().filter_map(|field| {
                            let plain = match of {
                                Spreadsheet::Plain => field.clone(),
                                Spreadsheet::French => field.replace(',', "."),
                            };
                            plain.parse::<f64>().ok()
                        });
                        for number in numbers {
                            let found = fields.any(|field| field == *number);
                            assert!(found, "{}: {number} in {record:?}", figure.id);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn most_numbers_that_readers_see_are_numbers_for_programs_too() {
    let figures = figures_of(Lang::En, "v=1");
    for figure in &figures {
        let cells = figure.table.rows.iter().flat_map(|row| &row[1..]);
        let seen = cells.filter(|cell| cell.text.starts_with(|c: char| c.is_ascii_digit()));
        let words: Vec<_> = seen.filter(|cell| cell.holds == Holds::Words).collect();
        let all = held(figure).concat().len();
        assert!(
            words.len() <= all / 4,
            "{}: words only: {words:?}",
            figure.id
        );
    }
}

#[test]
fn a_picture_says_where_it_is_from_and_needs_no_style_of_the_page() {
    for lang in Lang::ALL {
        for figure in figures_of(lang, "v=1&p=h20") {
            let (file, (width, height)) = svg(lang, &figure, SAID);
            let escaped = URL.replace('&', "&amp;");
            for part in [
                &*escaped,
                words::cite::LICENCE,
                SOURCES,
                SAID.subject,
                "<metadata>",
                &format!("width=\"{width}\""),
                &format!("height=\"{height}\""),
            ] {
                assert!(file.contains(part), "{}: {part}", figure.id);
            }
            assert!(
                !file.contains("var(--"),
                "{}: colours stand in it",
                figure.id
            );
            let mut depth = 0;
            for tag in file.split('<').skip(1) {
                depth += match tag {
                    _ if tag.starts_with('/') => -1,
                    _ if tag.split('>').next().is_some_and(|t| t.ends_with('/')) => 0,
                    _ => 1,
                };
            }
            assert_eq!(depth, 0, "{}: what opens closes", figure.id);
        }
    }
}

#[test]
fn a_line_says_what_a_figure_is_of() {
    let said = |id: &str, query: &str, other: Option<&str>| {
        let scenario = |query: &str| sim::link::read(query).state.scenario();
        let other = other.map(scenario);
        subject(Lang::En, id, &scenario(query), other.as_ref())
    };
    for (id, query, other, line) in [
        (
            "figure-latency",
            "p=h20",
            None,
            "NVIDIA H20 96 GB, 8 chips · DeepSeek V3",
        ),
        (
            "figure-latency",
            "p=h20&dies=2",
            None,
            "NVIDIA H20 96 GB, 8 chips · 2 dies on TSMC 4N / N4P · DeepSeek V3",
        ),
        (
            "figure-law",
            "p=h20",
            None,
            "NVIDIA H20 96 GB · rules of 17 Sept 2025",
        ),
        (
            "figure-cost",
            "p=h20",
            Some("p=h20"),
            "A, B: NVIDIA H20 96 GB · 1 die on TSMC 4N / N4P",
        ),
        (
            "figure-watts",
            "p=huawei-384",
            Some("p=nvl72"),
            "A: Huawei Ascend 910C, 384 chips · DeepSeek V3; B: NVIDIA GB200 NVL72, 72 chips · DeepSeek V3",
        ),
    ] {
        assert_eq!(said(id, query, other).replace('\u{a0}', " "), line);
    }
}

#[test]
fn no_unit_stands_over_words() {
    let link = sim::link::read("v=1&draws=200");
    let study = doubt::Study::new(&link.state, &link.view.doubt).run();
    let all = figures::all_drawn(Lang::En, &link.state, None, 640, Some(&study));
    let map = all.iter().find(|figure| figure.id == "figure-map");
    let file = csv(Lang::En, map.expect("a map"), SAID, Spreadsheet::Plain);
    assert!(file.contains("\r\nFoundry node,Unit,1,2,"), "{file}");
}

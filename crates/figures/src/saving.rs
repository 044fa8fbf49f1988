//! A figure as a file: its chart with where it is from, its table for programs.
//! Each carries title, finding, address, version, day of the data and licence.

mod whole;

pub use whole::{answer_csv, answer_json};

use crate::shown::{of_a, of_b};
use crate::{Cell, Figure, Holds, Table};
use charts::{Poster, poster};
use sim::catalogue::{DATA_DATE, MODEL};
use words::Lang;
use words::cite::{LICENCE, version};

/// Longest line of an address under a chart, in characters.
const LINE: usize = 90;

/// What a file says beside its figure.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// What the figure is of.
    pub subject: &'a str,
    /// Its address.
    pub url: &'a str,
    /// Where its numbers are from, or nothing.
    pub sources: &'a str,
}

/// The figure as an SVG file, and its width and height in pixels.
pub fn svg(lang: Lang, figure: &Figure, said: Said) -> (String, (u32, u32)) {
    let Said {
        subject,
        url,
        sources,
    } = said;
    let source = [("version", &*version(lang)), ("licence", LICENCE)];
    let mut notes = vec![lang.fill("figure.saved", &source)];
    if !sources.is_empty() {
        notes.push(sources.to_owned());
    }
    notes.extend(broken(url));
    let of = |term, value: &str| (term, value.to_owned());
    poster(
        &figure.drawing,
        &Poster {
            title: figure.title.clone(),
            subject: subject.to_owned(),
            finding: figure.caption.clone(),
            notes,
            metadata: vec![
                of("title", &figure.title),
                of("subject", subject),
                of("description", &figure.caption),
                of("source", url),
                of("relation", sources),
                of("publisher", "Silicon Gap"),
                of("identifier", &["model ", &MODEL.to_string()].concat()),
                of("date", &DATA_DATE.to_string()),
                of("rights", LICENCE),
                of("language", lang.code()),
            ],
        },
    )
}

/// The address in lines, broken before its pairs.
fn broken(url: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (i, pair) in url.split('&').enumerate() {
        let pair = [if i > 0 { "&" } else { "" }, pair].concat();
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.len() + pair.len() <= LINE => {
                line.push_str(&pair);
            }
            _ => lines.push(pair),
        }
    }
    lines
}

/// Whose spreadsheets a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spreadsheet {
    /// Everybody's, as RFC 4180 has it.
    Plain,
    /// French ones: semicolons, decimal commas, and a mark that it is UTF-8.
    French,
}

/// The figure's table for a spreadsheet or a program: lines that say where it is
/// from, then the table with its numbers as they were computed, in SI units.
pub fn csv(lang: Lang, figure: &Figure, said: Said, of: Spreadsheet) -> String {
    let (title, finding) = (&*figure.title, &*figure.caption);
    let about = [title, said.subject, finding, said.url, said.sources];
    sheet(&about, &records(lang, &figure.table, of), of)
}

/// Records under what they are about, the version and the licence.
fn sheet(about: &[&str], records: &[Vec<String>], of: Spreadsheet) -> String {
    let mut out = String::new();
    if of == Spreadsheet::French {
        out.push('\u{feff}');
    }
    let (model, day) = (MODEL.to_string(), DATA_DATE.to_string());
    let model = ["model ", &model, ", data ", &day].concat();
    let edition = [&*model, LICENCE];
    let lines = about.iter().chain(&edition);
    for line in lines.filter(|line| !line.is_empty()) {
        for part in ["# ", line, "\r\n"] {
            out.push_str(part);
        }
    }
    for record in records {
        for (i, field) in record.iter().enumerate() {
            if i > 0 {
                out.push(of.separator());
            }
            of.write(&mut out, field);
        }
        out.push_str("\r\n");
    }
    out
}

impl Spreadsheet {
    fn separator(self) -> char {
        match self {
            Self::Plain => ',',
            Self::French => ';',
        }
    }

    fn number(self, number: f64) -> String {
        let text = number.to_string();
        match self {
            Self::Plain => text,
            Self::French => text.replace('.', ","),
        }
    }

    fn write(self, out: &mut String, field: &str) {
        if !field.contains([self.separator(), '"', '\r', '\n']) {
            return out.push_str(field);
        }
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    }
}

/// The table with its head, field by field. Units stand in the head where each
/// column has one and holds numbers alone, else in a column of their own; a range takes two columns, and
/// which scenario a row is of takes one where there are two.
fn records(lang: Lang, table: &Table, of: Spreadsheet) -> Vec<Vec<String>> {
    let columns = table.head.len();
    let cells = |column: usize| table.rows.iter().filter_map(move |row| row.get(column));
    let is_number = |cell: &Cell| !matches!(cell.holds, Holds::Words);
    let none = lang.text("figure.none");
    // Words under a unit would be read as numbers of it.
    let mixed = (1..columns).any(|column| {
        cells(column).any(is_number) && cells(column).any(|cell| !is_number(cell) && *cell != *none)
    });
    let by_row = mixed && table.rows.iter().all(|row| one_unit(row.iter()).is_some());
    let by_column = !by_row && (0..columns).all(|column| one_unit(cells(column)).is_some());
    let ranged: Vec<bool> = (0..columns)
        .map(|column| cells(column).any(|cell| matches!(cell.holds, Holds::Range(..))))
        .collect();
    let letters = [("A", of_a(lang, "")), ("B", of_b(lang, ""))];
    let letter = |row: &[Cell]| {
        let name = row.first()?;
        let (letter, prefix) = letters.iter().find(|(_, p)| name.starts_with(&**p))?;
        Some((*letter, name[prefix.len()..].to_owned()))
    };
    let two = table.rows.iter().any(|row| letter(row).is_some());
    let mut head: Vec<String> = Vec::new();
    if two {
        head.push(lang.text("figure.versus.scenario").to_owned());
    }
    for (column, name) in table.head.iter().enumerate() {
        let unit = one_unit(cells(column)).filter(|unit| by_column && !unit.is_empty());
        let name = match unit {
            Some(unit) => [name, " (", unit, ")"].concat(),
            None => name.clone(),
        };
        if ranged[column] {
            head.extend(["figure.from", "figure.to"].map(|key| lang.fill(key, &[("name", &name)])));
        } else {
            head.push(name);
        }
        if column == 0 && !by_column {
            head.push(lang.text("figure.unit").to_owned());
        }
    }
    let row = |row: &Vec<Cell>| {
        let mut record = Vec::new();
        let lettered = letter(row);
        if two {
            record.push(
                lettered
                    .as_ref()
                    .map_or("A, B", |(letter, _)| letter)
                    .to_owned(),
            );
        }
        for (column, cell) in row.iter().enumerate() {
            let words = match &lettered {
                Some((_, name)) if column == 0 => name,
                _ if *cell == *lang.text("figure.none") => "",
                _ => &cell.text,
            };
            let mut fields = match cell.holds {
                Holds::Words => vec![words.to_owned()],
                Holds::Number(number, _) => vec![of.number(number)],
                Holds::Range(ends, _) => ends.map(|end| of.number(end)).to_vec(),
            };
            if ranged[column] {
                fields.resize(2, String::new());
            }
            record.append(&mut fields);
            if column == 0 && !by_column {
                record.push(one_unit(row.iter()).unwrap_or_default().to_owned());
            }
        }
        record
    };
    std::iter::once(head)
        .chain(table.rows.iter().map(row))
        .collect()
}

/// The unit of the numbers in the cells, empty where there is none; nothing where
/// they have several.
fn one_unit<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<&'static str> {
    let mut units = cells.filter_map(|cell| match cell.holds {
        Holds::Words => None,
        Holds::Number(_, unit) | Holds::Range(_, unit) => Some(unit),
    });
    let first = units.next().unwrap_or_default();
    units.all(|unit| unit == first).then_some(first)
}

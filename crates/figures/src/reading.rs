//! What is said of a place on a drawing to a reader who points at it: a name, and
//! under it a line for each value, in the words of the table.

use crate::shown::{Joined, of_a, of_b};
use crate::{Cell, Figure, Origin, Table};
use charts::{BarRow, Said};
use words::Lang;

/// "name: value".
pub(crate) fn value(lang: Lang, name: &str, value: &str) -> String {
    lang.fill("figure.value", &[("name", name), ("value", value)])
}

/// A line of what is said of a place, with what explains its number.
pub type Line<'a> = (&'a str, Option<Origin>);

impl Figure {
    /// The lines of what is said of a place on the drawing.
    pub fn lines<'a>(&self, lang: Lang, said: &'a str) -> Vec<Line<'a>> {
        let table = &self.table;
        let names: Vec<String> = (0..table.rows.len())
            .map(|row| name_of(lang, table, row))
            .collect();
        let mut left: Vec<&str> = said.lines().collect();
        let mut lines = Vec::new();
        while !left.is_empty() {
            let is_name = |line: &&str| names.iter().any(|name| name == line);
            let next = left.iter().skip(1).position(is_name);
            let after = left.split_off(next.map_or(left.len(), |next| next + 1));
            let (name, values) = (left[0], &left[1..]);
            let rows = (0..names.len()).filter(|row| names[*row] == name);
            // Of several of that name the one that says it all.
            let fits = |row: &usize| {
                let said = values
                    .iter()
                    .filter(|line| in_row(lang, table, *row, line).is_some());
                said.count()
            };
            let row = rows.rev().max_by_key(fits);
            let origin = |line: &str| {
                let in_row = row.and_then(|row| in_row(lang, table, row, line));
                let (row, column) = in_row.or_else(|| in_column(lang, table, name, line))?;
                table.rows[row][column].origin
            };
            lines.push((name, None));
            lines.extend(values.iter().map(|line| (*line, origin(line))));
            left = after;
        }
        lines
    }
}

/// The cell of that row which the line says, under its column's name or what stands
/// first in it; a word may follow.
fn in_row(lang: Lang, table: &Table, row: usize, line: &str) -> Option<(usize, usize)> {
    let cells = table.rows[row].iter().zip(&table.head).enumerate();
    let mut cells = cells.skip(1);
    let said = cells.find(|(_, (cell, head))| {
        let parts = line.split_once(&value(lang, "", cell));
        parts.is_some_and(|(label, more)| {
            let is_all = more.is_empty() || more.starts_with(", ");
            is_all && !label.is_empty() && head.starts_with(label)
        })
    });
    said.map(|(column, _)| (row, column))
}

/// The cell of the column of that name which the line says, under its row's.
fn in_column(lang: Lang, table: &Table, name: &str, line: &str) -> Option<(usize, usize)> {
    let column = table.head.iter().position(|head| head == name)?;
    let mut rows = table.rows.iter();
    let says = |row: &Vec<Cell>| {
        let cell = row.get(column);
        cell.is_some_and(|cell| line == value(lang, &row[0], cell))
    };
    Some((rows.position(says)?, column))
}

/// What a row of the table says in these columns, under its name; cells without
/// a value are left out.
pub(crate) fn of_row(lang: Lang, table: &Table, row: usize, columns: &[usize]) -> String {
    let (cells, name) = (&table.rows[row], name_of(lang, table, row));
    columns
        .iter()
        .filter_map(|column| Some((table.head.get(*column)?, cells.get(*column)?)))
        .filter(|(_, cell)| !cell.is_empty() && **cell != *lang.text("figure.none"))
        .fold(name, |said, (head, cell)| {
            said + "\n" + &value(lang, head, cell)
        })
}

/// The name of a row.
fn name_of(lang: Lang, table: &Table, row: usize) -> String {
    let cells = &table.rows[row];
    // A number is no name alone, nor with a letter.
    let number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit());
    let lettered = [of_a, of_b].map(|of| cells[0].strip_prefix(&of(lang, "")));
    match &*cells[0] {
        cell if number(cell) => value(lang, &table.head[0], cell),
        cell if lettered.into_iter().flatten().any(number) => [&table.head[0], ", ", cell].concat(),
        cell => cell.to_owned(),
    }
}

/// What rows of both say in these columns.
pub(crate) fn of_both_rows(lang: Lang, table: &Table, rows: &[usize], columns: &[usize]) -> String {
    let said = rows.iter().map(|row| of_row(lang, table, *row, columns));
    said.collect::<Vec<_>>().join("\n")
}

/// What rows say in these columns of places along the level axis, from left to
/// right: A's, then B's where they are others. Places are rows of either, as they
/// were before these were joined.
pub(crate) fn along(
    lang: Lang,
    joined: &Joined,
    places: [Vec<(usize, f64)>; 2],
    columns: &[usize],
) -> Vec<Said> {
    let mut there: Vec<(usize, f64)> = Vec::new();
    for (rows, places) in joined.rows.iter().zip(places) {
        for (row, x) in places {
            if !there.contains(&(rows[row], x)) {
                there.push((rows[row], x));
            }
        }
    }
    there.sort_by(|a, b| a.1.total_cmp(&b.1));
    let said = there.into_iter().map(|(row, x)| Said {
        x,
        y: None,
        text: of_row(lang, &joined.table, row, columns),
    });
    // A row may have a name and nothing here.
    said.filter(|said| said.text.contains('\n')).collect()
}

/// The bar with words for each of its parts, and for its total under that name.
pub(crate) fn of_bar(lang: Lang, name: &str, total: &str, bar: BarRow) -> BarRow {
    let said = |label: &str, text: &str| [name, "\n", &value(lang, label, text)].concat();
    let mut bar = bar;
    for part in &mut bar.parts {
        part.said = said(&part.label, &part.text);
    }
    bar.said = said(total, &bar.total);
    bar
}

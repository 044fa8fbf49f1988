//! What is said of a place on a drawing to a reader who points at it: a name, and
//! under it a line for each value, in the words of the table.

use crate::Table;
use crate::shown::{Joined, of_a, of_b};
use charts::{BarRow, Said};
use words::Lang;

/// "name: value".
pub(crate) fn value(lang: Lang, name: &str, value: &str) -> String {
    lang.fill("figure.value", &[("name", name), ("value", value)])
}

/// What a row of the table says in these columns, under its name; cells without
/// a value are left out.
pub(crate) fn of_row(lang: Lang, table: &Table, row: usize, columns: &[usize]) -> String {
    let cells = &table.rows[row];
    // A number is no name alone, nor with a letter.
    let number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit());
    let lettered = [of_a, of_b].map(|of| cells[0].strip_prefix(&of(lang, "")));
    let name = match &*cells[0] {
        cell if number(cell) => value(lang, &table.head[0], cell),
        cell if lettered.into_iter().flatten().any(number) => [&table.head[0], ", ", cell].concat(),
        cell => cell.to_owned(),
    };
    columns
        .iter()
        .filter_map(|column| Some((table.head.get(*column)?, cells.get(*column)?)))
        .filter(|(_, cell)| !cell.is_empty() && **cell != *lang.text("figure.none"))
        .fold(name, |said, (head, cell)| {
            said + "\n" + &value(lang, head, cell)
        })
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

//! What is said of a place on a drawing to a reader who points at it: a name, and
//! under it a line for each value, in the words of the table.

use crate::Table;
use charts::BarRow;
use words::Lang;

/// "name: value".
fn value(lang: Lang, name: &str, value: &str) -> String {
    lang.fill("figure.value", &[("name", name), ("value", value)])
}

/// What a row of the table says in these columns, under its name; cells without
/// a value are left out.
pub(crate) fn of_row(lang: Lang, table: &Table, row: usize, columns: &[usize]) -> String {
    let cells = &table.rows[row];
    // A number is no name alone.
    let name = match cells[0].starts_with(|c: char| c.is_ascii_digit()) {
        true => value(lang, &table.head[0], &cells[0]),
        false => cells[0].clone(),
    };
    columns
        .iter()
        .filter_map(|column| Some((table.head.get(*column)?, cells.get(*column)?)))
        .filter(|(_, cell)| !cell.is_empty() && *cell != lang.text("figure.none"))
        .fold(name, |said, (head, cell)| {
            said + "\n" + &value(lang, head, cell)
        })
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

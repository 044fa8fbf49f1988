//! The comparison as a text that stands in the repository: a change of the
//! model changes it, and is seen.

use crate::{Checked, Confidence, Kind, Summary, summary};
use std::fmt::Write;

/// The table in Markdown: errors by kind, then every row.
pub fn table(rows: &[Checked]) -> String {
    let mut out = String::from(
        "# Predicted against measured\n\n\
         Written by `cargo xtask validate`; do not edit. Every row is run through the same \
         simulation as the page, with one set of constants for each chip family, stack and \
         engine and none for a row. “Sets” names the row of `data/stacks.toml`, or the figure of \
         `data/assumptions.toml`, that was set on a measurement; none was hidden while the model \
         was built. Errors count a measurement once: rows marked = are another reading of one. Rows, links and sources stand in `data/measurements.toml`.\n\n\
         | kind | rows | median error | 90th percentile | predicted over measured |\n\
         |---|--:|--:|--:|--:|\n",
    );
    for kind in Kind::ALL {
        let of_kind = || rows.iter().filter(move |row| row.row.kind == kind);
        line(&mut out, kind.name(), summary(of_kind()));
        let unseen = of_kind().filter(|row| row.row.sets.is_none());
        line(
            &mut out,
            &format!("{}, setting nothing", kind.name()),
            summary(unseen),
        );
    }
    for kind in Kind::ALL {
        let _ = write!(
            out,
            "\n## {}\n\n| id | chip | model | layout | metric | measured | predicted | ratio | sets |\n\
             |---|---|---|---|---|--:|--:|--:|---|\n",
            kind.name()
        );
        for checked in rows.iter().filter(|row| row.row.kind == kind) {
            row(&mut out, checked);
        }
    }
    out
}

fn line(out: &mut String, name: &str, summary: Option<Summary>) {
    if let Some(s) = summary {
        let _ = writeln!(
            out,
            "| {name} | {} | {:.1} % | {:.1} % | {:.2} |",
            s.count,
            s.median * 100.0,
            s.ninth * 100.0,
            s.bias
        );
    }
}

fn row(out: &mut String, checked: &Checked) {
    let row = &checked.row;
    let chips = row.chips.map_or(String::new(), |n| format!("{n} × "));
    let mark = match row.confidence {
        Confidence::Exact => "",
        Confidence::Approx | Confidence::FromMemory => "~",
    };
    let (predicted, ratio) = match (checked.predicted, checked.ratio()) {
        (Some(predicted), Some(ratio)) => (digits(predicted), format!("{ratio:.2}")),
        _ => ("—".to_owned(), row.left_out.clone().unwrap_or_default()),
    };
    let _ = writeln!(
        out,
        "| {} | {chips}{} | {} | {} | {} | {mark}{} {} | {predicted} | {ratio} | {} |",
        match row.same_as {
            Some(_) => format!("= {}", row.id),
            None => row.id.clone(),
        },
        row.chip,
        row.model,
        row.layout.as_deref().unwrap_or(""),
        row.metric,
        digits(row.value),
        row.unit,
        row.sets.as_deref().unwrap_or(""),
    );
}

/// Four digits, or all of a longer whole number.
fn digits(number: f64) -> String {
    let whole = number.abs().max(1.0).log10().floor() as usize + 1;
    format!("{number:.*}", 4usize.saturating_sub(whole))
}

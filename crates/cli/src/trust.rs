//! How far the simulation can be trusted, as a part of the page written when
//! the site is built: measured against predicted, what it misses, what it leaves
//! out, and what its words mean.

use crate::{escaped, glossary};
use figures::{Compared, GROUP_MARKS, parity};
use std::fmt::Write;
use validation::{Checked, Kind, checked, summary};
use words::Lang;

/// Widths of the chart, for screens wide and narrow.
const WIDE: u32 = 720;
const NARROW: u32 = 340;

/// The terms in which measurements are told.
const WORDS: [&str; 10] = [
    "ttft", "tpot", "itl", "mfu", "hfu", "goodput", "tp", "pp", "ep", "dp",
];

/// The texts of a list: `trust.miss.1`, `trust.miss.2`, … as far as they go.
fn list(lang: Lang, name: &str) -> Vec<&'static str> {
    (1..)
        .map_while(|i| lang.find(&format!("trust.{name}.{i}")))
        .collect()
}

/// The section's inside, as HTML.
///
/// # Errors
/// What is wrong with the measurements.
pub fn fragment(lang: Lang) -> Result<String, String> {
    let rows = checked()?;
    let mut html = String::new();
    let predicted = rows.iter().filter(|row| row.predicted.is_some()).count();
    let lead = lang.fill(
        "trust.lead",
        &[
            ("count", &lang.count(predicted as f64)),
            ("left", &lang.count((rows.len() - predicted) as f64)),
        ],
    );
    let _ = write!(html, "<p>{}</p><ul class=\"trust-kinds\">", escaped(&lead));
    for (group, kind) in Kind::ALL.into_iter().enumerate() {
        kind_line(&mut html, lang, &rows, group, kind);
    }
    html.push_str("</ul>");
    figure(&mut html, lang, &rows);
    for part in ["miss", "not"] {
        let title = lang.text(&format!("trust.{part}_title")).to_owned();
        let _ = write!(html, "<h3>{}</h3><ul>", escaped(&title));
        for text in list(lang, part) {
            let _ = write!(html, "<li>{}</li>", escaped(text));
        }
        html.push_str("</ul>");
    }
    words(&mut html, lang);
    table(&mut html, lang, &rows);
    Ok(html)
}

fn kind_line(html: &mut String, lang: Lang, rows: &[Checked], group: usize, kind: Kind) {
    let Some(errors) = summary(rows.iter().filter(|row| row.row.kind == kind)) else {
        return;
    };
    let line = lang.fill(
        "trust.kind_line",
        &[
            ("kind", lang.text(&format!("trust.kind.{}", kind.name()))),
            ("count", &lang.count(errors.count as f64)),
            ("median", &lang.percent(errors.median)),
            ("ninth", &lang.percent(errors.ninth)),
        ],
    );
    let ink = GROUP_MARKS[group % GROUP_MARKS.len()].0.name();
    let _ = write!(
        html,
        "<li><span class=\"trust-mark ink-{ink}\" aria-hidden=\"true\"></span>{}</li>",
        escaped(&line)
    );
}

fn figure(html: &mut String, lang: Lang, rows: &[Checked]) {
    let compared: Vec<Compared> = rows
        .iter()
        .filter_map(|checked| {
            Some(Compared {
                name: name(lang, checked),
                group: Kind::ALL
                    .iter()
                    .position(|kind| *kind == checked.row.kind)?,
                measured: checked.row.value,
                predicted: checked.predicted?,
                address: checked.source.url.clone(),
            })
        })
        .collect();
    let Some(all) = summary(rows.iter()) else {
        return;
    };
    let caption = lang.fill(
        "trust.caption",
        &[
            ("median", &lang.percent(all.median)),
            ("ninth", &lang.percent(all.ninth)),
        ],
    );
    let figure = parity(lang, "parity", &caption, &compared, WIDE);
    let narrow = parity(lang, "parity-narrow", &caption, &compared, NARROW);
    let _ = write!(
        html,
        "<figure class=\"figure\" id=\"{}\"><h3>{}</h3><p class=\"figure-caption\">{}</p>\
         <div class=\"trust-wide\">{}</div><div class=\"trust-narrow\">{}</div></figure>",
        figure.id,
        escaped(&figure.title),
        escaped(&figure.caption),
        figure.drawing.svg,
        narrow.drawing.svg
    );
}

/// What was measured, and where it differs from its neighbours.
fn name(lang: Lang, checked: &Checked) -> String {
    let row = &checked.row;
    let chips = match row.chips {
        Some(n) => format!("{n} × {}", row.chip),
        None => row.chip.clone(),
    };
    let lengths = match (&row.input, &row.output) {
        (Some(input), Some(output)) => Some(format!("{input} → {output}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    let parts = [
        Some(row.model.clone()).filter(|model| !model.is_empty()),
        Some(chips),
        row.format.clone(),
        row.batch.as_ref().map(|batch| format!("batch {batch}")),
        lengths,
        row.layout.clone(),
    ];
    let what = match row.reads {
        Some(quantity) => lang
            .text(&format!("trust.quantity.{}", quantity.name()))
            .to_owned(),
        None => row.metric.clone(),
    };
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}: {what} ({})", parts.join(", "), row.unit)
}

fn words(html: &mut String, lang: Lang) {
    let _ = write!(html, "<h3>{}</h3>", escaped(lang.text("trust.words_title")));
    glossary::some(html, lang, &WORDS);
}

fn table(html: &mut String, lang: Lang, rows: &[Checked]) {
    let _ = write!(
        html,
        "<details><summary>{}</summary><div class=\"trust-rows\" tabindex=\"0\" role=\"region\" \
         aria-label=\"{0}\"><table><thead><tr>",
        escaped(lang.text("trust.rows"))
    );
    for head in ["row", "measured", "predicted", "ratio", "source"] {
        let text = lang.text(&format!("trust.head.{head}")).to_owned();
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(&text));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        row_line(html, lang, row);
    }
    html.push_str("</tbody></table></div></details>");
}

fn row_line(html: &mut String, lang: Lang, checked: &Checked) {
    let row = &checked.row;
    let number = |value: f64| lang.number(value, 4);
    let what = escaped(&name(lang, checked));
    let what = match &row.link {
        Some(link) => format!(
            "<a href=\"?v=1&amp;{}&amp;lang={}\">{what}</a>",
            escaped(link),
            lang.code()
        ),
        None => what,
    };
    let note = row.assumes.as_deref().or(row.left_out.as_deref());
    let note = note.map_or(String::new(), |note| {
        format!("<br><small lang=\"en\">{}</small>", escaped(note))
    });
    let source = match &checked.source.url {
        Some(url) => format!(
            "<a rel=\"noopener\" href=\"{}\" lang=\"en\">{}</a>",
            escaped(url),
            escaped(&checked.source.title)
        ),
        None => escaped(&checked.source.title),
    };
    let place = row.place.as_deref().map_or(String::new(), |place| {
        format!(" <small lang=\"en\">{}</small>", escaped(place))
    });
    let dash = || "—".to_owned();
    let _ = write!(
        html,
        "<tr><th scope=\"row\"><span lang=\"en\">{what}</span>{note}</th><td>{}</td><td>{}</td>\
         <td>{}</td><td>{source}{place}</td></tr>",
        number(row.value),
        checked.predicted.map_or_else(dash, number),
        checked
            .ratio()
            .map_or_else(dash, |ratio| lang.number(ratio, 3)),
    );
}

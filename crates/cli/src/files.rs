//! A figure, or the whole answer, as a file that names the link.

use crate::{lang, record};
use figures::{Said, Spreadsheet};
use sim::link::{self, Link};
use sim::state::State;
use words::Lang;

/// How wide a figure of the terminal is, in pixels.
const FIGURE_WIDTH: u32 = 640;

/// The figure of that name as a file that names the link; which there are otherwise.
pub fn figure(name: &str, link: &Link, table: Option<Spreadsheet>) -> Result<String, String> {
    let lang = lang(link);
    let study = ::doubt::Study::new(&link.state, &link.view.doubt).run();
    let other = link.other.as_ref();
    let all = figures::all_drawn(lang, &link.state, other, FIGURE_WIDTH, Some(&study));
    let short = |figure: &figures::Figure| figure.id.trim_start_matches("figure-").to_owned();
    let Some(figure) = all.iter().find(|figure| short(figure) == name) else {
        let names: Vec<String> = all.iter().map(short).collect();
        return Err(format!(
            "no figure '{name}'; there are {}",
            names.join(", ")
        ));
    };
    let beside = other.map(State::scenario);
    let said = Said {
        subject: &figures::subject(lang, figure.id, &link.state.scenario(), beside.as_ref()),
        url: &query(link),
        sources: &publishers(lang, &figures::sources(figure.id, &link.state, other)),
    };
    Ok(match table {
        Some(of) => figures::csv(lang, figure, said, of),
        None => figures::svg(lang, figure, said).0 + "\n",
    })
}

/// Who published the sources of these keys.
fn publishers(lang: Lang, keys: &[&str]) -> String {
    let row = |key: &&str| sim::catalogue::SOURCES.iter().find(|row| row.key == *key);
    let rows = keys.iter().filter_map(row);
    words::cite::sources(lang, rows.map(|row| row.publisher))
}

/// The answer as JSON, or as a table that names the link.
pub fn evaluated(link: &Link, table: Option<Spreadsheet>) -> String {
    let record = record(link);
    match table {
        None => record.json(true) + "\n",
        Some(of) => figures::answer_csv(lang(link), &record, &query(link), of),
    }
}

/// The link in its canonical form, in its language.
fn query(link: &Link) -> String {
    let query = link::write_both(&link.state, link.other.as_ref());
    [&*query, "&lang=", lang(link).code()].concat()
}

//! What readers pay: bytes of the program and of a first visit, and its
//! requests, held to `budgets.toml`.

use crate::process::{Stop, read_text, root};
use std::path::{Path, PathBuf};

/// How much a size may grow before somebody must say so, in per cent.
const GROWTH: u64 = 2;
/// Files fetched only where a reader asks for them, by how their names begin.
const LATER: [&str; 5] = ["trust.", "glossary.", "sources.", "changes.", "notices."];
/// The folders of what other pages load, or servers read, and ours does not.
const FOR_OTHERS: [&str; 3] = ["embed", "hosts", "article"];
/// How names begin that only servers read.
const FOR_SERVERS: [char; 2] = ['_', '.'];
/// What feeds show of a page, and readers never fetch.
const FOR_FEEDS: &str = "card.png";
/// What of the program comes when levers and answers work already.
const SECOND: &str = "split_";
/// Files of which a reader gets one.
const ONE_OF: &str = "texts.";

/// A file of the site and its bytes at brotli's best.
pub struct Sized {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes that travel.
    pub packed: u64,
}

/// What a first visit costs.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    /// Bytes of the part of the program with which levers answer, and of the script
    /// that loads it.
    first: u64,
    /// Bytes of the whole program.
    program: u64,
    /// Bytes of all that a first visit asks for, texts of the longer language.
    visit: u64,
    /// Files that it asks for.
    requests: u64,
}

impl Cost {
    fn of(files: &[Sized]) -> Self {
        let (mut first, mut program, mut visit, mut requests, mut texts) = (0, 0, 0, 0, 0);
        for Sized { path, packed } in files {
            let is = |end: &str| path.extension().is_some_and(|extension| extension == end);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let for_others = path
                .parent()
                .is_some_and(|in_it| FOR_OTHERS.iter().any(|folder| in_it.ends_with(folder)));
            let for_servers = name.starts_with(FOR_SERVERS);
            // Each a first visit of its own, and near the start's in size.
            let other_page = name == "index.html" && path.components().count() > 1;
            let later = LATER.iter().any(|later| name.starts_with(later));
            if for_others || for_servers || other_page || later || name == FOR_FEEDS {
                continue;
            }
            if name.starts_with(ONE_OF) {
                texts = (*packed).max(texts);
                continue;
            }
            if is("wasm") || is("js") {
                program += packed;
                first += if name.starts_with(SECOND) { 0 } else { *packed };
            }
            visit += packed;
            requests += 1;
        }
        let one = u64::from(texts > 0);
        Self {
            first,
            program,
            visit: visit + texts,
            requests: requests + one,
        }
    }
}

/// Stops where the site costs more than `budgets.toml` allows.
pub fn check(files: &[Sized]) -> Result<(), Stop> {
    let path = root().join("budgets.toml");
    let text = read_text(&path)?;
    let Cost {
        first,
        program,
        visit,
        requests,
    } = Cost::of(files);
    let first = verdict("first", first, number(&text, "first")?, GROWTH);
    let program = verdict("program", program, number(&text, "program")?, GROWTH);
    let visit = verdict("visit", visit, number(&text, "visit")?, GROWTH);
    let requests = verdict("requests", requests, number(&text, "requests")?, 0);
    let (over, within): (Vec<_>, Vec<_>) = [first, program, visit, requests]
        .into_iter()
        .partition(|v| v.over);
    for verdict in within {
        eprintln!("    {}", verdict.text);
    }
    if over.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = over.into_iter().map(|verdict| verdict.text).collect();
    Err(Stop::new(
        format!("the site outgrows budgets.toml\n  {}", texts.join("\n  ")),
        "make it smaller (ARCHITECTURE.md, Bytes); or, if it is worth what readers pay, \
         write the new number into budgets.toml and say why in the commit",
    ))
}

/// Whether a cost is kept, in words.
struct Verdict {
    over: bool,
    text: String,
}

fn verdict(name: &str, now: u64, budget: u64, growth: u64) -> Verdict {
    let over = now * 100 > budget * (100 + growth);
    let change = (now as f64 / budget as f64 - 1.0) * 100.0;
    let text = match over {
        true => format!(
            "{name} = {now}: {} more than {budget}, {change:+.1} %; {growth} % are allowed",
            now - budget
        ),
        false => format!("{name} = {now} of {budget} ({change:+.1} %)"),
    };
    Verdict { over, text }
}

/// The number that a line `name = number` gives.
fn number(text: &str, name: &str) -> Result<u64, Stop> {
    let value = text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == name).then(|| value.trim().replace('_', ""))
    });
    value.and_then(|value| value.parse().ok()).ok_or_else(|| {
        Stop::new(
            format!("budgets.toml must have a line `{name} = number`"),
            "",
        )
    })
}

/// Bytes at brotli's best of each file, where all are known.
pub fn sized(folder: &Path, sizes: &[(PathBuf, Option<u64>)]) -> Option<Vec<Sized>> {
    let one = |(path, packed): &(PathBuf, Option<u64>)| {
        let path = path.strip_prefix(folder).unwrap_or(path).to_owned();
        packed.map(|packed| Sized { path, packed })
    };
    sizes.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(wasm: u64) -> Vec<Sized> {
        [
            ("index.html", 2),
            ("p.js", 5),
            ("p_bg.wasm", wasm),
            ("split_second-1.wasm", 50),
            ("style-1.css", 7),
            ("texts.en.txt", 18),
            ("texts.fr.txt", 20),
            ("trust.en.html", 900),
            ("notices.txt", 70),
            ("fr/index.html", 3),
            ("card.png", 50),
        ]
        .map(|(name, packed)| Sized {
            path: name.into(),
            packed,
        })
        .into()
    }

    #[test]
    fn a_first_visit_asks_for_one_language_and_no_more_than_it_shows() {
        let cost = Cost {
            first: 105,
            program: 155,
            visit: 184,
            requests: 6,
        };
        assert_eq!(Cost::of(&site(100)), cost);
    }

    #[test]
    fn growth_beyond_two_per_cent_is_told() {
        assert!(!verdict("program", 102, 100, 2).over);
        let told = verdict("program", 103, 100, 2);
        assert!(told.over && told.text.contains("3 more than 100, +3.0 %"));
        assert!(verdict("requests", 7, 6, 0).over);
    }

    #[test]
    fn numbers_are_read() {
        let text = "# a = 1\nprogram = 1_000 \n";
        assert_eq!(number(text, "program").ok(), Some(1000));
        assert!(number(text, "visit").is_err());
    }
}

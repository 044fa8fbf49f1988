//! What is said to whoever opens a link that was cited from another version, or
//! that says of this one what it does not say.

use crate::Lang;
use crate::doubt::{answer_name, number_or_none};
use doubt::Answer;
use sim::catalogue::{DATA_DATE, MODEL, Version};
use sim::date::Date;
use sim::link::{Age, Cited, Said};
use units::{Energy, Time};

/// What a cited link's reader is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which version it was, and how the answers stand to those of today, a line each.
    pub lines: Vec<String>,
    /// What changed since would explain it.
    pub older: bool,
}

/// What there is to say of the link, whose scenario has those answers now; nothing
/// where it says what this page says.
pub fn told(lang: Lang, cited: &Cited, now: &Said) -> Option<Told> {
    let age = cited.age();
    let moved = cited.said.map(|then| moved(lang, &then, now));
    let same = moved.as_ref().is_none_or(Vec::is_empty);
    if age == Age::Same && same {
        return None;
    }
    let key = match age {
        Age::Older => "cited.older",
        Age::Newer => "cited.newer",
        Age::Same => "cited.same",
    };
    let today = version(lang, Some(MODEL), Some(DATA_DATE));
    let then = version(lang, cited.model, cited.data);
    let mut lines = vec![lang.fill(key, &[("then", &then), ("today", &today)])];
    match moved {
        Some(moved) if moved.is_empty() => lines.push(lang.text("cited.kept").to_owned()),
        moved => lines.extend(moved.into_iter().flatten()),
    }
    Some(Told {
        lines,
        older: age == Age::Older,
    })
}

/// "model 1.0, data to 28 September 2026", or as much of it as is known.
fn version(lang: Lang, model: Option<Version>, data: Option<Date>) -> String {
    let model = model.map(|model| model.to_string());
    let data = data.map(|day| lang.date(day));
    let key = match (&model, &data) {
        (Some(_), Some(_)) => "cite.version",
        (_, None) => "cite.model",
        (None, _) => "cite.data",
    };
    let values = [
        ("model", model.as_deref().unwrap_or("—")),
        ("data", data.as_deref().unwrap_or_default()),
    ];
    lang.fill(key, &values)
}

/// A sentence for each answer that is another now.
fn moved(lang: Lang, then: &Said, now: &Said) -> Vec<String> {
    let answers = [
        (Answer::Tpot, then.tpot, now.tpot),
        (Answer::Days, then.days, now.days),
        (Answer::PerToken, then.joules, now.joules),
    ];
    answers
        .into_iter()
        .filter(|(_, then, now)| then != now)
        .map(|(answer, then, now)| {
            let [then, now] = [then, now].map(|value| number(lang, answer, value));
            let values = [
                ("what", answer_name(lang, answer)),
                ("then", &then),
                ("now", &now),
            ];
            lang.fill("cited.moved", &values)
        })
        .collect()
}

/// With as many digits as a link carries, so that what moved is seen to.
fn number(lang: Lang, answer: Answer, value: Option<f64>) -> String {
    match (answer, value) {
        (Answer::Tpot, Some(seconds)) => lang.time_to(Time::new(seconds), 3),
        (Answer::PerToken, Some(joules)) => lang.energy_to(Energy::new(joules), 3),
        (Answer::Days, Some(days)) => lang.time_to(Time::from_days(days), 3),
        _ => number_or_none(lang, answer, value),
    }
}

/// What changed in the model: the lines of a language's file, which is written when
/// the site is built and read by whoever opens an older link.
#[cfg(not(target_family = "wasm"))]
pub fn written(lang: Lang) -> String {
    let line = |row: &sim::catalogue::ReleaseRow| {
        let name = version(lang, Some(row.version), Some(row.data));
        let (number, data) = (row.version.to_string(), row.data.to_string());
        let text = row.texts[lang as usize];
        [&*number, &data, &name, text].join("\t") + "\n"
    };
    sim::catalogue::RELEASES.iter().map(line).collect()
}

/// What changed since the link was cited, newest first: a version's name and what
/// it brought, from the file of the language.
pub fn since(file: &str, cited: &Cited) -> Vec<[String; 2]> {
    let newer = |line: &str| -> Option<[String; 2]> {
        let mut parts = line.split('\t');
        let model: Version = parts.next()?.parse().ok()?;
        let data: Date = parts.next()?.parse().ok()?;
        let then = (cited.model.unwrap_or(model), cited.data.unwrap_or(data));
        let text = [parts.next()?.to_owned(), parts.next()?.to_owned()];
        ((model, data) > then).then_some(text)
    };
    file.lines().filter_map(newer).collect()
}

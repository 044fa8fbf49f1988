//! `data/changelog.toml`: the releases of the model, newest first.

use super::date::Date;
use super::row::literal_of_date;
use std::fmt::Write;

/// The file.
pub const FILE: &str = "changelog.toml";
/// What a release may have moved.
const ANSWERS: [&str; 3] = ["inference", "training", "energy"];

/// The releases as Rust source, and the newest as a constant of its own; what is
/// wrong with them otherwise.
pub fn releases(text: &str) -> Result<String, String> {
    let wrong = |what: String| format!("data/{FILE}: {what}");
    let table: toml::Table = text.parse().map_err(|e| wrong(format!("not TOML: {e}")))?;
    let rows = table.get("release").and_then(toml::Value::as_array);
    let rows = rows.ok_or_else(|| wrong("no [[release]]".into()))?;
    let mut code = String::new();
    let mut before: Option<((u16, u16), Date)> = None;
    for row in rows {
        let text = |key: &str| -> Result<&str, String> {
            let value = row.get(key).and_then(toml::Value::as_str);
            value.ok_or_else(|| wrong(format!("a release lacks `{key}`, a text")))
        };
        let version = text("version")?;
        let wrong = |what: String| wrong(format!("release {version}: {what}"));
        let numbers = version
            .split_once('.')
            .and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        let numbers: (u16, u16) = numbers.ok_or_else(|| wrong("a version is like 1.0".into()))?;
        let day = |key: &str| -> Result<Date, String> {
            let day = text(key)?.parse();
            day.map_err(|_| wrong(format!("`{key}` is a day like 2026-11-24")))
        };
        let (date, data) = (day("date")?, day("data")?);
        if before.is_some_and(|before| before <= (numbers, data)) {
            return Err(wrong("the newest stands first".into()));
        }
        before = Some((numbers, data));
        let answers = row.get("answers").and_then(toml::Value::as_array);
        let answers: Vec<&str> = answers
            .ok_or_else(|| wrong("lacks `answers`, a list".into()))?
            .iter()
            .map(|answer| answer.as_str().unwrap_or_default())
            .collect();
        if let Some(strange) = answers.iter().find(|a| !ANSWERS.contains(a)) {
            return Err(wrong(format!("`{strange}` is none of {ANSWERS:?}")));
        }
        let texts = [text("en")?, text("fr")?];
        if texts.iter().any(|text| text.contains(['\n', '\t'])) {
            return Err(wrong("a text is one line without tabs".into()));
        }
        let _ = writeln!(
            code,
            "    ReleaseRow {{ version: Version {{ major: {}, minor: {} }}, date: {}, data: {}, \
             answers: &{answers:?}, texts: {texts:?} }},",
            numbers.0,
            numbers.1,
            literal_of_date(date),
            literal_of_date(data),
        );
    }
    let first = rows.first().map(|_| "RELEASES[0].version");
    let first = first.ok_or_else(|| wrong("no release".into()))?;
    Ok(format!(
        "/// Releases of the model, newest first.\npub const RELEASES: &[ReleaseRow] = &[\n{code}];\n\
         /// The version of the model.\npub const MODEL: Version = {first};\n"
    ))
}

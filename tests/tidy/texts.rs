//! The texts of `locales/`: each one used, each one there in both languages,
//! and the French set as French is.

use crate::{assert_none, root, rust, shipped_rust_files};
use std::collections::{BTreeMap, BTreeSet};

/// Keys that the code puts together in a way that no literal shows: what they
/// begin with, and who does so.
const PUT_TOGETHER: &[(&str, &str)] = &[
    ("page.place.", "choice_name in src/phrases.rs"),
    ("page.prec.", "choice_name in src/phrases.rs"),
    ("page.llm.", "choice_name in src/phrases.rs"),
    ("page.yes.", "choice_name in src/phrases.rs"),
    ("page.engine.", "choice_name in src/phrases.rs"),
    ("page.quant.", "choice_name in src/phrases.rs"),
    ("page.serve.", "choice_name in src/phrases.rs"),
    ("page.eplb.", "choice_name in src/phrases.rs"),
    ("page.schedule.", "choice_name in src/phrases.rs"),
    ("page.zero.", "choice_name in src/phrases.rs"),
    ("page.link.", "choice_name in src/phrases.rs"),
    ("page.yield.", "choice_name in src/phrases.rs"),
    ("page.pack.", "choice_name in src/phrases.rs"),
    ("page.order.", "choice_name in src/phrases.rs"),
    ("page.tools.", "choice_name in src/phrases.rs"),
    ("page.firm.", "choice_name in src/phrases.rs"),
    ("page.osat.", "choice_name in src/phrases.rs"),
    ("page.month.m", "month in crates/words/src/dates.rs"),
];

/// Keys and texts of a language.
fn locale(lang: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("locales/{lang}.toml"));
    let text = std::fs::read_to_string(&path).expect("the language has a file");
    let mut texts = BTreeMap::new();
    flatten("", &text.parse().expect("it is TOML"), &mut texts);
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = format!("{prefix}{key}");
        match value {
            toml::Value::Table(inner) => flatten(&format!("{key}."), inner, texts),
            other => {
                texts.insert(key, other.as_str().unwrap_or_default().to_owned());
            }
        }
    }
}

/// The key that a literal is, or the pattern of the keys that it is a part of:
/// `{…}` stands for what is filled in, and a point at the end wants more.
fn pattern(literal: &str) -> Option<String> {
    let words = literal.strip_suffix('.').unwrap_or(literal);
    let is_key = words.contains('.')
        && words.split('.').all(|part| {
            let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-{}".contains(&b);
            !part.is_empty() && part.bytes().all(fits)
        });
    let more = if words == literal { "" } else { ".{}" };
    (is_key && !words.starts_with('{')).then(|| [words, more].concat())
}

/// Keys in the code, and patterns of keys, with the file that holds them.
fn keys_in_code() -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for file in shipped_rust_files() {
        let literals = rust::shipped(&file.text).literals;
        let patterns = literals.iter().filter_map(|literal| pattern(literal));
        keys.extend(patterns.map(|pattern| (file.path.clone(), pattern)));
    }
    keys
}

/// True if the key is the pattern with each `{…}` filled by one word.
fn fits(pattern: &str, key: &str) -> bool {
    match pattern.split_once('{') {
        None => pattern == key,
        Some((before, after)) => key.strip_prefix(before).is_some_and(|rest| {
            let after = after.split_once('}').map_or("", |(_, after)| after);
            (1..=rest.len())
                .filter(|at| rest.is_char_boundary(*at))
                .any(|at| fits(after, &rest[at..]))
        }),
    }
}

#[test]
fn both_languages_say_everything() {
    let (english, french) = (locale("en"), locale("fr"));
    let mut complaints = Vec::new();
    for key in english.keys().chain(french.keys()).collect::<BTreeSet<_>>() {
        // A text may be empty, but then in both.
        let is_empty = |texts: &BTreeMap<String, String>| {
            texts.get(key).is_none_or(|text| text.trim().is_empty())
        };
        for (lang, texts) in [("en", &english), ("fr", &french)] {
            if !texts.contains_key(key)
                || is_empty(texts) && !(is_empty(&english) && is_empty(&french))
            {
                complaints.push(format!("locales/{lang}.toml: {key} has no text"));
            }
        }
    }
    assert_none(complaints);
}

#[test]
fn each_key_in_the_code_has_a_text() {
    let texts = locale("en");
    let sections: BTreeSet<&str> = texts
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect();
    let mut complaints = Vec::new();
    for (path, key) in keys_in_code() {
        // Others have dots in them too: file names, keys of rules.
        let ours = key
            .split('.')
            .next()
            .is_some_and(|section| sections.contains(section));
        let is_part = PUT_TOGETHER.iter().any(|(prefix, _)| *prefix == key);
        if ours && !is_part && !texts.keys().any(|text| fits(&key, text)) {
            complaints.push(format!(
                "{path}: \"{key}\" has no text; add it to locales/en.toml and fr.toml"
            ));
        }
    }
    assert_none(complaints);
}

#[test]
fn each_text_is_used() {
    let used = keys_in_code();
    assert_none(
        locale("en")
            .keys()
            .filter(|key| {
                !used.iter().any(|(_, pattern)| fits(pattern, key))
                    && !PUT_TOGETHER
                        .iter()
                        .any(|(prefix, _)| key.starts_with(prefix))
            })
            .map(|key| {
                format!("locales: {key} is said nowhere; remove it from both files, or use it")
            })
            .collect(),
    );
}

/// The narrow space that does not break.
const THIN: char = '\u{202F}';

/// What is wrong with the spacing and quotes of a French text.
fn slips(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut slips = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(i + 1).copied();
        match c {
            '\'' => slips.push("write ’ for '".to_owned()),
            '"' => slips.push("write « » for \"".to_owned()),
            '«' if after != Some(THIN) => slips.push("U+202F after «".to_owned()),
            // In a time of day or an address it is no sign of punctuation.
            ':' if after.is_some_and(|c| c.is_ascii_digit() || c == '/') => {}
            ';' | ':' | '!' | '?' | '»' | '%'
                if before.is_some_and(|b| b != THIN && !";:!?(".contains(b)) =>
            {
                slips.push(format!("U+202F before {c}"));
            }
            _ => {}
        }
    }
    slips
}

#[test]
fn french_is_set_as_french() {
    let mut complaints = Vec::new();
    for (key, text) in locale("fr") {
        for slip in slips(&text) {
            complaints.push(format!("locales/fr.toml: {key}: {slip}: {text}"));
        }
    }
    assert_none(complaints);
}

#[test]
fn slips_are_seen() {
    assert!(slips("Il y a 3\u{202F}: «\u{202F}a\u{202F}», à 12:30\u{202F}!").is_empty());
    assert_eq!(slips("l'un : «a »").len(), 4);
    assert!(fits("part.{}.goes_to", "part.weights.goes_to"));
    assert!(!fits("part.{}.goes_to", "part.weights.name"));
    assert_eq!(pattern("page.control.").as_deref(), Some("page.control.{}"));
    assert_eq!(pattern("page."), None);
}

//! Bakes `locales/en.toml` and `locales/fr.toml` into one sorted table. A key
//! that one language lacks, or a placeholder that only one has, does not build.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs, path::Path};

fn main() {
    let read = |lang: &str| {
        let path = format!("../../locales/{lang}.toml");
        println!("cargo:rerun-if-changed={path}");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let table: toml::Table = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut texts = BTreeMap::new();
        flatten("", &table, &mut texts);
        texts
    };
    let (english, french) = (read("en"), read("fr"));
    let mut wrong = Vec::new();
    for key in english.keys().chain(french.keys()).collect::<BTreeSet<_>>() {
        match (english.get(key), french.get(key)) {
            (Some(en), Some(fr)) if placeholders(en) != placeholders(fr) => {
                wrong.push(format!("{key}: the placeholders differ between en and fr"));
            }
            // Lines of a file, a tab between name and text.
            (Some(en), Some(fr)) if [en, fr].iter().any(|text| text.contains(['\n', '\t'])) => {
                wrong.push(format!("{key}: a text is one line without tabs"));
            }
            (Some(_), Some(_)) => {}
            (None, _) => wrong.push(format!("{key}: missing in locales/en.toml")),
            (_, None) => wrong.push(format!("{key}: missing in locales/fr.toml")),
        }
    }
    assert!(
        wrong.is_empty(),
        "locales do not agree:\n  {}",
        wrong.join("\n  ")
    );
    let rows: String = english
        .iter()
        .map(|(key, en)| format!("({key:?}, [{en:?}, {:?}]),\n", french[key]))
        .collect();
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("texts.rs");
    let doc = "/// Every key with its text in each language of `Lang::ALL`.";
    fs::write(
        out,
        format!("{doc}\npub const TEXTS: &[(&str, [&str; 2])] = &[\n{rows}];\n"),
    )
    .expect("OUT_DIR can be written");
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            other => panic!("{key}: a text, not {other:?}"),
        }
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

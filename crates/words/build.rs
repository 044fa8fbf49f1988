//! Bakes `locales/en.toml` and `locales/fr.toml` into one sorted table. A key
//! that one language lacks, or a placeholder that only one has, does not build.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs, path::Path};

/// Keys of texts that are written into the site when it is built.
const IN_ADVANCE: [&str; 2] = ["trust.", "glossary."];

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
    // What only pages made in advance say is no part of the browser's program.
    let in_advance = |key: &str| IN_ADVANCE.iter().any(|part| key.starts_with(part));
    let rows = |advance: bool| -> String {
        let of = english.iter().filter(|(key, _)| in_advance(key) == advance);
        of.map(|(key, en)| format!("({key:?}, {en:?}, {:?}),\n", french[key]))
            .collect()
    };
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("texts.rs");
    fs::write(
        out,
        format!(
            "const TEXTS: &[(&str, &str, &str)] = &[\n{}];\n\
             #[cfg(not(target_family = \"wasm\"))]\n\
             const IN_ADVANCE: &[(&str, &str, &str)] = &[\n{}];\n\
             #[cfg(target_family = \"wasm\")]\n\
             const IN_ADVANCE: &[(&str, &str, &str)] = &[];\n",
            rows(false),
            rows(true)
        ),
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

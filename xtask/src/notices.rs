//! What others wrote of the program that readers get, and on which terms: most ask
//! that their notice goes along with what is made of it.

use crate::process::{Stop, cargo, root};
use crate::setup::TARGET;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The file of the site.
pub const FILE: &str = "notices.txt";
/// The package that becomes the program.
const PAGE: &str = "silicon-gap-page";
/// How files with terms begin, in capitals. Of a crate under several licences the
/// first of these that is there is enough.
const NAMES: [&str; 6] = [
    "LICENSE-MIT",
    "LICENSE",
    "LICENCE",
    "COPYING",
    "UNLICENSE",
    "COPYRIGHT",
];
/// Comes along with every program in Rust.
const STANDARD_LIBRARY: &str = "The standard library of Rust, https://github.com/rust-lang/rust\n\
     MIT OR Apache-2.0. Copyright (c) The Rust Project Contributors\n";

/// Crates that the program is made of, with their terms: those that its compiler sees,
/// whether or not a byte of them is left.
pub fn all() -> Result<String, Stop> {
    let metadata = metadata()?;
    let packages = list(&metadata, "packages");
    let by_id: BTreeMap<&str, &Value> = packages.iter().map(|p| (text(p, "id"), p)).collect();
    let nodes = metadata
        .get("resolve")
        .map_or(&[][..], |r| list(r, "nodes"));
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let page = packages.iter().find(|p| text(p, "name") == PAGE);
    let mut open: Vec<&str> = page.map(|page| text(page, "id")).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let needed = nodes.get(id).map_or(&[][..], |node| list(node, "deps"));
            let needed = needed.iter().filter(|needed| stays(needed));
            let needed = needed.map(|needed| text(needed, "pkg"));
            open.extend(needed.filter(|id| by_id.get(id).is_some_and(|p| !works_for_compiler(p))));
        }
    }
    let mut others: Vec<&Value> = seen
        .iter()
        .filter_map(|id| by_id.get(id).copied())
        .collect();
    others.retain(|package| package.get("source").is_some_and(Value::is_string));
    others.sort_by_key(|package| text(package, "name"));
    match others.is_empty() {
        true => Err(Stop::new(
            "cargo metadata names nothing that the page needs",
            "",
        )),
        false => Ok(told(&others)),
    }
}

/// The crates by the text of their terms, so that none is said twice.
fn told(packages: &[&Value]) -> String {
    let mut by_terms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        by_terms
            .entry(terms(package))
            .or_default()
            .push(line(package));
    }
    let mut groups: Vec<(Vec<String>, String)> = by_terms
        .into_iter()
        .map(|(terms, lines)| (lines, terms))
        .collect();
    groups.sort();
    let mut out = format!("Silicon Gap is made with the work of others.\n\n{STANDARD_LIBRARY}");
    for (lines, terms) in groups {
        out += &format!("\n{}\n{}\n", "-".repeat(72), lines.join("\n"));
        if !terms.is_empty() {
            out += &format!("\n{terms}\n");
        }
    }
    out
}

/// A crate in a line: name, version, licence, who, and where it is from.
fn line(package: &Value) -> String {
    let authors: Vec<&str> = list(package, "authors")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let parts = [
        format!("{} {}", text(package, "name"), text(package, "version")),
        text(package, "license").to_owned(),
        authors.join(", "),
        text(package, "repository").to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// The terms that lie with a crate; none where it brings none, and only names them.
fn terms(package: &Value) -> String {
    let Some(folder) = Path::new(text(package, "manifest_path")).parent() else {
        return String::new();
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = files
        .map(|file| file.path())
        .filter(|f| f.is_file())
        .collect();
    files.sort();
    let begins = |start: &str| {
        files.iter().find(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.to_uppercase().starts_with(start)
        })
    };
    let found = NAMES.iter().find_map(|start| begins(start));
    let text = found.and_then(|file| std::fs::read(file).ok());
    text.map_or_else(String::new, |bytes| {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        text.trim().to_owned()
    })
}

/// What cargo knows of this workspace, for the page's target.
fn metadata() -> Result<Value, Stop> {
    let mut command = cargo();
    command
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            TARGET,
        ])
        .stderr(std::process::Stdio::inherit())
        .current_dir(root());
    let output = command.output();
    let output = output.map_err(|error| Stop::new(format!("cannot run cargo: {error}"), ""))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Stop::new(format!("cargo metadata: {error}"), "cargo fetch --locked"))
}

/// It is needed by what is made, not by its tests or its build.
fn stays(needed: &Value) -> bool {
    let kinds = list(needed, "dep_kinds");
    kinds
        .iter()
        .any(|kind| kind.get("kind").is_some_and(Value::is_null))
}

/// It runs inside the compiler, and ends there.
fn works_for_compiler(package: &Value) -> bool {
    let targets = list(package, "targets").iter();
    let mut kinds = targets.flat_map(|target| list(target, "kind"));
    kinds.any(|kind| kind.as_str() == Some("proc-macro"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn what_readers_get_is_told_with_its_terms_and_nothing_that_only_builds_it() {
        let told = all().expect("cargo knows");
        for name in ["libm", "plotters", "reactive_graph", "wasm-bindgen"] {
            let line = told
                .lines()
                .find(|line| line.starts_with(&[name, " "].concat()));
            assert!(line.is_some_and(|line| line.contains("MIT")), "{name}");
        }
        for name in ["leptos_macro", "criterion", "tokio", "fantoccini", "sim"] {
            assert!(
                !told
                    .lines()
                    .any(|line| line.starts_with(&[name, " "].concat())),
                "{name}"
            );
        }
        assert!(told.contains("Permission is hereby granted, free of charge"));
    }
}

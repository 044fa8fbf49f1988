//! What every file keeps to: a beginning, a length, no colours of its own, no
//! trace of one machine; and the map that names every room.

use crate::{File, assert_none, files, root, rust, rust_files};

/// Lines of Rust that a file may have.
const LONGEST: usize = 450;

/// Files that may hold raw colours.
const PALETTES: &[&str] = &["style/tokens.css", "crates/charts/src/ink.rs"];

#[test]
fn each_file_says_what_it_is() {
    assert_none(
        rust_files()
            .iter()
            .filter(|file| !file.text.trim_start().starts_with("//!"))
            .map(|file| format!("{}: begin with `//! what this file is for`", file.path))
            .collect(),
    );
}

#[test]
fn no_file_is_too_long() {
    let mut complaints = Vec::new();
    for file in rust_files() {
        let lines = file.text.lines().count();
        if lines > LONGEST {
            complaints.push(format!(
                "{}: {lines} lines, {LONGEST} at most; move a part that has a name to a file of that name",
                file.path
            ));
        }
    }
    assert_none(complaints);
}

#[test]
fn nothing_is_unsafe() {
    assert_none(
        rust_files()
            .iter()
            .filter(|file| rust::mentions(&rust::read(&file.text).code, "unsafe"))
            .map(|file| format!("{}: unsafe; find the safe way, there is one", file.path))
            .collect(),
    );
}

#[test]
fn colours_have_one_home_each() {
    let painted = |path: &str| {
        let source = path.starts_with("src/")
            || path.starts_with("style/")
            || path.starts_with("crates/") && path.contains("/src/");
        source && (path.ends_with(".rs") || path.ends_with(".css")) && !PALETTES.contains(&path)
    };
    let mut complaints = Vec::new();
    for file in files(painted) {
        let texts = if file.path.ends_with(".css") {
            vec![without_css_comments(&file.text)]
        } else {
            rust::shipped(&file.text).literals
        };
        for colour in texts.iter().flat_map(|text| colours(text)) {
            complaints.push(format!(
                "{}: {colour}; name a property of style/tokens.css or an ink of the charts",
                file.path
            ));
        }
    }
    assert_none(complaints);
}

fn without_css_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |kept, part| {
        kept + part.split_once("*/").map_or("", |(_, after)| after)
    })
}

/// Colours written as numbers: `#rgb`, `#rrggbb` and their like, `rgb(`, `hsl(`.
fn colours(text: &str) -> Vec<String> {
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch(",
    ];
    let mut found: Vec<String> = functions
        .iter()
        .filter(|function| {
            text.match_indices(*function)
                .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
        .map(|function| format!("{function}…)"))
        .collect();
    for (at, _) in text.match_indices('#') {
        let word: &str = text[at + 1..]
            .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .next()
            .unwrap_or("");
        let hex = word.bytes().all(|b| b.is_ascii_hexdigit());
        if hex && matches!(word.len(), 3 | 4 | 6 | 8) {
            found.push(format!("#{word}"));
        }
    }
    found
}

#[test]
fn nothing_tells_of_one_machine() {
    // Written in parts, so that this file does not complain of itself.
    let folders = ["work", "tmp", "root", "home"].map(|folder| format!("/{folder}/"));
    let hosts = [
        ("index.crates", ".io"),
        ("static.crates", ".io"),
        ("registry.npmjs", ".org"),
        ("deb.debian", ".org"),
        ("pypi", ".org"),
        ("files.pythonhosted", ".org"),
        ("proxy.golang", ".org"),
    ]
    .map(|(name, domain)| [name, domain].concat());
    let mut complaints = Vec::new();
    for file in files(|path| path != "Cargo.lock") {
        for (number, line) in (1..).zip(file.text.lines()) {
            let folder = folders.iter().find(|folder| is_absolute(line, folder));
            if let Some(found) = folder.or(hosts.iter().find(|host| line.contains(*host))) {
                complaints.push(format!(
                    "{}:{number}: {found} is one machine's; say it relative to the repository, or ask the tool",
                    file.path
                ));
            }
        }
    }
    assert_none(complaints);
}

/// True if a path from the root of a machine stands in the line: not the middle
/// of a longer one, nor of an address.
fn is_absolute(line: &str, folder: &str) -> bool {
    line.match_indices(folder)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}$~".contains(c)))
}

#[test]
fn packages_come_from_the_public_registry() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is tracked");
    let public = concat!("registry+https://github.com/", "rust-lang/crates.io-index");
    assert_none(
        lock.lines()
            .filter_map(|line| line.strip_prefix("source = "))
            .filter(|source| source.trim_matches('"') != public)
            .map(|source| format!("Cargo.lock: {source}; take the package from crates.io"))
            .collect(),
    );
}

#[test]
fn the_map_names_every_room() {
    let path = "ARCHITECTURE.md";
    let map = files(|file| file == path)
        .pop()
        .unwrap_or_else(|| panic!("{path}: write it; it is the map of this house"));
    let mut rooms: Vec<String> = files(|_| true).iter().filter_map(room).collect();
    rooms.sort();
    rooms.dedup();
    assert_none(
        rooms
            .iter()
            .filter(|room| !map.text.contains(&format!("`{room}`")))
            .map(|room| format!("{path}: say what `{room}` is for"))
            .collect(),
    );
}

/// The room that a file lies in: a crate, or a folder at the top; none for
/// files at the top and for hidden folders.
fn room(file: &File) -> Option<String> {
    let mut parts = file.path.split('/');
    let (top, next) = (parts.next()?, parts.next()?);
    match (top, parts.next()) {
        _ if top.starts_with('.') => None,
        ("crates", Some(_)) => Some(format!("crates/{next}")),
        _ => Some(top.to_owned()),
    }
}

#[test]
fn colours_are_seen() {
    assert_eq!(
        colours("a:#fff; b:#12ab9F; #answer #figure-map url(#x) rgb(0,0,0)"),
        ["rgb(…)", "#fff", "#12ab9F"]
    );
}

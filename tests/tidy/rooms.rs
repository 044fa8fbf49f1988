//! Who may know whom: between crates by their manifests, within one by paths.

use crate::{assert_none, files, root, rust, shipped_rust_files};

/// What each crate may depend on, to build and to run. A dependency more is a
/// decision: take it here, with its reason in ARCHITECTURE.md.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("sim", &["units", "libm", "toml"]),
    ("charts", &["libm", "plotters", "plotters-backend"]),
    ("doubt", &["sim", "units", "libm"]),
    ("digits", &["doubt", "sim", "wasm-bindgen"]),
    ("words", &["doubt", "sim", "units", "toml"]),
    ("validation", &["sim", "units", "serde", "toml"]),
    ("figures", &["charts", "doubt", "sim", "units", "words"]),
    (
        "cli",
        &[
            "sim",
            "words",
            "doubt",
            "figures",
            "charts",
            "units",
            "validation",
            "lexopt",
            "serde_json",
            // Pictures of pages.
            "resvg",
            "skrifa",
            "png",
        ],
    ),
];

/// What each module of `sim` must not know.
const SIM_MUST_NOT_KNOW: &[(&str, &[&str])] = &[
    (
        "date",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
        ],
    ),
    (
        "energy",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
        ],
    ),
    (
        "silicon",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
            "export",
            "llm",
            "supply",
        ],
    ),
    (
        "supply",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
            "export",
            "llm",
            "silicon",
        ],
    ),
    (
        "export",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
            "silicon",
            "llm",
        ],
    ),
    (
        "llm",
        &[
            "catalogue",
            "scenario",
            "controls",
            "state",
            "link",
            "outcome",
            "silicon",
            "export",
        ],
    ),
    (
        "catalogue",
        &["scenario", "controls", "state", "link", "outcome"],
    ),
    ("scenario", &["controls", "state", "link", "outcome"]),
    ("outcome", &["controls", "state", "link"]),
    ("controls", &["state", "link", "outcome"]),
];

/// What stands for the web.
const WEB: &[&str] = &[
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo",
];

#[test]
fn crates_depend_only_on_what_they_may() {
    let mut complaints = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).expect("crates/ is there") {
        let name = entry
            .expect("a folder")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let path = format!("crates/{name}/Cargo.toml");
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else {
            continue;
        };
        let manifest: toml::Table = text.parse().expect("cargo read it too");
        let Some((_, allowed)) = MAY_DEPEND_ON.iter().find(|(room, _)| *room == name) else {
            complaints.push(format!(
                "{path}: say in tests/tidy/rooms.rs what it may depend on"
            ));
            continue;
        };
        let dependencies = ["dependencies", "build-dependencies"]
            .into_iter()
            .filter_map(|kind| manifest.get(kind)?.as_table())
            .flatten();
        for (dependency, how) in dependencies {
            if !allowed.contains(&dependency.as_str()) {
                complaints.push(format!("{path}: {name} must not depend on {dependency}; move what needs it to a crate that may"));
            }
            let optional = how.get("optional").and_then(toml::Value::as_bool);
            if (name.as_str(), dependency.as_str()) == ("sim", "serde") && optional != Some(true) {
                complaints.push(format!(
                    "{path}: serde must stay optional, the page does without"
                ));
            }
        }
        let run = manifest.get("dependencies").and_then(toml::Value::as_table);
        // What never reaches the browser may read its data as it stands.
        let native = name == "validation";
        if !native && run.is_some_and(|run| run.contains_key("toml")) {
            complaints.push(format!(
                "{path}: toml is for build.rs only, data and texts are baked"
            ));
        }
    }
    assert_none(complaints);
}

#[test]
fn the_core_flows_one_way() {
    let mut complaints = Vec::new();
    for file in files(|path| path.starts_with("crates/sim/src/") && path.ends_with(".rs")) {
        let path = file
            .path
            .trim_start_matches("crates/sim/src/")
            .trim_end_matches(".rs");
        let module = path.split('/').next().unwrap_or(path);
        let Some((_, forbidden)) = SIM_MUST_NOT_KNOW.iter().find(|(room, _)| *room == module)
        else {
            continue;
        };
        // From a module's own file `super` is the crate, from its rooms the next one up.
        let up = "super::".repeat(1 + path.matches('/').count());
        let code = rust::shipped(&file.text).code.replace(&up, "crate::");
        for known in known_modules(&code) {
            if forbidden.contains(&known.as_str()) {
                complaints.push(format!(
                    "{}: {module} must not know {known}; pass it plain values, or move the type to where both may look",
                    file.path
                ));
            }
        }
    }
    assert_none(complaints);
}

/// Modules of the crate that the code names by path, each once.
fn known_modules(code: &str) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for (_, after) in code
        .match_indices("crate::")
        .map(|(at, word)| (at, &code[at + word.len()..]))
    {
        match after.strip_prefix('{') {
            None => known.push(rust::first_word(after).to_owned()),
            Some(group) => known.extend(group_heads(group)),
        }
    }
    known.sort();
    known.dedup();
    known
}

/// First words of a braced import's parts: `a::B, c::{D, E}}` gives a and c.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => heads.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                if let Some(head) = heads.last_mut() {
                    head.push(c);
                }
            }
        }
    }
    heads
        .iter()
        .map(|head| rust::first_word(head.trim()).to_owned())
        .collect()
}

#[test]
fn the_web_stays_in_one_room() {
    let mut complaints = Vec::new();
    for file in shipped_rust_files() {
        // The digits are printed in browsers, and are no part of the page.
        if is_room(&file.path, "browser") || file.path.starts_with("crates/digits/") {
            continue;
        }
        let code = rust::shipped(&file.text).code;
        for web in WEB.iter().filter(|web| rust::mentions(&code, web)) {
            complaints.push(format!(
                "{}: {web} belongs in src/browser; give it a function there and call that",
                file.path
            ));
        }
    }
    assert_none(complaints);
}

/// True if the file is the page's room of that name or lies in it.
fn is_room(path: &str, room: &str) -> bool {
    path == format!("src/{room}.rs") || path.starts_with(&format!("src/{room}/"))
}

#[test]
fn rooms_of_the_page_know_no_more_than_they_need() {
    let rules = [
        (
            "widgets",
            &["sim", "words", "figures"][..],
            "texts and values come in as props",
        ),
        (
            "browser",
            &["sim", "words", "figures"][..],
            "it takes and gives plain texts and numbers",
        ),
    ];
    let mut complaints = Vec::new();
    for (room, forbidden, instead) in rules {
        for file in shipped_rust_files()
            .iter()
            .filter(|file| is_room(&file.path, room))
        {
            let code = rust::shipped(&file.text).code;
            for word in forbidden {
                if names_crate(&code, word) {
                    complaints.push(format!(
                        "{}: {room} must not know {word}: {instead}",
                        file.path
                    ));
                }
            }
        }
    }
    assert_none(complaints);
}

/// True if the code names a path that begins with the crate's name.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn groups_of_imports_are_understood() {
    assert_eq!(
        known_modules("use crate::{date::Date, state::{State, Value}, link}; crate::llm::x()"),
        ["date", "link", "llm", "state"]
    );
}

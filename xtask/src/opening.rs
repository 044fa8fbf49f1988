//! What the core says when the site is built: the page's opening, written into
//! the page before any script runs, and the parts that the page fetches where a
//! reader asks for them: the comparison with measurements, and the glossary.
//!
//! Trunk calls this when the page is built but not yet published (see
//! Trunk.toml). The same core that the browser runs prints both.

use crate::process::{Stop, cargo, root};
use std::path::{Path, PathBuf};

/// The place of the opening in index.html.
const MARKER: &str = "<!-- opening -->";
/// Parts that the page fetches: the comparison with measurements, the words.
const PARTS: [&str; 2] = ["trust", "glossary"];
/// Languages of these.
const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Puts the opening in the page that Trunk is building.
pub fn write_opening() -> Result<(), Stop> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| Stop::new("page-opening is for Trunk to call", "cargo xtask build"))?;
    let page = folder.join("index.html");
    let html = std::fs::read_to_string(&page)
        .map_err(|error| Stop::new(format!("cannot read {}: {error}", page.display()), ""))?;
    let html = with_opening(&html, &said(&["opening"])?)?;
    write(&page, &html)?;
    for lang in LANGUAGES {
        for part in PARTS {
            let name = format!("{part}.{lang}.html");
            write(&folder.join(name), &said(&[part, lang])?)?;
        }
    }
    Ok(())
}

/// Holds the model against the measurements, prints the table and keeps it.
pub fn validate() -> Result<(), Stop> {
    let table = said(&["validate"])?;
    println!("{table}");
    write(&root().join("VALIDATION.md"), &(table + "\n"))
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    std::fs::write(path, text)
        .map_err(|error| Stop::new(format!("cannot write {}: {error}", path.display()), ""))
}

/// The page with the opening in place of its marker.
fn with_opening(html: &str, opening: &str) -> Result<String, Stop> {
    match html.split_once(MARKER) {
        Some((before, after)) if !after.contains(MARKER) => Ok([before, opening, after].concat()),
        _ => Err(Stop::new(
            format!("index.html must hold the line {MARKER} once"),
            "put it where the page begins",
        )),
    }
}

/// What the core, compiled for this machine, prints to those words.
fn said(words: &[&str]) -> Result<String, Stop> {
    let mut cli = cargo();
    cli.args(["run", "--quiet", "--release", "-p", "silicon-gap-cli", "--"])
        .args(words)
        // Set by whoever compiles the page for wasm; here the usual one is meant.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("LD_LIBRARY_PATH")
        .stderr(std::process::Stdio::inherit());
    let output = cli
        .output()
        .map_err(|error| Stop::new(format!("cannot run cargo: {error}"), ""))?;
    let html = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match output.status.success() && !html.is_empty() {
        true => Ok(html),
        false => Err(Stop::new(
            format!("`silicon-gap {}` printed nothing", words.join(" ")),
            "cargo run -p silicon-gap-cli -- validate",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::with_opening;

    #[test]
    fn the_marker_is_replaced_once() {
        let page = with_opening("<body>\n<!-- opening -->\n</body>", "<p>Hello</p>");
        assert_eq!(page.ok().as_deref(), Some("<body>\n<p>Hello</p>\n</body>"));
    }

    #[test]
    fn a_page_without_or_with_two_markers_stops() {
        assert!(with_opening("<body></body>", "x").is_err());
        assert!(with_opening("<!-- opening --><!-- opening -->", "x").is_err());
    }
}

//! What is written when the site is built: the page's opening, in the page
//! before any script runs; its style; the texts of each language; the
//! sources; what changed from version to version; the parts that the page fetches
//! where a reader asks for them: the comparison with measurements, and the glossary;
//! what others wrote of the program, on which terms; and a page for each passage. At
//! the end, what a browser lets each page do.
//!
//! Trunk calls this when the page is built but not yet published (see
//! Trunk.toml). The same core that the browser runs says all of it.

use crate::hosts;
use crate::process::{Stop, cargo, read_text, root, write};
use crate::{notices, sheets, split};
use std::path::{Path, PathBuf};

/// Places in index.html: of the opening, of the style sheet, and of what tells
/// this edition of texts and sources from an older one that a browser has kept.
const OPENING: &str = "<!-- opening -->";
const STYLE: &str = "<!-- style -->";
const TEXTS: &str = "data-texts=\"\"";
/// The place of what a site with folders of versions calls this one.
const RELEASE: &str = "data-release=\"\"";
/// Says that the site keeps a folder of each version.
pub const WITH_FOLDER: &str = "SILICON_GAP_RELEASE_FOLDER";
/// Names the address that the site will have: where it is known, pages tell it.
const SITE: &str = "SILICON_GAP_SITE";
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
    let html = read_text(&page)?;
    let sheet = sheets::joined(&said(&["palette"])?)?;
    let mut texts = Vec::new();
    for lang in LANGUAGES {
        texts.push(said(&["texts", lang])? + "\n");
        write(
            &folder.join(format!("texts.{lang}.txt")),
            &texts[texts.len() - 1],
        )?;
        let changes = said(&["changes", lang])? + "\n";
        write(&folder.join(format!("changes.{lang}.txt")), &changes)?;
        texts.push(changes);
    }
    let sources = said(&["sources"])?;
    write(&folder.join("sources.txt"), &sources)?;
    texts.push(sources);
    let texts = format!("data-texts=\"{}\"", sheets::edition(texts.concat()));
    let html = filled(&html, OPENING, &said(&["opening"])?)?;
    // In the page itself: what is asked for apart comes a round trip later, and until
    // then nothing is painted.
    let html = filled(&html, STYLE, &format!("<style>{sheet}</style>"))?;
    let html = filled(&html, TEXTS, &texts)?;
    let release = match std::env::var_os(WITH_FOLDER) {
        Some(_) => format!("data-release=\"{}\"", release()?),
        None => RELEASE.to_owned(),
    };
    write(&page, &filled(&html, RELEASE, &release)?)?;
    for lang in LANGUAGES {
        for part in PARTS {
            let name = format!("{part}.{lang}.html");
            write(&folder.join(name), &said(&[part, lang])?)?;
        }
    }
    write(&folder.join(notices::FILE), &notices::all()?)?;
    split::publish(&folder)?;
    write_pages(&folder)?;
    // Last, so that it sees every page.
    hosts::seal(&folder)
}

/// Writes a page for each passage and language, of the one that is there.
fn write_pages(folder: &Path) -> Result<(), Stop> {
    let site = std::env::var(SITE).unwrap_or_default();
    let site = match site.trim_end_matches('/') {
        "" => String::new(),
        site if site.starts_with("https://") || site.starts_with("http://") => [site, "/"].concat(),
        site => {
            return Err(Stop::new(
                format!("{SITE} must be an address, not {site}"),
                format!("{SITE}=https://example.org/silicon-gap cargo xtask build"),
            ));
        }
    };
    let folder = folder.to_string_lossy();
    said(&["pages", &folder, &site]).map(drop)
}

/// What this version's folder is called.
pub fn release() -> Result<String, Stop> {
    said(&["release"])
}

/// Holds the model against the measurements, prints the table and keeps it.
pub fn validate() -> Result<(), Stop> {
    let table = said(&["validate"])?;
    println!("{table}");
    write(&root().join("VALIDATION.md"), &(table + "\n"))
}

/// The page with that text in place of the marker.
fn filled(html: &str, marker: &str, text: &str) -> Result<String, Stop> {
    match html.split_once(marker) {
        Some((before, after)) if !after.contains(marker) => Ok([before, text, after].concat()),
        _ => Err(Stop::new(
            format!("index.html must hold {marker} once"),
            "put it back where it was",
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
    let said = String::from_utf8_lossy(&output.stdout);
    let said = said.trim_matches('\n').to_owned();
    match output.status.success() && !said.is_empty() {
        true => Ok(said),
        false => Err(Stop::new(
            format!("`silicon-gap {}` printed nothing", words.join(" ")),
            "cargo run -p silicon-gap-cli -- validate",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{OPENING, filled};

    #[test]
    fn the_marker_is_replaced_once() {
        let page = filled("<body>\n<!-- opening -->\n</body>", OPENING, "<p>Hello</p>");
        assert_eq!(page.ok().as_deref(), Some("<body>\n<p>Hello</p>\n</body>"));
    }

    #[test]
    fn a_page_without_or_with_two_markers_stops() {
        assert!(filled("<body></body>", OPENING, "x").is_err());
        assert!(filled("<!-- opening --><!-- opening -->", OPENING, "x").is_err());
    }
}

//! Chromium and its WebDriver, for the browser tests, and what they examine the
//! page with.

use super::{apt, npm};
use crate::process::{Stop, find_program};
use std::path::PathBuf;

/// A browser and the driver that steers it.
pub struct Browser {
    /// The browser's program.
    pub chromium: PathBuf,
    /// The WebDriver server's program, of the same version.
    pub chromedriver: PathBuf,
    /// The script of the accessibility checks.
    pub axe: PathBuf,
}

/// Version of axe-core; a later one may know more rules.
const AXE: &str = "4.14.1";

/// Names of the browser, Debian's first.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];

/// Where macOS keeps it, which is not on PATH.
const CHROME_ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// What is named by `CHROMIUM`, `CHROMEDRIVER` and `AXE_CORE`; else the browser on
/// PATH or from apt, and axe-core from npm.
pub fn find_or_install() -> Result<Browser, Stop> {
    let (chromium, chromedriver) = programs()?;
    let axe = axe()?;
    Ok(Browser {
        chromium,
        chromedriver,
        axe,
    })
}

/// axe-core's script, named by `AXE_CORE` or in our version from npm.
fn axe() -> Result<PathBuf, Stop> {
    if let Some(named) = std::env::var_os("AXE_CORE") {
        return Ok(PathBuf::from(named));
    }
    let package = npm::package("axe", "axe-core");
    let is_there = || {
        let said = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
        said.contains(&format!("\"version\": \"{AXE}\""))
    };
    if !is_there() {
        npm::install("axe-core", "axe", "axe-core", AXE)?;
    }
    Ok(package.join("axe.min.js"))
}

/// Both programs.
fn programs() -> Result<(PathBuf, PathBuf), Stop> {
    if let Some(programs) = find() {
        return Ok(programs);
    }
    if apt::available() {
        // The fonts, so that screenshots of a bare machine have text.
        apt::install(
            "the browser of the tests",
            "about a minute",
            &["chromium", "chromium-driver", "fonts-dejavu-core"],
        )?;
    }
    find().ok_or_else(|| {
        Stop::new(
            "the browser tests need Chromium or Chrome, and chromedriver of the same version",
            "install both, or set CHROMIUM and CHROMEDRIVER to their paths",
        )
    })
}

/// The browser, if both programs are there.
fn find() -> Option<(PathBuf, PathBuf)> {
    let named = |variable| std::env::var_os(variable).map(PathBuf::from);
    let chromium = named("CHROMIUM")
        .or_else(|| find_program(&CHROMIUM))
        .or_else(|| Some(PathBuf::from(CHROME_ON_MACOS)).filter(|path| path.exists()))?;
    let chromedriver = named("CHROMEDRIVER").or_else(|| find_program(&["chromedriver"]))?;
    Some((chromium, chromedriver))
}

//! Chromium and its WebDriver, for the browser tests.

use super::apt;
use crate::process::{Stop, find_program};
use std::path::PathBuf;

/// A browser and the driver that steers it.
pub struct Browser {
    /// The browser's program.
    pub chromium: PathBuf,
    /// The WebDriver server's program, of the same version.
    pub chromedriver: PathBuf,
}

/// Names of the browser, Debian's first.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];

/// Where macOS keeps it, which is not on PATH.
const CHROME_ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser named by `CHROMIUM` and `CHROMEDRIVER`, on PATH, or from apt.
pub fn find_or_install() -> Result<Browser, Stop> {
    if let Some(browser) = find() {
        return Ok(browser);
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
fn find() -> Option<Browser> {
    let named = |variable| std::env::var_os(variable).map(PathBuf::from);
    let chromium = named("CHROMIUM")
        .or_else(|| find_program(&CHROMIUM))
        .or_else(|| Some(PathBuf::from(CHROME_ON_MACOS)).filter(|path| path.exists()))?;
    let chromedriver = named("CHROMEDRIVER").or_else(|| find_program(&["chromedriver"]))?;
    Some(Browser {
        chromium,
        chromedriver,
    })
}

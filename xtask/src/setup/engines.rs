//! Firefox and WebKit with their WebDrivers, for the tests that every engine runs.

use super::{apt, tools, tools_folder};
use crate::process::{Stop, find_program};
use std::path::PathBuf;

/// geckodriver's version; a later one asks for a later compiler.
const GECKODRIVER: &str = "0.37.1";

/// What the tests are told of an engine: a variable, and the program that it names.
pub type Program = (&'static str, PathBuf);

/// Programs of the other engines. Debian's for root; elsewhere those that are there,
/// and words about the others, since their tests are then skipped.
pub fn find_or_install() -> Result<Vec<Program>, Stop> {
    if apt::may_install() {
        let missing: Vec<&str> = PROGRAMS
            .iter()
            .filter(|program| (program.find)().is_none() && !program.package.is_empty())
            .map(|program| program.package)
            .collect();
        if !missing.is_empty() {
            apt::install("other engines for the tests", "a minute or two", &missing)?;
        }
        if firefox().is_some() && geckodriver().is_none() {
            tools::install_geckodriver(GECKODRIVER)?;
        }
    }
    let (there, missing): (Vec<_>, Vec<_>) = PROGRAMS
        .iter()
        .map(|program| (program, (program.find)()))
        .partition(|(_, found)| found.is_some());
    for (program, _) in &missing {
        eprintln!(
            "    tests in {} are skipped: {} is missing, or set {} to its path",
            program.engine, program.what, program.variable
        );
    }
    let named = |(program, found): (&Searched, Option<PathBuf>)| Some((program.variable, found?));
    Ok(there.into_iter().filter_map(named).collect())
}

/// A program that is looked for.
struct Searched {
    variable: &'static str,
    engine: &'static str,
    what: &'static str,
    /// Debian's package; empty where Debian has none.
    package: &'static str,
    find: fn() -> Option<PathBuf>,
}

const PROGRAMS: [Searched; 5] = [
    Searched {
        variable: "FIREFOX",
        engine: "Firefox",
        what: "Firefox",
        package: "firefox-esr",
        find: firefox,
    },
    Searched {
        variable: "GECKODRIVER",
        engine: "Firefox",
        what: "geckodriver",
        package: "",
        find: geckodriver,
    },
    Searched {
        variable: "WEBKITDRIVER",
        engine: "WebKit",
        what: "WebKitGTK's WebKitWebDriver",
        package: "webkit2gtk-driver",
        find: webkit_driver,
    },
    Searched {
        variable: "MINIBROWSER",
        engine: "WebKit",
        what: "WebKitGTK's MiniBrowser",
        package: "libwebkit2gtk-4.1-0",
        find: minibrowser,
    },
    Searched {
        variable: "XVFB",
        engine: "WebKit",
        what: "Xvfb",
        package: "xvfb",
        find: xvfb,
    },
];

fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named.or_else(|| find_program(names))
}

fn firefox() -> Option<PathBuf> {
    named("FIREFOX", &["firefox-esr", "firefox"])
}

fn geckodriver() -> Option<PathBuf> {
    let ours = tools_folder().join("bin").join("geckodriver");
    named("GECKODRIVER", &["geckodriver"]).or_else(|| Some(ours).filter(|path| path.exists()))
}

fn webkit_driver() -> Option<PathBuf> {
    named("WEBKITDRIVER", &["WebKitWebDriver"])
}

fn xvfb() -> Option<PathBuf> {
    named("XVFB", &["Xvfb"])
}

/// It stands among the library's own files, in a folder for each kind of machine.
fn minibrowser() -> Option<PathBuf> {
    named("MINIBROWSER", &["MiniBrowser"]).or_else(|| {
        let folders = std::fs::read_dir("/usr/lib").ok()?.flatten();
        folders
            .map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"))
            .find(|path| path.exists())
    })
}

//! Packages from npm, which brings itself where it is missing.

use super::{apt, tools_folder};
use crate::process::{Stop, find_program, run_step};
use std::path::PathBuf;
use std::process::Command;

/// Installs a package in that version into a folder of `.tools` of its own: npm
/// takes away from a folder what it was not asked for in the same breath.
pub fn install(tool: &str, folder: &str, package: &str, version: &str) -> Result<(), Stop> {
    if find_program(&["npm"]).is_none() && apt::available() {
        apt::install(&format!("npm, for {tool}"), "about a minute", &["npm"])?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund"])
        .arg("--prefix")
        .arg(tools_folder().join(folder))
        .arg(format!("{package}@{version}"));
    run_step(&format!("{tool}, from npm"), "seconds", &mut npm).map_err(|stop| {
        match find_program(&["npm"]) {
            Some(_) => stop,
            None => Stop::new(
                format!("{tool} {version} is missing, and so is npm"),
                "install npm, then: cargo xtask setup",
            ),
        }
    })
}

/// Where a package lies that was installed into that folder.
pub fn package(folder: &str, package: &str) -> PathBuf {
    tools_folder()
        .join(folder)
        .join("node_modules")
        .join(package)
}

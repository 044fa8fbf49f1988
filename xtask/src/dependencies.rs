//! What others wrote and we build from, held to `deny.toml` by cargo-deny: licences,
//! origins, what is barred, and, where the list of known faults can be had, those.

use crate::process::{Stop, root, run, say, succeeds_within};
use crate::setup;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long the list of known faults may take to come.
const PATIENCE: Duration = Duration::from_secs(90);
/// Said of words in deny.toml that only the larger workspace needs.
const NEEDLESS: [&str; 3] = [
    "license-not-encountered",
    "license-exception-not-encountered",
    "advisory-not-detected",
];

/// Stops where a dependency is not as `deny.toml` has it.
pub fn check() -> Result<(), Stop> {
    let program = setup::cargo_deny()?;
    let deny = || {
        let mut command = Command::new(&program);
        command.current_dir(root());
        command
    };
    let both = |offline: &[&str], checks: &[&str]| {
        run(deny()
            .arg("--workspace")
            .args(offline)
            .arg("check")
            .args(checks))?;
        let fuzz = [
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--config",
            "deny.toml",
        ];
        let needless = NEEDLESS.map(|name| ["--allow", name]);
        run(deny()
            .args(fuzz)
            .args(offline)
            .arg("check")
            .args(needless.as_flattened())
            .args(checks))
    };
    say("what we build from: licences, origins, what is barred");
    both(&[], &["licenses", "bans", "sources"])?;
    say("what we build from: known faults");
    let mut fetch = deny();
    fetch
        .args(["fetch", "db"])
        // It must not ask anybody for a name.
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if succeeds_within(PATIENCE, &mut fetch) {
        return both(&["--offline"], &["advisories"]);
    }
    eprintln!(
        "    NOT LOOKED FOR: RustSec's list of them, https://github.com/RustSec/advisory-db, \
         cannot be reached from here"
    );
    Ok(())
}

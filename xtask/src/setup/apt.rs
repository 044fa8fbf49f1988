//! Debian's packages, for root; for others, the command to type.

use crate::process::{Stop, find_program, output_of, run_step};
use std::process::{Command, Stdio};
use std::sync::Once;

/// True where packages come from apt.
pub fn available() -> bool {
    find_program(&["apt-get"]).is_some()
}

/// True where this user may install from apt.
pub fn may_install() -> bool {
    available() && is_root()
}

fn is_root() -> bool {
    output_of(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// Installs packages without what they merely recommend.
pub fn install(purpose: &str, estimate: &str, packages: &[&str]) -> Result<(), Stop> {
    if !is_root() {
        return Err(Stop::new(
            format!("{purpose}: missing, and only root may install packages"),
            format!("sudo {}", install_line(packages)),
        ));
    }
    refresh_lists();
    run_step(
        &format!("{purpose}: apt packages {}", packages.join(" ")),
        estimate,
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            // A line or three for each package; errors are on the other stream.
            .stdout(Stdio::null()),
    )
    .map_err(|_| {
        Stop::new(
            format!("{purpose}: apt could not install the packages named above"),
            format!("apt-get update && {}", install_line(packages)),
        )
    })
}

/// The command that installs packages by hand.
fn install_line(packages: &[&str]) -> String {
    let packages = packages.join(" ");
    format!("apt-get install -y --no-install-recommends {packages}")
}

/// Refreshes apt's lists, once a run. A failure shows when installing.
fn refresh_lists() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut update = Command::new("apt-get");
        let _ = run_step(
            "apt package lists",
            "seconds",
            update.args(["update", "-qq"]),
        );
    });
}

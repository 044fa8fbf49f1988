//! The rules of the house as tests: who may know whom, what each file begins
//! with, which texts exist. Each message names the file and what to do instead.

mod colours;
mod rooms;
mod rust;
mod sources;
mod texts;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in a folder of the repository")
        .to_owned()
}

/// A text file of the repository.
struct File {
    /// Path from the root, with `/`.
    path: String,
    /// What it holds.
    text: String,
}

/// Tracked text files whose path the question accepts. A file that is not text
/// is left out, and so is one that is tracked but gone.
fn files(wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let listing = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .expect("git lists the files that these rules are about: install git");
    assert!(
        listing.status.success(),
        "git cannot list the files: run these tests in a clone of the repository"
    );
    String::from_utf8_lossy(&listing.stdout)
        .split('\0')
        .filter(|path| !path.is_empty() && wanted(path))
        .filter_map(|path| {
            let text = std::fs::read_to_string(root().join(path)).ok()?;
            Some(File {
                path: path.to_owned(),
                text,
            })
        })
        .collect()
}

/// Tracked Rust files.
fn rust_files() -> Vec<File> {
    files(|path| path.ends_with(".rs"))
}

/// Rust files that end in the page or the terminal, not tests or examples.
fn shipped_rust_files() -> Vec<File> {
    files(|path| {
        path.ends_with(".rs")
            && (path.starts_with("src/") || path.starts_with("crates/") && path.contains("/src/"))
    })
}

/// Fails with all complaints at once.
fn assert_none(complaints: Vec<String>) {
    assert!(
        complaints.is_empty(),
        "{} complaint(s):\n  {}\n",
        complaints.len(),
        complaints.join("\n  ")
    );
}

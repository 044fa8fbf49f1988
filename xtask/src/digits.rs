//! The core's digits as wasm, to be printed by Node and by every engine: compiled,
//! bound and optimised as the page is. Readers get nothing of it.

use crate::process::{Stop, cargo, create_folder, find_program, root, run, say};
use crate::setup::{SiteTools, TARGET};
use crate::split;
use std::path::{Path, PathBuf};

/// What the tests are told: the folder, and Node where it is.
pub type Told = Vec<(&'static str, PathBuf)>;

/// Builds it, with what serves it to Node and to browsers.
pub fn build(tools: &SiteTools) -> Result<Told, Stop> {
    say("the core's digits as wasm");
    let folder = root().join("target/digits");
    create_folder(&folder)?;
    let mut compile = cargo();
    tools.compiler.select(&mut compile);
    // Without the relocations by which the page is cut: wasm-opt cannot keep them true.
    compile.env("RUSTFLAGS", "--cfg erase_components");
    run(compile
        .args(["build", "--quiet", "--release", "-p", "digits"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(root().join("target")))?;
    let compiled = root()
        .join("target")
        .join(TARGET)
        .join("release/digits.wasm");
    run(tools
        .program("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&folder)
        .arg(compiled))?;
    let bound = folder.join("digits_bg.wasm");
    run(tools
        .program("wasm-opt")
        .arg("-Oz")
        .args(split::features()?)
        .arg("-o")
        .arg(&bound)
        .arg(&bound))?;
    copy_all(&root().join("crates/digits/web"), &folder)
        .map_err(|error| Stop::new(format!("cannot fill {}: {error}", folder.display()), ""))?;
    let node = find_program(&["node", "nodejs"]);
    if node.is_none() {
        eprintln!("    Node's digits are skipped: it is not on PATH");
    }
    let node = node.map(|node| ("NODE", node));
    Ok([("SILICON_GAP_DIGITS", folder)]
        .into_iter()
        .chain(node)
        .collect())
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

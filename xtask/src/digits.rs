//! The core's digits as wasm, to be printed by Node and by every engine: compiled,
//! bound and optimised as the page is. Readers get nothing of it.

use crate::process::{Stop, cargo, create_folder, find_program, root, run, say};
use crate::setup::SiteTools;
use std::path::{Path, PathBuf};

/// What the tests are told: the folder, and Node where it is.
pub type Told = Vec<(&'static str, PathBuf)>;

const WASM: &str = "wasm32-unknown-unknown";

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
        .args(["--target", WASM, "--target-dir"])
        .arg(root().join("target")))?;
    let compiled = root().join("target").join(WASM).join("release/digits.wasm");
    run(tools
        .program("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&folder)
        .arg(compiled))?;
    let bound = folder.join("digits_bg.wasm");
    run(tools
        .program("wasm-opt")
        .arg("-Oz")
        .args(page_flags()?.split_whitespace())
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

/// What the page asks of wasm-opt besides its size.
fn page_flags() -> Result<String, Stop> {
    let page = std::fs::read_to_string(root().join("index.html")).unwrap_or_default();
    page.split_once("data-wasm-opt-params=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(flags, _)| flags.to_owned())
        .ok_or_else(|| Stop::new("index.html names no data-wasm-opt-params", ""))
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

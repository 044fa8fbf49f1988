//! Checks and tests, in the order in which they fail cheapest.

use crate::digits;
use crate::process::{Stop, cargo, root, run, say};
use crate::setup::{self, Browser, WasmCompiler};
use crate::site;
use crate::{budget, dependencies};
use std::process::Command;

/// The root package: the page, which compiles for wasm only.
const PAGE: &str = "silicon-gap-page";
/// The target it compiles for.
const WASM: [&str; 2] = ["--target", setup::TARGET];
/// Makes each lint an error.
const DENY: [&str; 3] = ["--", "-D", "warnings"];

/// Runs every check and test. Ends with the browser tests' own result lines.
pub fn test() -> Result<(), Stop> {
    let tools = setup::for_site()?;
    let browser = setup::browser()?;
    let engines = setup::engines()?;
    check(&tools.compiler)?;

    say("tests of everything that runs anywhere");
    run(cargo().args(["test", "--workspace", "--exclude", PAGE]))?;
    fuzz(None)?;

    let sizes = site::build(&tools)?;
    say("what readers download, against budgets.toml");
    match sizes {
        Some(sizes) => budget::check(&sizes)?,
        None => eprintln!("    not known: it needs the program `brotli`, or `node`"),
    }

    let digits = digits::build(&tools)?;
    say("tests of the page in a browser");
    run(in_browser("browser", &browser).envs(engines).envs(digits))
}

/// Measures the core natively, then its draws beside those of Node and Chromium.
pub fn bench() -> Result<(), Stop> {
    run(cargo().args(["bench", "-p", "sim", "-p", "figures", "-p", "doubt"]))?;
    let tools = setup::for_site()?;
    let browser = setup::browser()?;
    let digits = digits::build(&tools)?;
    let mut draws = cargo();
    draws.args(["bench", "-p", "page-tests", "--bench", "draws"]);
    run(drives(&mut draws, &browser).envs(digits))
}

/// Tries links as nobody would write them: a second's worth, or so many of each kind.
pub fn fuzz(inputs: Option<u64>) -> Result<(), Stop> {
    say("links as nobody would write them");
    let mut tests = cargo();
    tests
        .args(["test", "--manifest-path", "fuzz/Cargo.toml"])
        .env("CARGO_TARGET_DIR", root().join("target/fuzz"));
    if let Some(inputs) = inputs {
        tests.env("BOLERO_RANDOM_ITERATIONS", inputs.to_string());
    }
    run(&mut tests)
}

/// Measures how long a reader of the site in `dist/` waits. Nothing passes or fails
/// by it.
pub fn measure() -> Result<(), Stop> {
    let browser = setup::browser()?;
    if !site::dist().join("index.html").exists() {
        return Err(Stop::new("dist/ holds no site", "cargo xtask build"));
    }
    let mut tests = in_browser("measure", &browser);
    tests.envs(site::packed(&setup::for_site()?)?.map(|folder| ("SILICON_GAP_PACKED", folder)));
    run(&mut tests)
}

/// A test of the page that drives a browser.
fn in_browser(test: &str, browser: &Browser) -> Command {
    let mut command = cargo();
    command
        .args(["test", "-p", "page-tests", "--test", test])
        .env("SILICON_GAP_DIST", site::dist());
    drives(&mut command, browser);
    command
}

/// Tells the command where the browser is.
fn drives<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    command
        .env("SILICON_GAP_BROWSER", "required")
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("AXE_CORE", &browser.axe)
}

/// Runs what needs no test: format, lints, documentation, the core for wasm,
/// dependencies.
pub fn check(compiler: &WasmCompiler) -> Result<(), Stop> {
    say("format");
    run(cargo().args(["fmt", "--all", "--check"])).map_err(|_| {
        Stop::new(
            "the code is not formatted, or rustfmt is missing",
            "cargo fmt --all, or: rustup component add rustfmt",
        )
    })?;

    say("lints");
    run(cargo()
        .args(["clippy", "--workspace", "--exclude", PAGE, "--all-targets"])
        .args(DENY))?;

    say("lints of the page");
    let mut clippy = cargo();
    compiler.select(&mut clippy);
    run(clippy.args(["clippy", "-p", PAGE]).args(WASM).args(DENY))?;

    say("the core compiles for wasm");
    let mut core = cargo();
    compiler.select(&mut core);
    run(core.args(["check", "-p", "sim"]).args(WASM))?;

    say("documentation of the core");
    run(cargo()
        .args(["doc", "--no-deps", "-p", "sim", "-p", "units"])
        .env("RUSTDOCFLAGS", "-D warnings"))?;

    dependencies::check()
}

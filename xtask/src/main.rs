//! Everything this project asks of a machine: `cargo xtask …`.
//!
//! A fresh machine needs rustup and a C linker; the rest is found or installed
//! by [`setup`], which every other sub-command calls for what it uses. Tools go
//! to `.tools/` in the repository, never among the user's own programs.
//!
//! # The contract with the browser tests
//!
//! `cargo xtask test` builds the site, then runs
//! `cargo test -p page-tests --test browser` with five variables set:
//!
//! | variable | value |
//! |---|---|
//! | `SILICON_GAP_BROWSER` | `required`: a missing browser is a failure, not a skip |
//! | `SILICON_GAP_DIST` | absolute path of the built site |
//! | `CHROMIUM` | absolute path of the browser |
//! | `CHROMEDRIVER` | absolute path of its WebDriver |
//! | `AXE_CORE` | absolute path of axe-core's script |
//!
//! Tests of other engines find theirs by `FIREFOX`, `GECKODRIVER`, `MINIBROWSER`,
//! `WEBKITDRIVER` and `XVFB`; an engine that is not there is skipped, with a word,
//! unless `SILICON_GAP_ENGINES=required`. So is Node (`NODE`), which prints the core's
//! digits from the folder `SILICON_GAP_DIGITS` ([`digits`]), as the engines do.
//!
//! Without `SILICON_GAP_BROWSER=required` those tests say that they are skipped
//! and pass, so that a plain `cargo test` needs no browser.

mod budget;
mod checks;
mod dependencies;
mod digits;
mod hosts;
mod notices;
mod opening;
mod policy;
mod process;
mod setup;
mod sheets;
mod site;
mod slim;
mod split;

use process::Stop;

/// What `--help` prints.
const HELP: &str = "\
cargo xtask COMMAND

  serve [--port N] [--release]   the page at http://127.0.0.1:8080/, rebuilt at each change
  build [--release-folder]       the static site in dist/, and its sizes; and again under
                                 dist/r/VERSION/, for pages that pin this version
  test                           every check and test, the browser's included
  fuzz [N]                       links as nobody would write them, N of each kind (10,000,000)
  check                          format, lints, documentation, dependencies
  validate                       the model against published measurements; keeps VALIDATION.md
  bench                          how fast the simulation runs and figures are drawn; draws also as wasm
  measure                        how long a reader waits in the browser, on the site in dist/
  setup                          only what the others need installed (they call it themselves)

A first run installs a compiler target and tools (up to 10 minutes on two cores
without prebuilt downloads); later runs find them.";

/// Inputs of a long run of `fuzz`.
const FUZZED: u64 = 10_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // Trunk starts this under another name.
    let done = match split::stands_in() {
        true => split::bind(),
        false => run(&words),
    };
    if let Err(stop) = done {
        eprintln!("\nxtask: {stop}");
        std::process::exit(1);
    }
}

/// Runs the sub-command named by the first word.
fn run(words: &[&str]) -> Result<(), Stop> {
    match words {
        [] | ["help" | "--help" | "-h", ..] => {
            println!("{HELP}");
            Ok(())
        }
        ["serve", rest @ ..] => site::serve(&ServeOptions::read(rest)?),
        ["build"] => site::build(&setup::for_site()?).map(drop),
        ["build", "--release-folder"] => site::build_with_folder(&setup::for_site()?),
        ["test"] => checks::test(),
        ["check"] => checks::check(&setup::wasm_compiler()?),
        ["validate"] => opening::validate(),
        ["fuzz"] => checks::fuzz(Some(FUZZED)),
        ["fuzz", inputs] => match inputs.parse() {
            Ok(inputs) => checks::fuzz(Some(inputs)),
            Err(_) => Err(Stop::new(
                format!("`{inputs}` is no number of inputs"),
                "cargo xtask fuzz 1000000",
            )),
        },
        ["bench"] => checks::bench(),
        ["measure"] => checks::measure(),
        ["setup"] => {
            setup::for_site()?;
            setup::browser()?;
            setup::engines()?;
            setup::cargo_deny()?;
            println!("everything is installed");
            Ok(())
        }
        // Called by Trunk while it builds, see Trunk.toml.
        ["page-opening"] => opening::write_opening(),
        _ => Err(unknown(words)),
    }
}

/// The complaint about words that no sub-command takes.
fn unknown(words: &[&str]) -> Stop {
    Stop::new(
        format!("no such command: {}", words.join(" ")),
        "cargo xtask --help",
    )
}

/// How the page is served.
struct ServeOptions {
    /// Port on 127.0.0.1.
    port: u16,
    /// Optimised as for publication: slower to build, faster to run.
    release: bool,
}

impl ServeOptions {
    /// Reads `--port N` and `--release`.
    fn read(words: &[&str]) -> Result<Self, Stop> {
        let mut options = Self {
            port: 8080,
            release: false,
        };
        let mut rest = words;
        while !rest.is_empty() {
            rest = match rest {
                ["--release", rest @ ..] => {
                    options.release = true;
                    rest
                }
                ["--port", number, rest @ ..] => {
                    options.port = number.parse().map_err(|_| unknown(words))?;
                    rest
                }
                _ => return Err(unknown(words)),
            };
        }
        Ok(options)
    }
}

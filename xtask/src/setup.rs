//! What a fresh machine needs, each thing installed once.
//!
//! Six questions, answered independently and in this order of preference:
//!
//! - a compiler for wasm: rustup's target; failing that, Debian's compiler
//!   with a standard library built here ([`wasm`]);
//! - Trunk, wasm-bindgen, wasm-opt: on PATH in the right version, else prebuilt
//!   into `.tools/`, else from the package registries ([`tools`]);
//! - Chromium and its WebDriver: on PATH, else Debian's packages ([`browser`]);
//! - Firefox and WebKit with theirs, where root may install them ([`engines`]);
//! - cargo-deny, which looks at dependencies: prebuilt, else from PyPI, else compiled
//!   ([`tools`]);
//! - axe-core, which the browser tests put into the page: from npm.

mod apt;
mod browser;
mod engines;
mod npm;
mod tools;
mod wasm;

pub use browser::Browser;
pub use engines::Program;
pub use wasm::{TARGET, WasmCompiler};

use crate::process::{Stop, root};
use crate::split;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// What building the site needs, once it is there.
pub struct SiteTools {
    /// The compiler of the page.
    pub compiler: WasmCompiler,
    path: OsString,
}

impl SiteTools {
    /// Trunk, finding the tools installed here and the compiler for wasm, and in
    /// the place of wasm-bindgen what cuts the program in two.
    pub fn trunk(&self) -> Result<Command, Stop> {
        let mut command = Command::new(tools::program_on(&self.path, "trunk"));
        command.current_dir(root()).env("PATH", &self.path);
        // Trunk reads these as true or false and refuses the customary `1`.
        command.env_remove("NO_COLOR");
        self.compiler.select(&mut command);
        let meant = tools::program_on(&self.path, "wasm-bindgen");
        split::stand_in(&mut command, &meant, &self.path)?;
        Ok(command)
    }

    /// Any other program, among the tools installed here first.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(tools::program_on(&self.path, name));
        command.env("PATH", &self.path);
        command
    }
}

/// Finds or installs what building the site needs.
pub fn for_site() -> Result<SiteTools, Stop> {
    let compiler = wasm_compiler()?;
    tools::install_trunk()?;
    tools::install_wasm_bindgen()?;
    tools::install_wasm_opt()?;
    Ok(SiteTools {
        compiler,
        path: tools::search_path(),
    })
}

/// Finds or installs a compiler for wasm.
pub fn wasm_compiler() -> Result<WasmCompiler, Stop> {
    wasm::find_or_install()
}

/// Finds or installs what looks at dependencies.
pub fn cargo_deny() -> Result<PathBuf, Stop> {
    tools::install_cargo_deny()?;
    Ok(tools::program_on(&tools::search_path(), "cargo-deny"))
}

/// Finds or installs the browser of the tests.
pub fn browser() -> Result<Browser, Stop> {
    browser::find_or_install()
}

/// Finds or installs the other engines that the tests run in.
pub fn engines() -> Result<Vec<Program>, Stop> {
    engines::find_or_install()
}

/// Folder of the tools installed by xtask.
fn tools_folder() -> PathBuf {
    root().join(".tools")
}

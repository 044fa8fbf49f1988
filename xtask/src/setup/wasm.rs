//! A compiler for `wasm32-unknown-unknown`.
//!
//! Where rustup can add the target, that is all. A machine that reaches only
//! package registries has no way to that target; Debian 12 then has a recent
//! compiler with the sources of its standard library, which is built once and
//! put where that compiler looks for it. rustup knows it as `debian`, and only
//! wasm is built with it.

use super::{apt, tools_folder};
use crate::process::{Stop, create_folder, output_of, run, run_step, say, succeeds_within};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What Debian calls its compiler, its standard library's sources and its linker.
const DEBIAN_PACKAGES: [&str; 6] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
    "lld-22",
];

/// Which toolchain compiles the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WasmCompiler {
    /// The one that runs xtask has the target.
    Native,
    /// Debian's, known to rustup as `debian`.
    Debian,
}

impl WasmCompiler {
    /// Makes the command, and what it starts, compile with this toolchain.
    pub fn select(self, command: &mut Command) {
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", "debian");
            // Cargo points it at the libraries of the toolchain that runs xtask.
            command.env_remove("LD_LIBRARY_PATH");
        }
    }
}

/// The compiler that is there, or after installing the first that can be.
pub fn find_or_install() -> Result<WasmCompiler, Stop> {
    if native_has_target() {
        return Ok(WasmCompiler::Native);
    }
    if debian_has_target() {
        return Ok(WasmCompiler::Debian);
    }
    say("the wasm target, from rustup (seconds; given up after 2 minutes)");
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]);
    if succeeds_within(Duration::from_secs(120), &mut add) && native_has_target() {
        return Ok(WasmCompiler::Native);
    }
    if !is_debian_12() {
        return Err(Stop::new(
            format!("rustup could not add the target {TARGET}"),
            format!("rustup target add {TARGET}"),
        ));
    }
    eprintln!("    not from there: Debian's compiler instead");
    install_debian()?;
    Ok(WasmCompiler::Debian)
}

/// Installs Debian's compiler, builds its standard library for wasm, tells rustup.
fn install_debian() -> Result<(), Stop> {
    if !Path::new("/usr/share/cargo/bin/cargo").exists() || debian_sysroot().is_none() {
        apt::install("a compiler for wasm", "about a minute", &DEBIAN_PACKAGES)?;
    }
    run(Command::new("rustup").args(["toolchain", "link", "debian", "/usr"]))?;
    let built = build_standard_library()?;
    copy_libraries(&built, &debian_library_folder()?)?;
    match debian_has_target() {
        true => Ok(()),
        false => Err(Stop::new(
            "the wasm standard library is not where it was put",
            "",
        )),
    }
}

/// Builds std for wasm from Debian's sources; the folder of its libraries.
fn build_standard_library() -> Result<PathBuf, Stop> {
    let package = tools_folder().join("wasm-std");
    create_folder(&package.join("src"))?;
    let write = |file: &str, text: &str| {
        std::fs::write(package.join(file), text)
            .map_err(|error| Stop::new(format!("cannot write {file}: {error}"), ""))
    };
    // A workspace of its own, or Cargo would look for it in the repository's.
    write(
        "Cargo.toml",
        "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    write("src/main.rs", "fn main() {}\n")?;
    let mut build = Command::new("cargo");
    build
        .current_dir(&package)
        .args(["build", "--release", "--quiet", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort"])
        .arg("--target-dir")
        .arg(package.join("target"))
        // Debian packs the sources but not the permission to build them.
        .env("RUSTC_BOOTSTRAP", "1")
        // Link-time optimisation of the page needs the bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    WasmCompiler::Debian.select(&mut build);
    run_step(
        "the standard library for wasm, built once",
        "about a minute",
        &mut build,
    )?;
    Ok(package.join("target").join(TARGET).join("release/deps"))
}

/// Copies the libraries where Debian's compiler looks, with a note of its version.
fn copy_libraries(from: &Path, to: &Path) -> Result<(), Stop> {
    let put = || -> std::io::Result<()> {
        // Those of an earlier compiler would only confuse this one.
        if to.exists() {
            std::fs::remove_dir_all(to)?;
        }
        std::fs::create_dir_all(to)?;
        for entry in std::fs::read_dir(from)? {
            let file = entry?.path();
            if let (Some("rlib"), Some(name)) =
                (file.extension().and_then(|e| e.to_str()), file.file_name())
            {
                std::fs::copy(&file, to.join(name))?;
            }
        }
        std::fs::write(to.join(VERSION_NOTE), debian_version().unwrap_or_default())
    };
    put().map_err(|error| {
        Stop::new(
            format!(
                "cannot put the standard library in {}: {error}",
                to.display()
            ),
            "run `cargo xtask setup` as root once",
        )
    })
}

/// File that says which compiler the libraries beside it are for.
const VERSION_NOTE: &str = "built-for";

/// True if the toolchain that runs xtask compiles for wasm.
fn native_has_target() -> bool {
    sysroot(None).is_some_and(|sysroot| has_std(&library_folder(&sysroot)))
}

/// True if Debian's compiler is linked and has libraries of its own version.
fn debian_has_target() -> bool {
    let Some(sysroot) = debian_sysroot() else {
        return false;
    };
    let folder = library_folder(&sysroot);
    let note = std::fs::read_to_string(folder.join(VERSION_NOTE)).ok();
    has_std(&folder) && note.is_some() && note == debian_version()
}

/// Folder of the target's libraries of Debian's compiler.
fn debian_library_folder() -> Result<PathBuf, Stop> {
    debian_sysroot()
        .map(|sysroot| library_folder(&sysroot))
        .ok_or_else(|| {
            Stop::new(
                "Debian's compiler does not start",
                "rustc +debian --version",
            )
        })
}

/// Sysroot of Debian's compiler, if rustup knows it.
fn debian_sysroot() -> Option<PathBuf> {
    sysroot(Some(WasmCompiler::Debian))
}

/// Full version of Debian's compiler.
fn debian_version() -> Option<String> {
    let mut rustc = Command::new("rustc");
    WasmCompiler::Debian.select(&mut rustc);
    output_of(rustc.arg("--version"))
}

/// Sysroot of the given compiler, or of the one that runs xtask.
fn sysroot(compiler: Option<WasmCompiler>) -> Option<PathBuf> {
    let mut rustc = Command::new("rustc");
    if let Some(compiler) = compiler {
        compiler.select(&mut rustc);
    }
    output_of(rustc.args(["--print", "sysroot"])).map(PathBuf::from)
}

/// Where a sysroot keeps the target's libraries.
fn library_folder(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

/// True if the folder holds a standard library.
fn has_std(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with("libstd-")
    })
}

/// True on the Debian whose packages are named above.
fn is_debian_12() -> bool {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .any(|line| line == "VERSION_CODENAME=bookworm")
}

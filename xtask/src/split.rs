//! The program in two files: what a reader needs first, and what comes once that
//! works.
//!
//! Functions that `src` marks with `wasm_split` open the second one. Trunk knows
//! nothing of it: it finds [`bind`] where it looks for wasm-bindgen. That cuts the
//! compiled program in two, has the first bound as ever, and puts the few lines that
//! fetch the second into the script that loads the first, by a name with the hash of
//! its content. [`publish`] lays it beside that script.

use crate::process::{Stop, create_folder, read, read_text, root, run, write};
use crate::sheets;
use crate::slim;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Trunk looks for.
const NAME: &str = "wasm-bindgen";
/// Tells [`bind`] where the one that was meant is.
const MEANT: &str = "SILICON_GAP_WASM_BINDGEN";
/// How the first part names the lines that fetch the second.
const LINES: &str = "./split.js";

/// Whether this program was started under wasm-bindgen's name.
pub fn stands_in() -> bool {
    let name = std::env::args_os().next().map(PathBuf::from);
    name.is_some_and(|name| name.file_stem() == Some(OsStr::new(NAME)))
}

/// Makes Trunk find this program where it looks for wasm-bindgen.
pub fn stand_in(trunk: &mut Command, meant: &Path, path: &OsStr) -> Result<(), Stop> {
    let folder = root().join("target/split/bin");
    create_folder(&folder)?;
    let copy = folder.join([NAME, std::env::consts::EXE_SUFFIX].concat());
    let own = std::env::current_exe()
        .map_err(|error| Stop::new(format!("cannot find this program: {error}"), ""))?;
    // One that runs cannot be written over, but taken away.
    let _ = std::fs::remove_file(&copy);
    copied(&own, &copy)?;
    let folders = std::iter::once(folder).chain(std::env::split_paths(path));
    let path = std::env::join_paths(folders).unwrap_or_else(|_| path.to_owned());
    trunk.env("PATH", path).env(MEANT, meant);
    Ok(())
}

/// Does what wasm-bindgen would, to the first part.
pub fn bind() -> Result<(), Stop> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let meant = std::env::var_os(MEANT).unwrap_or_else(|| NAME.into());
    let mut real = Command::new(meant);
    let is_wasm = |argument: &OsString| Path::new(argument).extension() == Some(OsStr::new("wasm"));
    let Some(at) = arguments.iter().position(is_wasm) else {
        return run(real.args(arguments));
    };
    let (Some(out), Some(name)) = (
        value(&arguments, "--out-dir"),
        value(&arguments, "--out-name"),
    ) else {
        return Err(Stop::new(
            "Trunk calls wasm-bindgen in an unknown way",
            "use the Trunk that `cargo xtask setup` installs",
        ));
    };
    let parts = cut(Path::new(&arguments[at]))?;
    real.args(&arguments[..at]).arg(&parts.first);
    real.args(&arguments[at + 1..]).arg("--keep-lld-exports");
    run(&mut real)?;
    let program = Path::new(&out).join([&name, "_bg.wasm"].concat());
    let script = Path::new(&out).join(name + ".js");
    let small = slim::slim(&program, &read_text(&script)?, &features()?)?;
    let joined = with_lines(&small, &parts.lines)?;
    write(&script, slim::compact(&joined))
}

/// The value of an option, in either of its spellings.
fn value(arguments: &[OsString], name: &str) -> Option<String> {
    let mut rest = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = rest.next() {
        if argument == name {
            return rest.next().map(|value| value.into_owned());
        }
        if let Some(value) = argument
            .strip_prefix(name)
            .and_then(|v| v.strip_prefix('='))
        {
            return Some(value.to_owned());
        }
    }
    None
}

/// A program that was cut.
struct Parts {
    /// The file of the first part.
    first: PathBuf,
    /// The lines that fetch the other.
    lines: String,
}

/// Cuts the compiled program; other parts than the first lie in `target/split`
/// then, under the names by which they are fetched.
fn cut(wasm: &Path) -> Result<Parts, Stop> {
    let program = read(wasm)?;
    let folder = parts_folder();
    // Those of builds before; there may be none.
    let _ = std::fs::remove_dir_all(&folder);
    create_folder(&folder)?;
    let first = folder.join("first.wasm");
    let mut options = wasm_split_cli_support::Options::new(&program);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.link_name = LINES;
    let parts = wasm_split_cli_support::transform(options).map_err(|error| {
        Stop::new(
            format!("cannot cut the program: {error:?}"),
            "the linker must keep relocations, see .cargo/config.toml",
        )
    })?;
    let mut lines = read_text(&folder.join(LINES))?;
    for part in parts.split_modules {
        let bytes = read(&part)?;
        let stem = part.file_stem().unwrap_or_default().to_string_lossy();
        let edition = sheets::edition(&bytes);
        let named = format!("{stem}-{edition}.wasm");
        copied(&part, &folder.join(&named))?;
        lines = lines.replace(&format!("./{stem}.wasm"), &format!("./{named}"));
    }
    Ok(Parts { first, lines })
}

/// The script that loads the first part, with the lines that fetch the second in
/// place of their import.
fn with_lines(script: &str, lines: &str) -> Result<String, Stop> {
    let unknown = || {
        Stop::new(
            "wasm-bindgen writes scripts in an unknown way",
            "git checkout Cargo.lock",
        )
    };
    let import = script
        .lines()
        .find(|line| line.starts_with("import ") && line.contains(LINES))
        .ok_or_else(unknown)?;
    // import * as NAME from "./split.js"
    let name = import.split_whitespace().nth(3).ok_or_else(unknown)?;
    let is_doors = |line: &&str| line.starts_with("export const ");
    let doors: Vec<&str> = lines
        .lines()
        .filter(is_doors)
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    let own: Vec<&str> = lines
        .lines()
        .filter(|line| !line.starts_with("import "))
        .map(|line| line.strip_prefix("export ").unwrap_or(line))
        .collect();
    let own = format!(
        "{}\nconst {name} = {{ {} }};",
        own.join("\n"),
        doors.join(", ")
    );
    // Servers that do not know wasm send it as bytes.
    let own = own.replace(
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    );
    Ok(script.replacen(import, &own, 1))
}

/// Lays the parts that the site's scripts name beside them, made small where the
/// site is for publication.
pub fn publish(site: &Path) -> Result<(), Stop> {
    let scripts: Vec<String> = files(site)?
        .into_iter()
        .filter(|file| file.extension() == Some(OsStr::new("js")))
        .map(|file| read_text(&file))
        .collect::<Result<_, _>>()?;
    let released = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let is_wasm = |file: &PathBuf| file.extension() == Some(OsStr::new("wasm"));
    for part in files(&parts_folder())?.into_iter().filter(is_wasm) {
        let name = part.file_name().unwrap_or_default().to_string_lossy();
        let named = format!("./{name}");
        if !scripts.iter().any(|script| script.contains(&named)) {
            continue;
        }
        let there = site.join(&*name);
        if released {
            let mut opt = Command::new("wasm-opt");
            opt.args(["-Oz", "--strip-debug", "--strip-producers"]);
            opt.args(features()?).arg(&part).arg("-o").arg(&there);
            run(&mut opt)?;
        } else {
            copied(&part, &there)?;
        }
    }
    Ok(())
}

/// What wasm-opt is told of each wasm of ours, in index.html.
pub fn features() -> Result<Vec<String>, Stop> {
    let page = read_text(&root().join("index.html"))?;
    let said = page
        .split_once("data-wasm-opt-params=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let (said, _) = said.ok_or_else(|| Stop::new("index.html names no wasm-opt-params", ""))?;
    Ok(said.split_whitespace().map(str::to_owned).collect())
}

fn parts_folder() -> PathBuf {
    root().join("target/split/parts")
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Stop::new(format!("cannot read {}: {error}", folder.display()), ""))?;
    Ok(entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect())
}

fn copied(from: &Path, to: &Path) -> Result<(), Stop> {
    std::fs::copy(from, to).map(drop).map_err(|error| {
        Stop::new(
            format!(
                "cannot copy {} to {}: {error}",
                from.display(),
                to.display()
            ),
            "",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{value, with_lines};

    #[test]
    fn the_lines_stand_where_they_were_imported() {
        let script = "import * as import1 from \"./split.js\"\nlet a = import1;\n";
        let lines = "import { initSync } from \"./main.js\";\nlet b;\nexport const load = b;\n";
        let joined = with_lines(script, lines).unwrap_or_default();
        let wanted = "let b;\nconst load = b;\nconst import1 = { load };\nlet a = import1;\n";
        assert_eq!(joined, wanted);
        assert!(with_lines("let a;", lines).is_err());
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        let said = ["--out-dir=a", "--out-name", "b"].map(Into::into);
        assert_eq!(value(&said, "--out-dir").as_deref(), Some("a"));
        assert_eq!(value(&said, "--out-name").as_deref(), Some("b"));
        assert_eq!(value(&said, "--target"), None);
    }
}

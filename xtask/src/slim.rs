//! What wasm-bindgen writes, made small: the page's program and the script that loads
//! it call each other by the shortest names, and hold nothing that neither calls.
//!
//! A library's classes for others' scripts are such: nobody calls the page's program
//! from outside, and its exports would keep alive what they call.

use crate::process::{Stop, read, run, write};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::process::Command;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{Export, Import, Imports, Parser, Payload};

/// How far an imported function stands from the margin.
const ENTRY: &str = "        ";

/// Makes the bound program in that file small; gives the script that fits it.
pub fn slim(wasm: &Path, script: &str, features: &[String]) -> Result<String, Stop> {
    let (script, classes) = without_classes(script);
    let program = read(wasm)?;
    let mut rewrite = Rewrite {
        gone: classes,
        names: BTreeMap::new(),
    };
    write(wasm, &rewrite.of(&program)?)?;
    let mut opt = Command::new("wasm-opt");
    opt.args(["-g", "--remove-unused-module-elements"]);
    run(opt.args(features).arg(wasm).arg("-o").arg(wasm))?;
    let program = read(wasm)?;
    let names = short_names(&imported(&program)?);
    let script = renamed(&script, &names);
    rewrite.names = names;
    write(wasm, &rewrite.of(&program)?)?;
    Ok(script)
}

/// The script without comments and without room at the margin.
pub fn compact(script: &str) -> String {
    let mut in_comment = false;
    let mut lines = Vec::new();
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            lines.push(line);
        }
        in_comment &= !line.ends_with("*/");
    }
    lines.join("\n") + "\n"
}

/// The script without the classes that it offers to others, and what their names begin
/// with among the program's exports.
fn without_classes(script: &str) -> (String, Vec<String>) {
    let named = |line: &str| line.strip_prefix("export class ").map(first_word);
    let classes: Vec<String> = script.lines().filter_map(named).collect();
    let mut kept = String::new();
    let mut until = "";
    for line in script.lines() {
        let of_class = |(before, after): (&str, &str)| {
            let rest = line.strip_prefix(before);
            rest.is_some_and(|rest| {
                let name = classes
                    .iter()
                    .find_map(|class| rest.strip_prefix(class.as_str()));
                name.is_some_and(|rest| rest.starts_with(after))
            })
        };
        let ends = if !until.is_empty() {
            until
        } else if of_class(("export class ", " ")) {
            "}"
        } else if of_class(("const ", "Finalization")) || of_class(("if (Symbol.dispose) ", ".")) {
            ";"
        } else {
            kept.push_str(line);
            kept.push('\n');
            continue;
        };
        let ended = line == ends || (ends == ";" && line.ends_with(ends));
        until = if ended { "" } else { ends };
    }
    let exports = classes.iter().map(|class| class.to_lowercase());
    (kept, exports.collect())
}

fn first_word(text: &str) -> String {
    text.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The functions that the program has from its script.
fn imported(program: &[u8]) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(section) = payload.map_err(unreadable)? {
            for import in section.into_imports() {
                let import = import.map_err(unreadable)?;
                if is_of_script(import.module) {
                    names.push(import.name.to_owned());
                }
            }
        }
    }
    Ok(names)
}

/// The module by which wasm-bindgen names its script.
fn is_of_script(module: &str) -> bool {
    module.ends_with("_bg.js")
}

/// A name of a letter or two for each.
fn short_names(names: &[String]) -> BTreeMap<String, String> {
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let short = |i: usize| {
        let first = (i / letters.len())
            .checked_sub(1)
            .map(|first| letters[first]);
        first
            .into_iter()
            .chain([letters[i % letters.len()]])
            .collect()
    };
    let pairs = names.iter().enumerate();
    pairs.map(|(i, name)| (name.clone(), short(i))).collect()
}

/// The script with its functions for the program under those names; it loses the
/// others.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let (mut inside, mut keeps) = (false, true);
    for line in script.lines() {
        let entry = line
            .strip_prefix(ENTRY)
            .and_then(|line| line.split_once(": "));
        match entry {
            _ if line == "    const import0 = {" => inside = true,
            _ if line == "    };" => (inside, keeps) = (false, true),
            Some((name, rest)) if inside && name.starts_with("__wb") => {
                let short = names.get(name);
                keeps = short.is_some();
                if let Some(short) = short {
                    out.push_str(&[short, ": ", rest, "\n"].concat());
                }
                continue;
            }
            _ => {}
        }
        if keeps {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Writes a program with other names.
struct Rewrite {
    /// What the names of exports begin with that go.
    gone: Vec<String>,
    /// What each function from the script is called instead.
    names: BTreeMap<String, String>,
}

impl Rewrite {
    fn of(&mut self, program: &[u8]) -> Result<Vec<u8>, Stop> {
        let mut module = wasm_encoder::Module::new();
        self.parse_core_module(&mut module, Parser::new(0), program)
            .map_err(|error| unreadable(format!("{error:?}")))?;
        Ok(module.finish())
    }
}

impl Reencode for Rewrite {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut wasm_encoder::ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error> {
        let Imports::Single(at, import) = imports else {
            return wasm_encoder::reencode::utils::parse_imports(self, section, imports);
        };
        let short = self.names.get(import.name).cloned();
        let ours = short.filter(|_| is_of_script(import.module));
        let name = ours.as_deref().unwrap_or(import.name);
        let import = Imports::Single(at, Import { name, ..import });
        wasm_encoder::reencode::utils::parse_imports(self, section, import)
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error> {
        let name = export.name.strip_prefix("__wbg_").unwrap_or(export.name);
        if self.gone.iter().any(|gone| name.starts_with(gone)) {
            return Ok(());
        }
        wasm_encoder::reencode::utils::parse_export(self, exports, export)
    }
}

fn unreadable(error: impl std::fmt::Display) -> Stop {
    Stop::new(format!("cannot read the bound program: {error}"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
/**
 * Of a library.
 */
export class Source {
    free() {
        wasm.__wbg_source_free(this, 0);
    }
}
if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;

    const import0 = {
        __proto__: null,
        __wbg_body_01: function(a) {
            // Says so.
            return a.body;
        },
        __wbg_pull_02: function() { return handleError(function (a) {
            a.pull();
        }, arguments); },
        __wbg_log_03: function(a) {
            log(a, { deep: 1 });
        },
    };
const SourceFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_source_free(ptr, 1));
function log() {}
";

    #[test]
    fn scripts_keep_what_the_program_calls() {
        let (script, classes) = without_classes(SCRIPT);
        assert_eq!(classes, ["source"]);
        assert!(!script.contains("Source"), "{script}");
        let names = short_names(&["__wbg_log_03".to_owned(), "__wbg_body_01".to_owned()]);
        let small = compact(&renamed(&script, &names));
        let wanted = "const import0 = {\n__proto__: null,\nb: function(a) {\nreturn a.body;\n},\n\
                      a: function(a) {\nlog(a, { deep: 1 });\n},\n};\nfunction log() {}\n";
        assert_eq!(small, wanted);
    }

    #[test]
    fn programs_call_by_the_new_names_and_lose_exports() {
        use wasm_encoder::*;
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for module in ["./page_bg.js", "./split.js"] {
            imports.import(module, "__wbg_body_01", EntityType::Function(0));
        }
        let mut exports = ExportSection::new();
        for name in ["source_pull", "__wbg_source_free", "main"] {
            exports.export(name, ExportKind::Func, 0);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        let mut rewrite = Rewrite {
            gone: vec!["source".to_owned()],
            names: short_names(&["__wbg_body_01".to_owned()]),
        };
        let program = rewrite.of(&module.finish()).unwrap_or_default();
        assert_eq!(imported(&program).unwrap_or_default(), ["a"]);
        let has = |name: &str| {
            program
                .windows(name.len())
                .any(|part| part == name.as_bytes())
        };
        assert!(has("main") && has("__wbg_body_01") && !has("source"));
    }

    #[test]
    fn names_are_short_and_differ() {
        let names: Vec<String> = (0..300).map(|i| i.to_string()).collect();
        let short = short_names(&names);
        let all: std::collections::BTreeSet<&String> = short.values().collect();
        assert_eq!(all.len(), 300);
        assert!(all.iter().all(|name| name.len() <= 2));
    }
}

//! Bakes `data/*.toml` into Rust literals: the checks are in [`bake`], the
//! files are here.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

// The path makes the submodules lie beside it here and in the tests alike.
#[path = "bake.rs"]
mod bake;

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder");
    let data = Path::new(&root).join("../../data");
    let mut texts = BTreeMap::new();
    for file in bake::FILES {
        let path = data.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("data/{file}: {e}"));
        texts.insert(file, text);
    }
    println!("cargo:rerun-if-changed=build");

    let baked = bake::bake(&texts);
    if !baked.errors.is_empty() {
        eprintln!("\nThe data has {} mistakes:", baked.errors.len());
        for error in &baked.errors {
            eprintln!("  {error}");
        }
        std::process::exit(1);
    }
    let changelog = data.join(bake::releases::FILE);
    println!("cargo:rerun-if-changed={}", changelog.display());
    let changelog = fs::read_to_string(&changelog).expect("data/changelog.toml is there");
    let releases = bake::releases::releases(&changelog).unwrap_or_else(|wrong| {
        eprintln!("\n{wrong}");
        std::process::exit(1);
    });
    let out = env::var("OUT_DIR").expect("cargo names the output folder");
    fs::write(Path::new(&out).join("catalogue.rs"), baked.code + &releases)
        .expect("the output can be written");
}

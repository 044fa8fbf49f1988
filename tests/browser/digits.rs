//! The same digits natively, in Node's wasm and in every engine: draws of a seed,
//! and answers from all over the control box, as `crates/digits` writes them.

use crate::driver::{Engine, Setup, named};
use crate::run_in;
use std::process::Command;
use std::time::Duration;

/// Fails at the first line that is another than here.
fn assert_same(where_printed: &str, printed: &str) {
    let native = digits::digits();
    for (i, (native, printed)) in native.lines().zip(printed.lines()).enumerate() {
        assert_eq!(native, printed, "line {} of {where_printed}", i + 1);
    }
    assert!(native == printed, "{where_printed} prints more, or less");
}

#[test]
fn node_prints_the_native_digits() {
    if Setup::find().is_none() {
        println!("skipped: `cargo xtask test` runs it");
        return;
    }
    let required = std::env::var("SILICON_GAP_ENGINES").is_ok_and(|word| word == "required");
    if !required && std::env::var_os("NODE").is_none() {
        println!("skipped: no Node here");
        return;
    }
    let script = named("SILICON_GAP_DIGITS").join("node.js");
    let node = Command::new(named("NODE")).arg(script).output();
    let node = node.expect("Node starts");
    let said = String::from_utf8_lossy(&node.stderr);
    assert!(node.status.success(), "{said}");
    assert_same("Node", &String::from_utf8_lossy(&node.stdout));
}

#[test]
fn every_engine_prints_the_native_digits() {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let Some(mut setup) = Setup::of(engine) else {
            continue;
        };
        setup.dist = named("SILICON_GAP_DIGITS");
        run_in(&setup, async |browser| {
            browser.visit("/").await;
            let minute = Duration::from_secs(60);
            let ready = "document.body.dataset.ready === '1'";
            browser.within(minute, "the digits are there", ready).await;
            let printed = "document.querySelector('#digits').textContent";
            assert_same(&format!("{engine:?}"), &browser.text(printed).await);
        });
    }
}

//! The page in a real browser: what a reader does, and what must not happen.
//!
//! Each test has a browser and a server of its own. The variables that ask for
//! these tests and say where things are stand in xtask's documentation; without
//! them every test says that it is skipped, and passes.

mod accessible;
mod arriving;
mod citing;
mod digits;
mod doubting;
mod drawing;
mod driver;
mod embedding;
mod engines;
mod explaining;
mod first_screen;
mod fitting;
mod hosts;
mod keyboard;
mod looking;
mod measuring;
mod moving;
mod narrowing;
mod pages;
mod pasting;
mod policy;
mod reading;
mod ruling;
mod saving;
mod server;
mod starting;
mod system;
mod undoing;

use driver::{Browser, Setup};
use sim::outcome::simulate;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use words::Lang;
use words::sentences::{self, Answer};

/// Runs a test that must leave no error on the console, nor ask another origin
/// for anything.
fn in_browser(test: impl AsyncFnOnce(&Browser)) {
    run(async |browser| {
        test(browser).await;
        assert_eq!(
            browser.console_errors().await,
            Vec::<String>::new(),
            "on the console"
        );
        assert_eq!(
            browser.foreign_requests().await,
            Vec::<String>::new(),
            "asked of others"
        );
    });
}

/// Fails with all complaints at once.
fn assert_none(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} complaint(s):\n  {}\n",
        complaints.len(),
        complaints.join("\n  ")
    );
}

/// Runs a test in a browser that is closed whatever happens, and fails it where a
/// page did what its policy forbids, or left something on the reader's machine.
fn run(test: impl AsyncFnOnce(&Browser)) {
    match Setup::find() {
        Some(setup) => run_in(&setup, test),
        None => println!("skipped: `cargo xtask test` runs it in a browser"),
    }
}

/// The same in that engine.
fn run_in(setup: &Setup, test: impl AsyncFnOnce(&Browser)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let browser = runtime.block_on(Browser::open(setup));
    let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&browser))));
    let result = result.and_then(|()| {
        let forbidden = browser.server.forbidden();
        catch_unwind(AssertUnwindSafe(|| {
            assert_eq!(forbidden, Vec::<String>::new(), "against the policy");
            let left = runtime.block_on(browser.left_behind());
            assert_eq!(left, Vec::<String>::new(), "left behind");
        }))
    });
    if result.is_err() {
        let errors = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(browser.console_errors())
        }));
        println!("on the console: {errors:?}");
    }
    runtime.block_on(browser.close());
    if let Err(failure) = result {
        resume_unwind(failure);
    }
}

/// The three answers to a link, computed here and not in the browser.
fn expected(lang: Lang, query: &str) -> [Answer; 3] {
    let scenario = sim::link::read(query).state.scenario();
    sentences::answers(lang, &scenario, &simulate(&scenario))
}

/// Ids of the three answers.
const ANSWERS: [&str; 3] = ["#answer-inference", "#answer-training", "#answer-energy"];

/// Waits until the page gives the answers that the link has.
async fn assert_answers(browser: &Browser, lang: Lang, query: &str) {
    for (id, answer) in ANSWERS.iter().zip(expected(lang, query)) {
        for (part, text) in [(".headline", &answer.headline), (".reason", &answer.reason)] {
            let shown = format!("document.querySelector('{id} {part}')?.textContent.trim()");
            let what = format!("{id} {part} says {text:?} for {query:?}");
            browser
                .until(&what, &format!("{shown} === {:?}.trim()", text))
                .await;
        }
    }
}

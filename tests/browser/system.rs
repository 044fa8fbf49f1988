//! What readers' systems ask of the page: their own colours, stillness, paper.

use crate::driver::Browser;
use crate::{assert_none, in_browser};
use serde_json::{Value, json};

/// A page with a notice, a second scenario and an explanation open.
const LINK: &str = "/?v=1&foo=1&b.dies=4";

/// Has the browser say that its reader's system asks for that.
async fn ask_for(browser: &Browser, media: &str, features: &[(&str, &str)]) {
    let features: Vec<Value> = features
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let asked = json!({ "media": media, "features": features });
    browser.devtools("Emulation.setEmulatedMedia", asked).await;
}

/// Opens the page with what a reader may have opened, and asks the script.
async fn complaints(browser: &Browser, questions: &[&str]) -> Vec<String> {
    browser.run(include_str!("scripts/system.js")).await;
    let mut complaints = Vec::new();
    for question in questions {
        let answer = browser.value(&format!("system.{question}()")).await;
        let answer: Vec<String> = serde_json::from_value(answer).expect("a list of texts");
        complaints.extend(answer);
    }
    complaints
}

#[test]
fn in_the_systems_colours_everything_is_still_told_apart() {
    for scheme in ["light", "dark"] {
        in_browser(async |browser| {
            let colours = [
                ("forced-colors", "active"),
                ("prefers-color-scheme", scheme),
            ];
            ask_for(browser, "", &colours).await;
            browser.visit_app(LINK).await;
            browser.walk().await;
            let questions = ["charts", "parts", "cells", "chosen"];
            assert_none(&complaints(browser, &questions).await);
        });
    }
}

#[test]
fn in_the_systems_colours_the_keyboard_is_seen() {
    in_browser(async |browser| {
        ask_for(browser, "", &[("forced-colors", "active")]).await;
        crate::keyboard::tab_through(browser, LINK, "summary", 40).await;
    });
}

#[test]
fn nothing_moves_for_who_wants_stillness() {
    in_browser(async |browser| {
        ask_for(browser, "", &[("prefers-reduced-motion", "reduce")]).await;
        browser.visit_app(LINK).await;
        browser.walk().await;
        assert_none(&complaints(browser, &["motion"]).await);
    });
}

#[test]
fn paper_holds_the_answers_the_figures_and_the_addresses() {
    in_browser(async |browser| {
        browser.visit_app(LINK).await;
        browser.open_all_but(".rule summary").await;
        // Nobody has scrolled: what the browser says before it prints must do.
        browser.run("dispatchEvent(new Event('beforeprint'))").await;
        let drawn = "[...document.querySelectorAll('.drawing, .story > p')].every(e => e.firstElementChild)";
        browser.until("all is drawn", drawn).await;
        ask_for(browser, "print", &[]).await;
        for answer in crate::ANSWERS {
            assert!(browser.shows(answer).await, "{answer} is on paper");
        }
        let questions = ["controls", "figures", "addresses"];
        assert_none(&complaints(browser, &questions).await);
    });
}

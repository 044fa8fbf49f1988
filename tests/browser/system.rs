//! What readers' systems ask of the page: their own colours, stillness, paper.

use crate::driver::Browser;
use crate::{assert_answers, assert_none, in_browser};
use serde_json::{Value, json};
use sim::link::{Cited, read};
use sim::outcome::simulate;
use words::Lang;
use words::cite::{LICENCE, version};

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

#[test]
fn paper_says_which_version_it_is_and_where_it_is_found() {
    in_browser(async |browser| {
        let query = "v=1&dies=3&b.dies=6";
        let link = read(query);
        let cited = Cited::now(&simulate(&link.state.scenario()));
        for lang in Lang::ALL {
            browser
                .visit_app(&format!("/?{query}&lang={}", lang.code()))
                .await;
            let prints = "dispatchEvent(new Event('beforeprint'))";
            browser.run(prints).await;
            assert!(!browser.shows(".on-paper").await, "it is of paper alone");
            ask_for(browser, "print", &[]).await;
            assert!(browser.shows(".on-paper").await);
            let words = browser.text_of(".on-paper").await;
            for part in [lang.text("page.title"), &version(lang), LICENCE] {
                assert!(words.contains(part), "{words:?} says {part}");
            }
            // The address opens what was printed, and says of which version it was.
            let address = words.split_whitespace().find_map(|word| {
                let query = word.strip_prefix(&browser.origin)?.strip_prefix("/?")?;
                Some(read(query.trim_end_matches(['.', ','])))
            });
            let address = address.unwrap_or_else(|| panic!("{words:?} says no address"));
            assert_eq!(address.state, link.state);
            assert_eq!(address.other, link.other);
            assert_eq!(address.view.cited, cited);
            assert_eq!(address.view.lang.as_deref(), Some(lang.code()));
            // What is chosen then is what the next print says.
            ask_for(browser, "", &[]).await;
            browser.press("#control-dies", "\u{E014}").await;
            assert_answers(browser, lang, "v=1&dies=4").await;
            browser.run(prints).await;
            let words = "document.querySelector('.on-paper').textContent";
            let says = format!("/[?&]dies=4/.test({words}) && !{words}.includes('dies=3')");
            browser.until("it says what is shown", &says).await;
        }
    });
}

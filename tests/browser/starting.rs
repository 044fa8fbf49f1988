//! Bad starts and bad days: a program that arrives in part, a store that is shut,
//! a network that goes away.

use crate::doubting::{FIXED, assert_ranges};
use crate::server::{HALF_WASM, PAGE_FOR_WASM, WITHOUT_WASM};
use crate::{assert_answers, expected, in_browser, run};
use serde_json::json;
use std::time::Duration;
use words::Lang;

#[test]
fn a_program_that_comes_in_part_or_not_at_all_leaves_the_answer_and_a_word() {
    run(async |browser| {
        for path in [WITHOUT_WASM, HALF_WASM, PAGE_FOR_WASM] {
            browser.visit(path).await;
            browser
                .until(
                    &format!("the failure is told under {path}"),
                    "document.querySelector('#broken')?.hidden === false",
                )
                .await;
            assert!(browser.shows("#broken").await);
            let opening = browser.text_of("#opening").await;
            for answer in expected(Lang::En, "") {
                assert!(opening.contains(&answer.headline), "{path}: {opening}");
            }
        }
    });
}

#[test]
fn a_store_that_is_shut_is_never_missed() {
    in_browser(async |browser| {
        let shut = "for (const store of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) \
             Object.defineProperty(window, store, { get() { (window.touched ??= []).push(store); \
             throw new DOMException('shut', 'SecurityError'); } });";
        browser
            .devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": shut }),
            )
            .await;
        browser.visit_app("/?v=1&dies=3").await;
        browser.press("#control-dies", "\u{E014}").await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        browser.click("#lang-fr").await;
        assert_answers(browser, Lang::Fr, "v=1&dies=4").await;
        let touched = browser.value("window.touched ?? []").await;
        assert_eq!(touched, json!([]), "nothing is stored");
    });
}

#[test]
fn without_a_network_levers_go_on_and_what_must_be_fetched_says_so() {
    run(async |browser| {
        let network = async |is_there: bool| {
            browser.devtools("Network.enable", json!({})).await;
            let conditions = json!({
                "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
            });
            browser
                .devtools("Network.emulateNetworkConditions", conditions)
                .await;
        };
        browser.visit_app("/?v=1&dies=3").await;
        network(false).await;
        browser.press("#control-dies", "\u{E014}").await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        browser.click("#lang-fr").await;
        browser
            .until(
                "it is told",
                "document.querySelector('.languages [role=status]').textContent !== ''",
            )
            .await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        network(true).await;
        browser.click("#lang-fr").await;
        assert_answers(browser, Lang::Fr, "v=1&dies=4").await;
    });
}

/// Files that the page asked for and that a first visit does not show.
const AHEAD: &str = "performance.getEntriesByType('resource').filter(r => r.responseEnd > 0).map(r => new URL(r.name).pathname).filter(p => /glossary|sources|trust|fr\\.txt/.test(p)).length";

#[test]
fn what_is_read_ahead_is_there_without_a_network() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3&lang=en").await;
        assert_eq!(browser.value(AHEAD).await, json!(0), "not at first");
        browser
            .until("it reads ahead", &format!("{AHEAD} === 5"))
            .await;
        browser.devtools("Network.enable", json!({})).await;
        let gone = json!({
            "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        browser
            .devtools("Network.emulateNetworkConditions", gone)
            .await;
        for lang in Lang::ALL {
            browser.click(&format!("#lang-{}", lang.code())).await;
            assert_answers(browser, lang, "v=1&dies=3").await;
            // Whenever it stands there: the page is drawn anew in the other language.
            let term = "(d => { d.open = true; return d.querySelectorAll('dt').length > 10; })\
                 (document.querySelector('#glossary details'))";
            browser.until("the glossary is there", term).await;
        }
        let back = json!({
            "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        browser
            .devtools("Network.emulateNetworkConditions", back)
            .await;
    });
}

#[test]
fn nothing_is_read_ahead_for_those_who_save_data() {
    in_browser(async |browser| {
        let saves = json!({ "dataSaverEnabled": true });
        browser
            .devtools("Emulation.setDataSaverOverride", saves)
            .await;
        browser.visit_app("/?lang=en").await;
        let asked = format!("new Promise(done => setTimeout(() => done({AHEAD}), 7000))");
        assert_eq!(browser.value(&asked).await, json!(0));
        let usual = json!({});
        browser
            .devtools("Emulation.setDataSaverOverride", usual)
            .await;
    });
}

#[test]
fn what_is_open_is_filled_in_the_other_language_too() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        // What came second stands as if it had come at once from the first change on.
        browser.click("#lang-en").await;
        assert_answers(browser, Lang::En, "").await;
        let parts = "['#keep', '#figure-map', '#sources', '#glossary']";
        let open = format!(
            "{parts}.forEach(part => document.querySelector(part + ' details').open = true)"
        );
        browser.run(&open).await;
        let filled = format!(
            "{parts}.every(part => document.querySelector(part + ' details').innerText.length > 600)"
        );
        browser.until("they are filled", &filled).await;
        browser.click("#lang-fr").await;
        assert_answers(browser, Lang::Fr, "").await;
        browser.until("in French too", &filled).await;
    });
}

#[test]
fn levers_answer_without_the_second_part_which_can_be_asked_for_again() {
    run(async |browser| {
        for (path, lang) in [
            (format!("/?{FIXED}&dies=3"), Lang::En),
            (format!("/fr/?{FIXED}&dies=3&embed=1"), Lang::Fr),
        ] {
            let block = async |urls: &[&str]| {
                let urls = json!({ "urls": urls });
                browser.devtools("Network.setBlockedURLs", urls).await;
            };
            browser.devtools("Network.enable", json!({})).await;
            block(&["*split_second*"]).await;
            browser.visit(&path).await;
            let live = "document.documentElement.dataset.ready === '1'";
            browser.until("levers are there", live).await;
            browser.press("#control-dies", "\u{E014}").await;
            let moved = format!("{FIXED}&dies=4");
            assert_answers(browser, lang, &moved).await;
            browser
                .until("it is told", "!!document.querySelector('#lost')")
                .await;
            let told = lang.text("page.lost");
            assert!(browser.text_of("#lost").await.contains(told));
            // What is chosen has rested for long: nothing else begins the draws.
            browser.rest(Duration::from_millis(500)).await;
            block(&[]).await;
            browser.click("#again").await;
            browser.until_ready().await;
            let map =
                "!!document.querySelector('#figure-map svg') && !document.querySelector('#lost')";
            browser.until("the map is drawn", map).await;
            assert_answers(browser, lang, &moved).await;
            assert_ranges(browser, lang, &moved).await;
        }
    });
}

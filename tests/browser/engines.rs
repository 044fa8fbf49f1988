//! What must work for readers of any browser, in the three engines that there are:
//! Chromium's, Firefox's and Safari's.

use crate::driver::Engine;
use crate::embedding::{framed, open_around};
use crate::server::HOSTED;
use crate::{Browser, Setup, assert_answers, expected, run_in};
use serde_json::json;
use words::Lang;

/// Runs a test in each engine that is here.
pub fn in_every_engine(test: impl AsyncFn(&Browser)) {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        if let Some(setup) = Setup::of(engine) {
            println!("in {engine:?}");
            run_in(&setup, &test);
        }
    }
}

#[test]
fn every_engine_answers_a_link_in_its_language() {
    in_every_engine(async |browser| {
        browser.visit_app("/?lang=en").await;
        assert_answers(browser, Lang::En, "").await;
        let query = "v=1&p=h20&dies=2&llm=llama-3.1-70b";
        browser.visit_app(&format!("/?{query}&lang=fr")).await;
        assert_answers(browser, Lang::Fr, query).await;
        let map = "document.querySelectorAll('#figure-map svg rect').length > 10";
        browser.until("the map is drawn", map).await;
    });
}

#[test]
fn every_engine_moves_by_keyboard_and_keeps_the_link() {
    in_every_engine(async |browser| {
        browser.visit_app("/?v=1&dies=3&lang=en").await;
        browser.press("#control-dies", "\u{E014}").await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        browser
            .until("the address follows", "location.search.includes('dies=4')")
            .await;
        browser.reload().await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
    });
}

#[test]
fn every_engine_shows_the_page_in_other_pages() {
    in_every_engine(async |browser| {
        let whole = format!("{}/?embed=1&lang=en", browser.origin);
        let sealed = format!("{}{HOSTED}?embed=1&lang=en", browser.origin);
        let frames = [
            framed(&whole, 600, ""),
            framed(&sealed, 375, "sandbox='allow-scripts'"),
        ]
        .concat();
        open_around(browser, &frames, true).await;
        for at in [0, 1] {
            browser.enter_frame(at).await;
            browser.until_ready().await;
            assert_answers(browser, Lang::En, "").await;
            browser.leave_frame().await;
            let followed = format!("document.querySelectorAll('iframe')[{at}].style.height !== ''");
            browser.until("the frame's height follows", &followed).await;
        }
    });
}

#[test]
fn every_engine_gives_words_to_cite() {
    in_every_engine(async |browser| {
        browser.visit_app("/?v=1&dies=3&lang=en").await;
        browser.click("#keep summary").await;
        browser
            .until(
                "the citation is there",
                "/dies=3.*&m=\\d/.test(document.querySelector('#cite-full')?.textContent ?? '')",
            )
            .await;
    });
}

#[test]
fn every_engine_reads_a_page_of_a_passage() {
    in_every_engine(async |browser| {
        browser.visit_app("/fr/s/huawei/").await;
        let query = browser.text("document.documentElement.dataset.query").await;
        assert_answers(browser, Lang::Fr, &query).await;
        let headline = &expected(Lang::Fr, &query)[0].headline;
        assert!(!headline.is_empty());
        let broken = "document.querySelector('#broken')?.hidden ?? true";
        assert_eq!(browser.value(broken).await, json!(true));
    });
}

//! Arriving: by no link, by good and bad ones, from a sub-folder, in French, and
//! where the app cannot run.

use crate::server::{SUB_FOLDER, WITHOUT_FRENCH};
use crate::{ANSWERS, assert_answers, expected, in_browser, run};
use serde_json::{Value, json};
use words::Lang;

#[test]
fn the_page_opens_with_three_answers() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        assert_answers(browser, Lang::En, "").await;
        for id in ANSWERS {
            assert!(browser.shows(id).await, "{id} is in sight");
        }
        assert!(
            !browser.shows("#opening").await,
            "the opening makes way for the app"
        );
        assert_eq!(browser.query().await, "", "a bare address stays bare");
        assert_eq!(browser.text("document.documentElement.lang").await, "en");
    });
}

#[test]
fn every_part_that_others_rely_on_is_there() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        for id in [
            "control-dies",
            "control-dies-number",
            "control-node",
            "control-date",
            "control-chip",
            "control-llm",
            "control-chips",
            "control-place",
            "notices",
            "figure-map",
            "figure-latency",
            "figure-silicon",
            "lang-fr",
            "lang-en",
            "reset",
            "copy-link",
            "live",
        ] {
            let there = browser
                .value(&format!("document.querySelectorAll('#{id}').length"))
                .await;
            assert_eq!(there, json!(1), "#{id} is there once");
        }
        let range = browser
            .text("document.querySelector('#control-dies').type")
            .await;
        assert_eq!(range, "range", "die count is a native slider");
    });
}

#[test]
fn a_link_opens_the_scenario_that_it_says() {
    let query = "v=1&p=h20&dies=2&llm=llama-3.1-70b";
    in_browser(async |browser| {
        browser.visit_app(&format!("/?{query}")).await;
        assert_answers(browser, Lang::En, query).await;
        let noticed = browser.shows("#notices li").await;
        assert!(!noticed, "a good link needs no notice");
    });
}

#[test]
fn a_bad_link_opens_with_notices() {
    let query = "v=1&chip=nonsense&dies=99&foo=1";
    in_browser(async |browser| {
        browser.visit_app(&format!("/?{query}")).await;
        assert_answers(browser, Lang::En, query).await;
        assert!(browser.shows("#notices").await);
        let notices = browser
            .value("document.querySelectorAll('#notices li').length")
            .await;
        assert_eq!(notices, json!(3), "one notice for each thing not taken");
        let text = browser.text_of("#notices").await;
        for part in ["nonsense", "99", "16", "foo"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    });
}

#[test]
fn a_link_that_is_no_text_opens_with_a_notice() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&chip=%FF%FE&dies=4").await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        assert!(browser.shows("#notices li").await);
    });
}

#[test]
fn a_link_of_a_million_characters_opens_with_a_notice() {
    in_browser(async |browser| {
        browser
            .visit_app(&format!("/?v=1&chip={}", "a".repeat(1_000_000)))
            .await;
        assert_answers(browser, Lang::En, "").await;
        assert!(browser.shows("#notices li").await);
    });
}

#[test]
fn the_page_works_in_a_sub_folder() {
    in_browser(async |browser| {
        browser.visit_app(&format!("{SUB_FOLDER}?v=1&dies=3")).await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        browser.press("#control-dies", "\u{E014}").await;
        browser
            .until(
                "the folder stays in the address",
                &format!(
                    "location.pathname === '{SUB_FOLDER}' && !location.search.includes('dies=3')"
                ),
            )
            .await;
    });
}

#[test]
fn french_readers_read_french() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        assert_answers(browser, Lang::Fr, "").await;
        assert_eq!(browser.text("document.documentElement.lang").await, "fr");
        browser
            .until(
                "the address keeps the language",
                "location.search.includes('lang=fr')",
            )
            .await;
    });
}

#[test]
fn a_language_that_does_not_come_is_told() {
    run(async |browser| {
        // The page stays in the language that it has.
        browser
            .visit_app(&format!("{WITHOUT_FRENCH}?v=1&dies=3"))
            .await;
        browser.click("#lang-fr").await;
        browser
            .until(
                "the failure is told",
                "document.querySelector('.languages [role=status]').textContent !== ''",
            )
            .await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        browser.press("#control-dies", "\u{E014}").await;
        assert_answers(browser, Lang::En, "v=1&dies=4").await;
        // Without any, the opening stays.
        browser.visit(&format!("{WITHOUT_FRENCH}?lang=fr")).await;
        browser
            .until(
                "the failure is told in both",
                "document.querySelector('#broken')?.hidden === false",
            )
            .await;
        assert!(browser.shows("#opening").await);
    });
}

#[test]
fn a_first_visit_asks_for_few_files() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        let asked = "performance.getEntriesByType('resource').map(r => new URL(r.name).pathname)";
        let once = format!("((all) => new Set(all).size === all.length)({asked})");
        assert_eq!(browser.value(&once).await, json!(true), "each file once");
        let others = format!("{asked}.filter(p => /en\\.txt|sources|trust/.test(p)).length");
        assert_eq!(browser.value(&others).await, json!(0), "nothing unasked");
    });
}

#[test]
fn without_scripts_the_opening_answers_in_both_languages() {
    in_browser(async |browser| {
        let off = json!({ "value": true });
        browser
            .devtools("Emulation.setScriptExecutionDisabled", off)
            .await;
        browser.visit("/").await;
        assert!(browser.shows("#opening").await);
        let opening = browser.text_of("#opening").await;
        for lang in Lang::ALL {
            for answer in expected(lang, "") {
                assert!(
                    opening.contains(&answer.headline),
                    "{} in {opening}",
                    answer.headline
                );
            }
        }
        let overflow = browser
            .value("document.documentElement.scrollWidth > innerWidth")
            .await;
        assert_eq!(overflow, Value::Bool(false));
    });
}

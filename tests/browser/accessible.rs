//! The page under axe-core: every view in both languages, light and dark, on a
//! wide screen and on a telephone, with everything open that can be opened.

use crate::driver::{Browser, PATIENCE, named};
use crate::server::WITHOUT_WASM;
use crate::{assert_none, in_browser, run};
use serde_json::Value;

/// A wide screen and a telephone.
const WIDTHS: [u32; 2] = [1280, 375];

/// A view of the page: what it is called, its link, and whether everything that
/// can be opened is.
const VIEWS: [(&str, &str, bool); 8] = [
    ("as it opens", "v=1", false),
    // A notice for each thing that is not taken, a second scenario, a custom chip
    // and model, so that the controls of their own are there.
    (
        "with everything open",
        "v=1&chip=custom&llm=custom&dies=99&foo=1&date=2024-02-03&b.dies=4",
        true,
    ),
    (
        "with what cannot be",
        "v=1&node=smic-n3&dies=16&area=2000&b.p=h20",
        true,
    ),
    ("embedded", "v=1&embed=1", false),
    (
        "embedded, with a notice",
        "v=1&embed=1&b.dies=4&chip=nonsense",
        true,
    ),
    ("one answer embedded", "v=1&embed=1&view=training", false),
    ("one figure embedded", "v=1&embed=1&view=latency", true),
    ("of a foreign chip", "v=1&p=h20&rule.r23=off", false),
];

/// What axe-core has to say of the page as it stands.
async fn broken_rules(browser: &Browser) -> Vec<String> {
    // A string for the driver, not a file of the site.
    let axe = std::fs::read_to_string(named("AXE_CORE")).expect("axe-core can be read");
    browser.run(&axe).await;
    browser.run(include_str!("scripts/axe.js")).await;
    browser
        .within(
            PATIENCE,
            "axe-core is done",
            "Array.isArray(window.brokenRules)",
        )
        .await;
    let Value::Array(rules) = browser.value("window.brokenRules").await else {
        unreachable!("it was just seen to be a list")
    };
    let line = |rule: &Value| rule.as_str().unwrap_or("?").to_owned();
    rules.iter().map(line).collect()
}

/// Examines every view in that language and those colours.
fn examine(lang: &str, theme: &str) {
    in_browser(async |browser| {
        let mut complaints = Vec::new();
        for width in WIDTHS {
            browser.set_width(width).await;
            for (name, link, open) in VIEWS {
                browser
                    .visit_app(&format!("/?{link}&lang={lang}&theme={theme}"))
                    .await;
                if open {
                    browser.open_all_but("none").await;
                }
                browser.walk().await;
                let rules = broken_rules(browser).await;
                println!("{lang} {theme} {width} {name}: {}", rules.len());
                let tell = |rule| format!("{name}, {lang}, {theme}, {width} px: {rule}");
                complaints.extend(rules.into_iter().map(tell));
            }
        }
        assert_none(&complaints);
    });
}

#[test]
fn no_rule_is_broken_in_english_and_light() {
    examine("en", "light");
}

#[test]
fn no_rule_is_broken_in_english_and_dark() {
    examine("en", "dark");
}

#[test]
fn no_rule_is_broken_in_french_and_light() {
    examine("fr", "light");
}

#[test]
fn no_rule_is_broken_in_french_and_dark() {
    examine("fr", "dark");
}

#[test]
fn no_rule_is_broken_where_the_program_does_not_come() {
    run(async |browser| {
        let mut complaints = Vec::new();
        for (lang, theme) in [("en", "light"), ("fr", "dark")] {
            let link = format!("{WITHOUT_WASM}?lang={lang}&theme={theme}");
            browser.visit(&link).await;
            let told = "document.querySelector('#broken')?.hidden === false";
            browser.until("the failure is told", told).await;
            let tell = |rule| format!("{link}: {rule}");
            complaints.extend(broken_rules(browser).await.into_iter().map(tell));
        }
        assert_none(&complaints);
    });
}

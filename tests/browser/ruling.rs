//! The reader's hand on the law and on chip making: it moves answers and address,
//! and both come back.

use crate::{Browser, assert_answers, in_browser};
use std::time::Duration;
use words::Lang;

const RIGHT: &str = "\u{E014}";
const SOON: Duration = Duration::from_secs(2);

/// Waits until the address has that in it.
async fn until_query_has(browser: &Browser, part: &str) {
    let expression = format!("location.search.includes('{part}')");
    browser
        .within(SOON, &format!("the address has {part}"), &expression)
        .await;
}

async fn open(browser: &Browser, selector: &str) {
    browser
        .value(&format!(
            "document.querySelector('{selector}').scrollIntoView({{block: 'center'}})"
        ))
        .await;
    browser.click(selector).await;
}

/// Chooses an entry of a list as a reader's hand would leave it.
async fn choose(browser: &Browser, selector: &str, value: &str) {
    browser
        .value(&format!(
            "(() => {{ const list = document.querySelector('{selector}'); \
             list.value = '{value}'; \
             list.dispatchEvent(new Event('change', {{bubbles: true}})); }})()"
        ))
        .await;
}

#[test]
fn a_rule_in_force_opens_its_sentence() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let mark = ".rule-mark:nth-of-type(2)";
        let name = browser
            .text(&format!(
                "document.querySelector('{mark}').textContent.trim()"
            ))
            .await;
        open(browser, mark).await;
        browser
            .until(
                "its entry is open and has the keyboard",
                "document.activeElement.closest('.rule[open]') !== null",
            )
            .await;
        let opened = browser
            .text("document.activeElement.querySelector('.rule-name').textContent")
            .await;
        assert_eq!(opened, name);
    });
}

#[test]
fn a_rule_can_be_switched_and_its_threshold_dragged() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&p=barred").await;
        let supply = "document.querySelector('.supply').textContent";
        let denied = browser.text(supply).await;
        open(browser, "#law > details > summary").await;
        browser
            .until(
                "the rules are listed",
                "document.querySelectorAll('.law-list > li').length > 30",
            )
            .await;
        browser
            .value("document.querySelectorAll('.law-list details').forEach(d => d.open = true)")
            .await;
        choose(browser, "#rule-r23", "off").await;
        choose(browser, "#rule-inf25", "off").await;
        until_query_has(browser, "rule.r23=off").await;
        assert_ne!(browser.text(supply).await, denied, "the chip may be had");
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;

        choose(browser, "#rule-r23", "dates").await;
        browser.press("#rule-r23-slider", RIGHT).await;
        until_query_has(browser, "rule.r23=5040").await;
        assert!(
            browser.shows("#rule-r23-slider-help").await,
            "it says that it is a what-if"
        );
        browser.reload().await;
        until_query_has(browser, "rule.r23=5040").await;
    });
}

#[test]
fn one_can_do_without_any_control_and_go_back() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&p=barred").await;
        open(browser, "#no-controls").await;
        until_query_has(browser, "tools=free").await;
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;
        browser.click("#all-controls").await;
        browser
            .within(
                SOON,
                "the law is back",
                "!location.search.includes('tools=')",
            )
            .await;
    });
}

#[test]
fn the_day_can_be_scrubbed_past_what_is_known() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&date=2027-06-01").await;
        let help = "document.querySelector('#law-day-help').textContent";
        browser
            .until(
                "it says how far the law is known",
                &format!("{help}.includes('2026')"),
            )
            .await;
        open(browser, "#law-day").await;
        browser.press("#law-day", "\u{E011}").await;
        until_query_has(browser, "date=2022-08-01").await;
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;
    });
}

#[test]
fn chip_making_and_supply_have_their_controls() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=4").await;
        open(browser, ".more > summary").await;
        choose(browser, "#control-link", "interposer").await;
        until_query_has(browser, "link=interposer").await;
        choose(browser, "#control-hbm", "hbm3").await;
        until_query_has(browser, "hbm=hbm3").await;
        browser.press("#control-fund", RIGHT).await;
        until_query_has(browser, "fund=").await;
        browser.press("#control-spare", RIGHT).await;
        until_query_has(browser, "spare=").await;
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;
        // For a foreign chip nobody asks about Chinese wafers.
        browser.visit_app("/?v=1&p=h20").await;
        open(browser, ".more > summary").await;
        assert!(!browser.shows("#control-fund").await);
    });
}

#[test]
fn what_is_impossible_says_what_is_possible() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&stacks=40").await;
        let reason = browser.text_of("#answer-inference .reason").await;
        assert!(reason.contains("40") && reason.contains("10"), "{reason}");
        browser
            .visit_app("/?v=1&node=smic-n3&date=2024-06-01&lang=fr")
            .await;
        let supply = browser.text_of(".supply").await;
        assert!(supply.contains("SMIC N+2"), "{supply}");
    });
}

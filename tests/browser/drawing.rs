//! What is drawn while a lever moves, and what is not.

use crate::{Browser, assert_answers, in_browser};
use serde_json::json;
use std::time::Duration;
use words::Lang;

/// The arrow to the right, as WebDriver writes it.
const RIGHT: &str = "\u{E014}";
/// Longer than a hand is still before it rests.
const REST: Duration = Duration::from_millis(600);

/// Scrolls the element into sight and waits until it holds a drawing.
async fn see(browser: &Browser, figure: &str) {
    browser
        .value(&format!(
            "document.querySelector('{figure}').scrollIntoView()"
        ))
        .await;
    let drawn = format!("document.querySelector('{figure} svg') !== null");
    browser.until(&format!("{figure} is drawn"), &drawn).await;
    browser.rest(REST).await;
}

/// Counts in `window[name]` how often anything in the element changes.
async fn count(browser: &Browser, name: &str, selector: &str) {
    browser
        .value(&format!(
            "(() => {{ window.{name} = 0; \
             new MutationObserver(() => window.{name}++).observe(document.querySelector('{selector}'), \
             {{subtree: true, childList: true, characterData: true}}); }})()"
        ))
        .await;
}

#[test]
fn a_figure_off_the_screen_waits_until_somebody_sees_it() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        see(browser, "#figure-cost").await;
        see(browser, "#figure-map").await;
        count(browser, "cost", "#figure-cost").await;
        count(browser, "map", "#figure-map").await;
        browser.press("#control-dies", &RIGHT.repeat(3)).await;
        assert_answers(browser, Lang::En, "v=1&dies=5").await;
        browser.until("the map follows", "window.map > 0").await;
        browser.rest(REST).await;
        assert_eq!(browser.value("window.cost").await, json!(0));
        browser
            .value("document.querySelector('#figure-cost').scrollIntoView()")
            .await;
        browser
            .until("the other follows once it is seen", "window.cost > 0")
            .await;
        // Nothing is drawn again because it was looked at again.
        browser.rest(REST).await;
        let drawn = browser.value("window.cost").await;
        browser.value("scrollTo(0, 0)").await;
        browser.rest(REST).await;
        see(browser, "#figure-cost").await;
        assert_eq!(browser.value("window.cost").await, drawn);
    });
}

#[test]
fn tables_follow_when_the_hand_rests() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        see(browser, "#figure-cost").await;
        browser.click("#figure-cost summary").await;
        browser
            .until(
                "the table is there",
                "document.querySelector('#figure-cost table') !== null",
            )
            .await;
        browser
            .value("document.querySelector('#sources details').open = true")
            .await;
        browser
            .until(
                "the figures in use are listed",
                "document.querySelectorAll('#sources tbody tr').length > 50",
            )
            .await;
        browser.rest(REST).await;
        count(browser, "table", "#figure-cost table").await;
        count(browser, "list", "#sources tbody").await;
        count(browser, "drawing", "#figure-cost .drawing").await;
        let moves = 60;
        let hand = format!(
            "(() => {{ \
                const slider = document.querySelector('#control-dies'); \
                let left = {moves}; \
                const timer = setInterval(() => {{ \
                    slider.value = 2 + left % 4; \
                    slider.dispatchEvent(new Event('input', {{ bubbles: true }})); \
                    if (--left === 0) {{ clearInterval(timer); window.moved = [window.table, window.list]; }} \
                }}, 25); \
            }})()"
        );
        browser.value(&hand).await;
        browser
            .within(Duration::from_secs(25), "the hand rests", "!!window.moved")
            .await;
        browser
            .until("the drawing followed the hand", "window.drawing > 10")
            .await;
        browser
            .until(
                "the table follows at rest",
                "window.table > window.moved[0]",
            )
            .await;
        // A machine that stops for a while looks like a hand that rests.
        let moved = browser.value("window.moved").await;
        for i in 0..2 {
            let rebuilt = moved[i].as_u64().unwrap_or(u64::MAX);
            assert!(rebuilt < moves / 6, "{moved} for {moves} moves");
        }
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
    });
}

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
             {{subtree: true, childList: true, characterData: true, attributes: true}}); }})()"
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

/// What the browser has in those figures, once nothing comes any more: ranges and
/// shares follow one another.
async fn drawings(browser: &Browser, figures: &[&str]) -> serde_json::Value {
    for figure in figures {
        see(browser, figure).await;
    }
    let all = figures.join(" .drawing, ") + " .drawing";
    let html = format!("[...document.querySelectorAll('{all}')].map(place => place.innerHTML)");
    // Each element is what its own text says: of SVG, with its text in one piece.
    let sound = format!(
        "[...document.querySelectorAll('{all}')].every(place => {{ \
         const told = place.cloneNode(); told.innerHTML = place.innerHTML; \
         return told.isEqualNode(place); }})"
    );
    let mut drawn = browser.value(&html).await;
    for _ in 0..20 {
        browser.rest(REST * 4).await;
        let now = browser.value(&html).await;
        if now == drawn {
            assert_eq!(browser.value(&sound).await, json!(true));
            return now;
        }
        drawn = now;
    }
    panic!("drawings go on changing");
}

/// From one drawing to the next only what differs is changed: what stands there then
/// is what a page that opens with these choices draws.
#[test]
fn a_changed_drawing_is_the_one_drawn_from_nothing() {
    in_browser(async |browser| {
        let figures = [
            "#figure-map",
            "#figure-latency",
            "#figure-cost",
            "#figure-supply",
        ];
        browser.visit_app("/?v=1&draws=64&lang=fr").await;
        drawings(browser, &figures).await;
        for key in ["3", "5", "1", "4"] {
            let move_lever = format!(
                "(() => {{ const lever = document.querySelector('#control-dies'); \
                 lever.value = {key}; \
                 lever.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
            );
            browser.value(&move_lever).await;
            browser.rest(REST).await;
        }
        let changed = drawings(browser, &figures).await;
        browser.visit_app("/?v=1&dies=4&draws=64&lang=fr").await;
        drawings(browser, &figures).await;
        let alike = format!(
            "{changed}.map((html, i) => {{ \
             const there = document.querySelectorAll('{} .drawing')[i]; \
             const then = there.cloneNode(); then.innerHTML = html; \
             return then.isEqualNode(there); }})",
            figures.join(" .drawing, ")
        );
        assert_eq!(browser.value(&alike).await, json!([true, true, true, true]));
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

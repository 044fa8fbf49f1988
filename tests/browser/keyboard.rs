//! The page by keyboard alone: the Tab key comes to everything in the order in
//! which it stands, with a ring where it is and a name for who hears it.

use crate::driver::Browser;
use crate::{assert_none, in_browser};
use serde_json::json;

/// The key that goes on.
const TAB: char = '\u{E004}';

/// Tabs through the page as it stands; says what is wrong.
async fn complaints(browser: &Browser, backwards: bool) -> Vec<String> {
    let step = format!("keyboard.step({backwards})");
    browser.press_anywhere(TAB, backwards).await;
    while browser.value(&step).await == json!(true) {
        if browser.name_of_focused().await.trim().is_empty() {
            browser.run("keyboard.nameless()").await;
        }
        browser.press_anywhere(TAB, backwards).await;
    }
    let complaints = browser.value("keyboard.complaints").await;
    serde_json::from_value(complaints).expect("it is a list of texts")
}

/// Tabs through a link's page and back, with everything open but what the selector
/// finds; it must have so many stops.
pub async fn tab_through(browser: &Browser, link: &str, closed: &str, least: u64) {
    browser.visit_app(link).await;
    browser.open_all_but(closed).await;
    browser.walk().await;
    browser.run(include_str!("scripts/keyboard.js")).await;
    let stops = browser.value("keyboard.stops.length").await;
    assert!(
        stops.as_u64() >= Some(least),
        "{stops} stops at {link}, not {least}"
    );
    assert_none(&complaints(browser, false).await);
    assert_none(&complaints(browser, true).await);
}

fn tab_through_at(width: u32, link: &str, closed: &str, least: u64) {
    in_browser(async |browser| {
        browser.set_width(width).await;
        tab_through(browser, link, closed, least).await;
    });
}

/// Tables of figures hold hundreds of links and fields alike: what makes one of
/// them a stop makes all.
const LONG: &str =
    ".figure:not(#figure-map) summary, #sources summary, #trust summary, .rule summary";

#[test]
fn tab_comes_to_everything_on_a_wide_screen() {
    tab_through_at(1280, "/?v=1&dies=99&chip=custom&b.dies=4", LONG, 100);
}

#[test]
fn tab_comes_to_everything_on_a_telephone_in_french() {
    tab_through_at(375, "/?v=1&foo=1&b.p=h20&lang=fr", LONG, 100);
}

#[test]
fn tab_comes_to_everything_inside_another_page() {
    tab_through_at(375, "/?v=1&foo=1&embed=1&b.dies=4", "none", 10);
}

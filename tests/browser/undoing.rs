//! Taking back and doing again, keys that do what buttons do, colours.

use crate::{Browser, assert_answers, in_browser};
use serde_json::json;
use std::time::Duration;
use words::Lang;

const RIGHT: &str = "\u{E014}";
const ESCAPE: &str = "\u{E00C}";
/// Ctrl and Shift, held to the end of what is pressed.
const CTRL: &str = "\u{E009}";
const SHIFT: &str = "\u{E008}";
const DIES: &str = "#control-dies";

async fn until_query(browser: &Browser, query: &str) {
    let there = format!("location.search === '{query}'");
    browser.until("the address follows", &there).await;
}

async fn press_with(browser: &Browser, modifiers: &str, key: &str, selector: &str) {
    browser.press(selector, &[modifiers, key].concat()).await;
}

/// Lets the hand rest, so that what follows is another step.
async fn rest(browser: &Browser) {
    browser.rest(Duration::from_millis(900)).await;
}

#[test]
fn a_drag_is_taken_back_in_one_step_by_key_and_by_button() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        browser.drag(DIES, &[-60, -30, 0, 30, 60]).await;
        let query = "location.search";
        browser
            .until("the drag moved it", &format!("/dies=\\d+/.test({query})"))
            .await;
        let dragged = browser.text(query).await;
        rest(browser).await;
        press_with(browser, CTRL, "z", DIES).await;
        until_query(browser, "").await;
        assert_answers(browser, Lang::En, "").await;
        let news =
            "document.querySelector('#live').textContent.startsWith('Undone. Dies per chip: 2')";
        browser.until("listeners hear what came back", news).await;
        let focus = "document.activeElement.id";
        assert_eq!(browser.text(focus).await, "control-dies");

        browser.click("#redo").await;
        until_query(browser, &dragged).await;
        let name = "document.querySelector('#undo').getAttribute('aria-label')";
        assert_eq!(browser.text(name).await, "Undo: Dies per chip");
        browser.click("#undo").await;
        until_query(browser, "").await;
        // Nothing is left to undo: the button says so and keeps the keyboard.
        let idle = "document.querySelector('#undo').getAttribute('aria-disabled') === 'true'";
        browser.until("it says so", idle).await;
        assert_eq!(browser.text(focus).await, "undo");
        press_with(browser, &[CTRL, SHIFT].concat(), "z", "#undo").await;
        until_query(browser, &dragged).await;
    });
}

#[test]
fn each_deliberate_change_is_a_step() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        browser.press(DIES, RIGHT).await;
        until_query(browser, "?v=1&dies=3").await;
        browser.click("#compare-pin").await;
        until_query(browser, "?v=1&dies=3&b.p=article&b.dies=3").await;
        rest(browser).await;
        browser.press(DIES, RIGHT).await;
        until_query(browser, "?v=1&dies=4&b.dies=3").await;
        browser.click("#compare-swap").await;
        until_query(browser, "?v=1&dies=3&b.dies=4").await;
        browser.click("#reset").await;
        until_query(browser, "?v=1&b.dies=4").await;
        for before in [
            "?v=1&dies=3&b.dies=4",
            "?v=1&dies=4&b.dies=3",
            "?v=1&dies=3&b.p=article&b.dies=3",
            "?v=1&dies=3",
            "",
        ] {
            press_with(browser, CTRL, "z", "#reset").await;
            until_query(browser, before).await;
        }
        assert_answers(browser, Lang::En, "").await;
        // Back and forward go their own way.
        browser.back().await;
        until_query(browser, "?v=1&dies=3&b.dies=4").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
    });
}

#[test]
fn presets_rules_figures_and_stories_are_steps_too() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let choose = "(() => { const list = document.querySelector('#preset'); list.value = 'h20'; \
             list.dispatchEvent(new Event('change', {bubbles: true})); })()";
        browser.value(choose).await;
        until_query(browser, "?v=1&p=h20").await;
        browser
            .value("document.querySelector('#no-controls').click()")
            .await;
        let freed = "location.search.includes('tools=free')";
        browser.until("no rule is left", freed).await;
        browser.press("#reset", "/").await;
        let field = "document.querySelector('.figures-in-use input')";
        browser
            .until("the figures are there", &format!("{field} !== null"))
            .await;
        browser
            .value(&format!(
                "(() => {{ const field = {field}; field.value *= 1.5; \
                 field.dispatchEvent(new Event('change', {{bubbles: true}})); }})()"
            ))
            .await;
        let undone = "document.querySelector('.figures-in-use [data-changed]') === null";
        browser
            .until("a figure is changed", &format!("!({undone})"))
            .await;
        browser
            .value("document.querySelector('#story-software .story-starts button').click()")
            .await;
        browser
            .until("a story is opened", &format!("!({freed})"))
            .await;
        press_with(browser, CTRL, "z", "#reset").await;
        browser
            .until("the figure is back", &format!("{freed} && !({undone})"))
            .await;
        press_with(browser, CTRL, "z", "#reset").await;
        browser
            .until("it is as published", &format!("{freed} && {undone}"))
            .await;
        for before in ["?v=1&p=h20", ""] {
            press_with(browser, CTRL, "z", "#reset").await;
            until_query(browser, before).await;
        }
    });
}

#[test]
fn a_field_that_is_written_in_has_its_own_undo() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let listen = "addEventListener('keydown', e => { if (e.key === 'z') window.taken = e.defaultPrevented; })";
        browser.value(listen).await;
        browser.press(DIES, RIGHT).await;
        until_query(browser, "?v=1&dies=3").await;
        press_with(browser, CTRL, "z", "#control-dies-number").await;
        assert_eq!(browser.value("window.taken").await, json!(false));
        // A letter is text there, too.
        browser.press("#control-dies-number", "t").await;
        assert_eq!(browser.query().await, "?v=1&dies=3");
        press_with(browser, CTRL, "z", "#control-node").await;
        assert_eq!(browser.value("window.taken").await, json!(true));
        until_query(browser, "").await;
    });
}

#[test]
fn colours_go_into_the_link() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let theme = "document.documentElement.dataset.theme ?? 'auto'";
        for (query, expected) in [
            ("?v=1&theme=light", "light"),
            ("?v=1&theme=dark", "dark"),
            ("", "auto"),
        ] {
            browser.click("#theme").await;
            until_query(browser, query).await;
            assert_eq!(browser.text(theme).await, expected);
        }
        let name = "document.querySelector('#theme').getAttribute('aria-label')";
        assert_eq!(browser.text(name).await, "Colours: as your system has them");
    });
}

#[test]
fn keys_are_listed_and_letters_can_be_switched_off() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let open = "document.querySelector('#keys-list').open";
        browser.press("#reset", "?").await;
        browser.until("the list is open", open).await;
        browser.press("#keys-list", ESCAPE).await;
        browser.until("it is closed", &format!("!{open}")).await;
        let focus = "document.activeElement.id";
        assert_eq!(browser.text(focus).await, "reset", "the keyboard is back");

        browser.press("#reset", "t").await;
        until_query(browser, "?v=1&theme=light").await;
        browser.press("#reset", "m").await;
        assert_eq!(browser.text(focus).await, "figure-map");
        browser.press("#reset", "/").await;
        browser
            .until(
                "the search is open",
                "document.activeElement.id === 'figures-search'",
            )
            .await;

        browser.click("#keys").await;
        browser.until("the list is open", open).await;
        browser.click(".keys-letters input").await;
        browser.press("#keys-list", ESCAPE).await;
        browser.press("#reset", "t").await;
        rest(browser).await;
        assert_eq!(browser.query().await, "?v=1&theme=light");
        // Keys with Ctrl are no single letters.
        browser.press("#control-dies", "\u{E014}").await;
        rest(browser).await;
        assert_ne!(browser.query().await, "?v=1&theme=light");
        press_with(browser, CTRL, "z", "#reset").await;
        browser
            .until("it is taken back", "location.search === '?v=1&theme=light'")
            .await;
    });
}

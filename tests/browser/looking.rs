//! Looking: on small screens, inside another page, and at all figures.

use crate::{Browser, assert_answers, in_browser};
use serde_json::json;
use words::Lang;

/// Elements that stand out of the window on its right, the outermost first;
/// what scrolls inside its own box is no harm.
const STANDING_OUT: &str = "[...document.querySelectorAll('body *')] \
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1) \
    .slice(0, 5) \
    .map(e => e.tagName + '#' + e.id + '.' + e.getAttribute('class'))";

/// Fails where a reader would have to scroll sideways.
async fn assert_narrow_enough(browser: &Browser, what: &str) {
    let fits = browser
        .value("document.documentElement.scrollWidth <= innerWidth")
        .await;
    if fits != json!(true) {
        let width = browser
            .text("document.documentElement.scrollWidth + ' in ' + innerWidth")
            .await;
        let elements = browser.text(STANDING_OUT).await;
        panic!("{what}: sideways scrolling, {width}: {elements}");
    }
}

/// Brings each figure into sight until it is drawn.
async fn draw_figures(browser: &Browser, ids: &[&str]) {
    for id in ids {
        browser
            .value(&format!("document.querySelector('{id}').scrollIntoView()"))
            .await;
        let drawn = format!("document.querySelector('{id} svg') !== null");
        browser.until(&format!("{id} is drawn"), &drawn).await;
    }
}

const FIGURES: [&str; 15] = [
    "#figure-map",
    "#figure-sure",
    "#figure-latency",
    "#figure-roofline",
    "#figure-frontier",
    "#figure-gates",
    "#figure-failures",
    "#figure-bill",
    "#figure-watts",
    "#figure-silicon",
    "#figure-adding",
    "#figure-cost",
    "#figure-ways",
    "#figure-supply",
    "#figure-law",
];

#[test]
fn small_screens_need_no_sideways_scrolling() {
    in_browser(async |browser| {
        for width in [375, 320] {
            browser.set_width(width).await;
            for query in ["/", "/?lang=fr&v=1&p=h20&foo=1&chip=nonsense", "/?embed=1"] {
                browser.visit_app(query).await;
                let figures = if query.contains("embed") {
                    &FIGURES[..1]
                } else {
                    &FIGURES
                };
                draw_figures(browser, figures).await;
                assert_narrow_enough(browser, &format!("{query} at {width}")).await;
            }
        }
    });
}

#[test]
fn every_figure_is_drawn_with_a_finding() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        draw_figures(browser, &FIGURES).await;
        for id in FIGURES {
            let finding = browser.text_of(&format!("{id} figcaption")).await;
            assert!(finding.len() > 10, "{id} says what it shows: {finding:?}");
            browser.click(&format!("{id} summary")).await;
            let table = format!("document.querySelectorAll('{id} tbody tr').length > 1");
            browser
                .until(&format!("{id} has its numbers in a table"), &table)
                .await;
        }
    });
}

#[test]
fn inside_another_page_there_is_no_navigation() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3&embed=1").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        for selector in ["header", "nav", "#lang-fr", "#reset"] {
            assert!(
                !browser.shows(selector).await,
                "{selector} is for the page on its own"
            );
        }
        let link = browser.text("document.querySelector('a[target=_blank][href*=\"dies=3\"]')?.getAttribute('href')").await;
        assert!(
            link.contains("dies=3") && !link.contains("embed"),
            "the way out: {link}"
        );
        browser.press("#control-dies", "\u{E014}").await;
        browser
            .until(
                "the frame's own address follows",
                "location.search === '?v=1&dies=4&embed=1'",
            )
            .await;
    });
}

#[test]
fn the_slider_says_what_it_means() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let unnamed = "[...document.querySelectorAll('input, select, button')] \
            .filter(e => !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label') \
                || e.getAttribute('aria-labelledby'))) \
            .map(e => e.outerHTML.slice(0, 80))";
        assert_eq!(
            browser.value(unnamed).await,
            json!([]),
            "controls without a name"
        );
        let spoken = browser
            .text("document.querySelector('#control-dies').getAttribute('aria-valuetext')")
            .await;
        assert!(spoken.contains('2'), "{spoken}");
    });
}

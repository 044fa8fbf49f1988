//! Fingers, small windows, text set wider: WCAG 2.2 on targets, reflow and
//! spacing, with everything open that can be.

use crate::driver::{Browser, PATIENCE};
use crate::{assert_none, in_browser};

/// Links to look at: the page with a notice, a second scenario and a custom chip,
/// a foreign chip, and the page inside another one.
const LINKS: [&str; 3] = [
    "/?v=1&chip=custom&llm=custom&foo=1&date=2024-02-03&b.dies=4",
    "/?v=1&p=h20&lang=fr",
    "/?v=1&foo=1&embed=1&b.dies=4&lang=fr",
];

/// What one figure's table holds another's does too, and one row another's.
const LIKE_OTHERS: &str = ".figure:not(#figure-map) summary, tr:nth-child(n+20) summary";

/// What the page answers to one of the questions of the script.
async fn asked(browser: &Browser, question: &str, of: &str) -> Vec<String> {
    let ask = format!(
        "window.answered = undefined; \
         Promise.resolve(fit.{question}()).then((answer) => window.answered = answer)"
    );
    browser.run(&ask).await;
    browser
        .within(PATIENCE, question, "Array.isArray(window.answered)")
        .await;
    let answer = browser.value("window.answered").await;
    let complaints: Vec<String> = serde_json::from_value(answer).expect("a list of texts");
    let tell = |complaint| format!("{of}: {complaint}");
    complaints.into_iter().map(tell).collect()
}

/// Opens a link with everything that can be opened, and draws all of it.
async fn open(browser: &Browser, link: &str, but: &str) {
    browser.visit_app(link).await;
    browser.open_all_but(but).await;
    browser.walk().await;
    browser.run(include_str!("scripts/fit.js")).await;
}

#[test]
fn everything_can_be_met_with_a_finger() {
    in_browser(async |browser| {
        browser.set_width(375).await;
        let mut complaints = Vec::new();
        for link in LINKS {
            open(browser, link, LIKE_OTHERS).await;
            complaints.extend(asked(browser, "targets", link).await);
        }
        assert_none(&complaints);
    });
}

#[test]
fn a_window_of_320_by_256_loses_nothing() {
    in_browser(async |browser| {
        // 1280 × 1024 at 400 %.
        browser.set_size(320, 256).await;
        let mut complaints = Vec::new();
        for link in LINKS {
            open(browser, link, "none").await;
            for question in ["sideways", "clipped", "sticky"] {
                complaints.extend(asked(browser, question, link).await);
            }
        }
        assert_none(&complaints);
    });
}

#[test]
fn text_set_wider_loses_nothing() {
    in_browser(async |browser| {
        let mut complaints = Vec::new();
        for width in [320, 1280] {
            browser.set_width(width).await;
            for link in LINKS {
                open(browser, link, "none").await;
                browser.run("fit.space()").await;
                browser.walk().await;
                for question in ["sideways", "clipped"] {
                    let of = format!("{link} at {width}");
                    complaints.extend(asked(browser, question, &of).await);
                }
            }
        }
        assert_none(&complaints);
    });
}

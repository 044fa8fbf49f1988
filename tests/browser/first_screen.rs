//! What a reader sees without scrolling, from a telephone to a desk.

use crate::{ANSWERS, Browser, in_browser};

/// Windows, and whether the map is wholly in them.
const WINDOWS: [(u32, u32, bool); 3] = [(375, 812, false), (768, 1024, true), (1280, 800, true)];

/// Fails unless the element stands inside the window, down to that edge of it.
async fn assert_in_window(browser: &Browser, selector: &str, edge: &str, what: &str) {
    let place = format!(
        "(() => {{ const b = document.querySelector('{selector}').getBoundingClientRect(); \
         return b.height > 0 && b.top >= 0 && b.{edge} <= innerHeight ? 'in' \
         : `from ${{b.top}} to ${{b.bottom}} of ${{innerHeight}}`; }})()"
    );
    let place = browser.text(&place).await;
    assert_eq!(place, "in", "{what}: {selector}");
}

#[test]
fn question_levers_and_answers_stand_on_the_first_screen() {
    in_browser(async |browser| {
        for (width, height, whole_map) in WINDOWS {
            browser.set_size(width, height).await;
            for query in ["/", "/?lang=fr"] {
                browser.visit_app(query).await;
                let what = format!("{query} at {width} by {height}");
                browser
                    .until(
                        "the map is drawn",
                        "document.querySelector('#figure-map svg') !== null",
                    )
                    .await;
                for selector in ["h1", "#control-date", "#control-node", "#control-dies"] {
                    assert_in_window(browser, selector, "bottom", &what).await;
                }
                for answer in ANSWERS {
                    for part in ["h2", ".headline", ".reason"] {
                        let part = format!("{answer} {part}");
                        assert_in_window(browser, &part, "bottom", &what).await;
                    }
                }
                assert_in_window(browser, "#figure-map h2", "bottom", &what).await;
                if whole_map {
                    assert_in_window(browser, "#figure-map svg", "bottom", &what).await;
                }
            }
        }
    });
}

#[test]
fn inside_another_page_an_answer_stands_in_480_pixels() {
    in_browser(async |browser| {
        for width in [375, 700, 1280] {
            browser.set_size(width, 480).await;
            browser.visit_app("/?embed=1&lang=fr").await;
            let what = format!("embedded at {width}");
            for part in [".headline", ".reason"] {
                let part = format!("{} {part}", ANSWERS[0]);
                assert_in_window(browser, &part, "bottom", &what).await;
            }
        }
        // What the chip's own numbers are made of opens there, too.
        let how = "#explain-chip-how";
        browser
            .value(&format!(
                "document.querySelector('{how}').scrollIntoView({{block: 'center'}})"
            ))
            .await;
        browser.click(how).await;
        browser
            .until(
                "it opens",
                "document.querySelectorAll('#explain-chip .values').length > 0",
            )
            .await;
    });
}

#[test]
fn what_was_folded_away_on_a_telephone_comes_with_a_number() {
    in_browser(async |browser| {
        browser.set_size(375, 812).await;
        browser.visit_app("/").await;
        let parts = ["#answer-training .gates", "#answer-training .detail"];
        for part in parts {
            assert!(!browser.shows(part).await, "{part} is folded away");
        }
        browser.click("#explain-training-number").await;
        for part in parts {
            assert!(browser.shows(part).await, "{part} is there");
        }
    });
}

//! Moving a lever: the answer follows, the address follows, and both come back.

use crate::{Browser, assert_answers, in_browser};
use serde_json::json;
use std::time::Duration;
use words::Lang;

/// The arrow to the right, as WebDriver writes it.
const RIGHT: &str = "\u{E014}";
/// How long the address may take to follow.
const SOON: Duration = Duration::from_secs(2);

/// Waits until the address says so.
async fn until_query(browser: &Browser, query: &str) {
    let expression = format!("location.search === '{query}'");
    browser
        .within(SOON, "the address follows", &expression)
        .await;
}

#[test]
fn a_step_of_the_die_slider_moves_answer_and_address() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        browser.press("#control-dies", RIGHT).await;
        until_query(browser, "?v=1&dies=3").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        let dies = browser
            .text("document.querySelector('#control-dies-number').value")
            .await;
        assert_eq!(dies, "3", "the number beside the slider follows");
        browser
            .until(
                "the news is told",
                "document.querySelector('#live').textContent !== ''",
            )
            .await;

        browser.reload().await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        assert_eq!(browser.query().await, "?v=1&dies=3");
    });
}

#[test]
fn a_number_typed_counts_like_the_slider() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        // Backspaces first: the field holds a number already.
        browser
            .press("#control-dies-number", "\u{E010}\u{E003}\u{E003}8\u{E007}")
            .await;
        until_query(browser, "?v=1&dies=8").await;
        assert_answers(browser, Lang::En, "v=1&dies=8").await;
    });
}

#[test]
fn a_number_out_of_bounds_says_so_and_the_nearest_is_taken() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&fund=50").await;
        // The nine goes behind the 50.
        browser
            .press("#control-fund-number", "\u{E010}9\u{E007}")
            .await;
        until_query(browser, "?v=1&fund=100").await;
        let said = "document.querySelector('#control-fund-number').parentElement.innerText";
        let said = browser.text(said).await;
        assert!(said.contains("509") && said.contains("100"), "{said}");
        // Another number, and the message is gone.
        browser
            .press("#control-fund-number", "\u{E010}\u{E003}\u{E007}")
            .await;
        until_query(browser, "?v=1&fund=10").await;
        let said = "document.querySelector('#control-fund-number').parentElement.innerText";
        assert!(!browser.text(said).await.contains("509"));
    });
}

#[test]
fn reset_starts_anew_and_back_undoes_it() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        browser.press("#control-dies", RIGHT).await;
        until_query(browser, "?v=1&dies=3").await;
        browser.click("#reset").await;
        until_query(browser, "").await;
        assert_answers(browser, Lang::En, "").await;
        browser.back().await;
        until_query(browser, "?v=1&dies=3").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
    });
}

#[test]
fn another_language_keeps_the_scenario() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3").await;
        browser.click("#lang-fr").await;
        assert_answers(browser, Lang::Fr, "v=1&dies=3").await;
        until_query(browser, "?v=1&dies=3&lang=fr").await;
        assert_eq!(browser.text("document.documentElement.lang").await, "fr");
        browser.click("#lang-en").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
    });
}

#[test]
fn a_cell_of_the_map_can_be_taken() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let map = "document.querySelector('#figure-map')";
        browser
            .value(&format!("{map}.scrollIntoView({{block: 'center'}})"))
            .await;
        let cells = "document.querySelectorAll('#figure-map g.cell[data-col][data-row]')";
        browser
            .until("the map is drawn", &format!("{cells}.length > 20"))
            .await;
        let middle = browser
            .value(
                "(r => [r.left + r.width / 2, r.top + r.height / 2])\
                 (document.querySelector('#figure-map g.cell[data-col=\"0\"][data-row=\"1\"]')\
                     .getBoundingClientRect())",
            )
            .await;
        let at = |i: usize| middle[i].as_f64().expect("a place");
        browser.click_at(at(0), at(1)).await;
        let moved = "/[?&](node|dies)=/.test(location.search)";
        browser
            .within(SOON, "the address says what was taken", moved)
            .await;
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;
    });
}

#[test]
fn other_peoples_pairs_stay_in_the_address() {
    in_browser(async |browser| {
        browser.visit_app("/?utm_source=letter&v=1&dies=2").await;
        browser.press("#control-dies", RIGHT).await;
        until_query(browser, "?v=1&dies=3&utm_source=letter").await;
    });
}

#[test]
fn fast_hands_do_not_exhaust_the_history() {
    in_browser(async |browser| {
        let count = "window.replaced = 0; const real = history.replaceState; \
                     history.replaceState = function () { window.replaced++; return real.apply(this, arguments); };";
        browser
            .devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": count }),
            )
            .await;
        browser.visit_app("/").await;
        let before = browser.value("history.length").await;
        let hands = "(() => { \
            const slider = document.querySelector('#control-dies'); \
            let left = 500; \
            const timer = setInterval(() => { \
                slider.value = left % 2 ? slider.min : slider.max; \
                slider.dispatchEvent(new Event('input', { bubbles: true })); \
                if (--left === 0) { clearInterval(timer); window.rested = true; } \
            }, 8); \
        })()";
        browser.value(hands).await;
        let rested = "window.rested === true";
        browser
            .within(Duration::from_secs(25), "the hands rest", rested)
            .await;
        browser
            .within(SOON, "the address follows", "location.search !== ''")
            .await;
        // One call 300 ms after the other would be slow enough; a tenth of that is.
        let replaced = browser
            .value("window.replaced")
            .await
            .as_u64()
            .unwrap_or(u64::MAX);
        assert!(
            (1..100).contains(&replaced),
            "{replaced} calls for 500 moves"
        );
        assert_eq!(
            browser.value("history.length").await,
            before,
            "no step to go back"
        );
        let query = browser.query().await;
        assert_answers(browser, Lang::En, &query).await;
    });
}

#[test]
fn b_is_kept_beside_and_goes_with_the_link() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        browser.click("#compare-pin").await;
        browser.press("#control-dies", "\u{E014}").await;
        browser
            .until(
                "the link carries both",
                "location.search === '?v=1&dies=3&b.p=article'",
            )
            .await;
        let versus = "document.querySelector('#answer-inference .versus').textContent";
        browser
            .until(
                "the difference is said",
                &format!("{versus}.startsWith('B: ')"),
            )
            .await;
        let line = "document.querySelector('.beside .other').textContent";
        assert!(
            browser
                .text(line)
                .await
                .ends_with("Dies per chip: 2 instead of 3.")
        );
        let said = browser.text(versus).await;
        browser.visit_app("/?v=1&dies=3&b.p=article").await;
        browser
            .until("a link opens with both", &format!("{versus} === {said:?}"))
            .await;
        browser.click("#compare-swap").await;
        assert_answers(browser, Lang::En, "v=1").await;
        browser.click("#compare-drop").await;
        browser
            .until(
                "B is gone from the link",
                "!location.search.includes('b.') && !document.querySelector('#compare-swap')",
            )
            .await;
    });
}

#[test]
fn figures_show_b_while_it_is_there() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&lang=en").await;
        let caption = "document.querySelector('#figure-map figcaption').textContent";
        let svg = "document.querySelector('#figure-map svg')";
        let drawn = format!("{svg}?.querySelector('.here') !== null");
        browser.until("the map is drawn", &drawn).await;
        let alone = browser.text(caption).await;
        browser.click("#compare-pin").await;
        let same = Lang::En.text("figure.versus.same");
        browser
            .until(
                "B draws the same",
                &format!("{caption}.endsWith({same:?}) && {svg}.querySelector('.other') !== null"),
            )
            .await;
        browser.press("#control-dies", RIGHT).await;
        browser
            .until(
                "the difference is said",
                &format!("/ B \\(.*than A\\.$/.test({caption})"),
            )
            .await;
        browser.press("#control-dies", "\u{E012}").await;
        browser.click("#compare-drop").await;
        browser
            .until(
                "B is gone from the map",
                &format!("{caption} === {alone:?} && {svg}.querySelector('.other') === null"),
            )
            .await;
    });
}

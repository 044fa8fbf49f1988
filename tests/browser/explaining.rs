//! Asking where a number comes from, and what a word means.

use crate::{Browser, in_browser};
use serde_json::json;
use sim::outcome::simulate;
use words::Lang;
use words::explain::{Subject, explain};
use words::stories::{Passage, Piece};

/// The key that closes things, and the one that presses a button.
const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

async fn show(browser: &Browser, selector: &str) {
    let scroll =
        format!("document.querySelector('{selector}').scrollIntoView({{block: 'center'}})");
    browser.value(&scroll).await;
}

/// Values put in, as the page should show them for that link.
fn values(lang: Lang, subjects: &[Subject], query: &str) -> Vec<String> {
    let scenario = sim::link::read(query).state.scenario();
    let outcome = simulate(&scenario);
    subjects
        .iter()
        .filter_map(|subject| explain(lang, *subject, &scenario, &outcome))
        .flat_map(|explanation| explanation.steps)
        .map(|step| format!("= {}", step.values))
        .collect()
}

/// Waits until the panel puts in the values that follow from the link.
async fn assert_values(browser: &Browser, panel: &str, expected: &[String]) {
    let shown = format!(
        "JSON.stringify([...document.querySelectorAll('{panel} .values')].map(e => e.textContent))"
    );
    let expected = serde_json::to_string(expected).expect("texts are JSON");
    browser
        .until(
            &format!("{panel} puts in {expected}"),
            &format!("{shown} === JSON.stringify({expected})"),
        )
        .await;
}

#[test]
fn a_click_on_a_number_opens_its_formula_with_the_values_put_in() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3&lang=fr").await;
        for (i, name) in ["inference", "training", "energy"].into_iter().enumerate() {
            let panel = format!("#explain-{name}");
            let number = format!("{panel}-number");
            assert!(!browser.shows(&panel).await, "{panel} is closed at first");
            show(browser, &number).await;
            browser.click(&number).await;
            let expected = values(Lang::Fr, Subject::ANSWERS[i], "v=1&dies=3");
            assert!(!expected.is_empty());
            assert_values(browser, &panel, &expected).await;
            let sources = format!("document.querySelectorAll('{panel} .from a[href]').length > 0");
            browser.until("there are sources", &sources).await;
            let expanded = format!(
                "[...document.querySelectorAll('[aria-controls=explain-{name}]')] \
                    .every(e => e.getAttribute('aria-expanded') === 'true')"
            );
            browser.until("both buttons say so", &expanded).await;
        }
    });
}

#[test]
fn an_open_formula_follows_the_choices() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3").await;
        show(browser, "#explain-chip-how").await;
        browser.click("#explain-chip-how").await;
        let expected = values(Lang::En, Subject::CHIP, "v=1&dies=3");
        assert_values(browser, "#explain-chip", &expected).await;
        browser.press("#control-dies", "\u{E014}").await;
        let expected = values(Lang::En, Subject::CHIP, "v=1&dies=4");
        assert_values(browser, "#explain-chip", &expected).await;
    });
}

#[test]
fn the_keyboard_opens_and_closes_a_formula_and_comes_back() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        for button in ["#explain-training-number", "#explain-training-how"] {
            browser.press(button, ENTER).await;
            browser
                .until(
                    "it is open",
                    "document.querySelectorAll('#explain-training .values').length > 3",
                )
                .await;
            browser.press("#explain-training .quiet", ESCAPE).await;
            browser
                .until(
                    "it is closed, and the keyboard where it was",
                    &format!(
                        "document.querySelector('#explain-training').hidden \
                         && document.activeElement === document.querySelector('{button}')"
                    ),
                )
                .await;
            let left = "document.querySelectorAll('.values').length";
            assert_eq!(browser.value(left).await, json!(0), "nothing is kept");
        }
    });
}

#[test]
fn a_number_is_a_target_for_a_finger_and_fits_a_small_screen() {
    in_browser(async |browser| {
        browser.set_width(320).await;
        browser.visit_app("/?lang=fr").await;
        for button in ["#explain-training-number", "#explain-chip-how"] {
            // Its own box is as low as its text; what is around it is its own too.
            let height = format!(
                "parseFloat(getComputedStyle(document.querySelector('{button}'), '::after').height)"
            );
            let tall = format!("Math.round({height}) >= 44");
            browser.until(&format!("{button} is tall"), &tall).await;
        }
        for (id, button) in [
            ("chip", "how"),
            ("inference", "number"),
            ("training", "number"),
            ("energy", "number"),
        ] {
            let button = format!("#explain-{id}-{button}");
            show(browser, &button).await;
            browser.click(&button).await;
            let open = format!("document.querySelectorAll('#explain-{id} .values').length > 0");
            browser.until(&format!("{id} is open"), &open).await;
        }
        let fits = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(
            browser.value(fits).await,
            json!(true),
            "no sideways scrolling"
        );
    });
}

#[test]
fn the_glossary_comes_when_it_is_opened_and_finds_a_term() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        let terms = "document.querySelectorAll('#glossary dt').length";
        assert_eq!(browser.value(terms).await, json!(0));
        show(browser, "#glossary > details > summary").await;
        browser.click("#glossary > details > summary").await;
        let all = words::glossary::terms(Lang::Fr).len();
        let every = format!("{terms} === {all}");
        browser.until("every term is there", &every).await;
        // Accents and capitals do not matter.
        browser.press("#glossary-search", "DENSITE DE P").await;
        browser
            .until(
                "one term is left",
                &format!("{terms} === 1 && document.querySelector('#term-density') !== null"),
            )
            .await;
        browser.press("#glossary-search", "zzz").await;
        browser
            .until(
                "that nothing is found is said",
                "document.querySelector('#glossary [role=status]').textContent.length > 5",
            )
            .await;
    });
}

#[test]
fn a_number_in_a_story_opens_the_formula_of_its_own_scene() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3").await;
        show(browser, "#story-heat").await;
        let passage = Passage::of("heat").expect("there is such a story");
        let pieces = passage.tell(Lang::En, &passage.states()).pieces;
        let (at, origin) = pieces
            .iter()
            .enumerate()
            .find_map(|(at, piece)| match piece {
                Piece::Result(_, origin) if !origin.subjects.is_empty() => Some((at, *origin)),
                _ => None,
            })
            .expect("a number is explained");
        let number = format!("#story-heat-how-{at}");
        let there = format!("document.querySelector('{number}') !== null");
        browser.until("the story is told", &there).await;
        browser.press(&number, ENTER).await;
        let expected: Vec<String> = passage
            .explain(Lang::En, &passage.states(), origin)
            .into_iter()
            .flat_map(|explanation| explanation.steps)
            .map(|step| format!("= {}", step.values))
            .collect();
        assert!(!expected.is_empty());
        assert_values(browser, "#story-heat-how", &expected).await;
        browser.press(&number, ESCAPE).await;
        assert!(!browser.shows("#story-heat-how").await);
        let focus = "document.activeElement.id";
        browser
            .until(
                "the keyboard is back",
                &format!("'#' + {focus} === '{number}'"),
            )
            .await;
    });
}

#[test]
fn under_a_figure_stand_its_formulas() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3").await;
        show(browser, "#figure-cost").await;
        browser.click("#figure-cost summary").await;
        let expected = values(Lang::En, figures::explains("figure-cost"), "v=1&dies=3");
        assert!(!expected.is_empty());
        assert_values(browser, "#figure-cost", &expected).await;
    });
}

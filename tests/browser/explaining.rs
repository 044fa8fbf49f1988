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

/// The number in that row and column of the figure's table, of those choices: the
/// values that its formula puts in, and the names of row and column.
fn cell(query: &str, id: &str, row: usize, column: usize) -> (Vec<String>, String) {
    let link = sim::link::read(query);
    let state = link.state;
    let (scenario, beside) = (state.scenario(), link.other);
    let outcome = simulate(&scenario);
    let b = beside.as_ref().map(|state| {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        (state, scenario, outcome)
    });
    let case = |state, scenario, outcome| figures::Case {
        state,
        scenario,
        outcome,
    };
    let other = b
        .as_ref()
        .map(|(state, scenario, outcome)| case(*state, scenario, outcome));
    let all = figures::all(Lang::En, &state, beside.as_ref(), 640);
    let figure = all.iter().find(|figure| figure.id == id);
    let table = &figure.expect("there is such a figure").table;
    let name = format!("{}, {}", &*table.rows[row][0], table.head[column]);
    let origin = table.rows[row][column].origin.expect("it is explained");
    let explanation = origin.explain(Lang::En, case(&state, &scenario, &outcome), other);
    let steps = explanation.expect("it has a formula").steps;
    let values = steps.iter().map(|step| format!("= {}", step.values));
    (values.collect(), name)
}

/// Opens the figure's table and goes to the number in that row and column.
async fn table_button(browser: &Browser, id: &str, row: usize, column: usize) -> String {
    show(browser, &format!("#{id}")).await;
    let summary = format!("#{id} summary");
    let drawn = format!("document.querySelector('#{id} svg') !== null");
    browser.until("it is drawn", &drawn).await;
    show(browser, &summary).await;
    browser.click(&summary).await;
    let button = format!("#{id}-{row}-{column}");
    let there = format!("document.querySelector('{button}') !== null");
    browser.until("the number is there", &there).await;
    show(browser, &button).await;
    button
}

#[test]
fn a_number_of_another_chip_opens_that_chips_values() {
    in_browser(async |browser| {
        let query = "v=1&dies=3&b.dies=4";
        browser.visit_app(&format!("/?{query}")).await;
        // A system of the cast, and B.
        for row in [2, 1] {
            let (expected, name) = cell(query, "figure-bill", row, 3);
            assert!(expected.len() > 1);
            if row == 2 {
                table_button(browser, "figure-bill", row, 3).await;
            }
            let button = format!("#figure-bill-{row}-3");
            browser.click(&button).await;
            assert_values(browser, "#figure-bill-explained", &expected).await;
            let heading = browser.text_of("#figure-bill-explained h3").await;
            assert_eq!(heading, name);
            let expanded = "[...document.querySelectorAll('#figure-bill td [aria-expanded=true]')] \
                .map(e => '#' + e.id).join()";
            assert_eq!(browser.text(expanded).await, button, "one is open");
            let label = browser
                .text(&format!("document.querySelector('{button}').ariaLabel"))
                .await;
            let text = browser.text_of(&button).await;
            assert!(label.starts_with(&text) && label.contains(&name), "{label}");
        }
        browser.click("#figure-bill-1-3").await;
        let closed = "document.querySelector('#figure-bill-explained') === null";
        browser.until("pressed again it closes", closed).await;
    });
}

#[test]
fn the_keyboard_opens_a_number_of_a_table_and_comes_back() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3").await;
        for (id, row, column) in [("figure-latency", 0, 2), ("figure-map", 2, 3)] {
            let button = table_button(browser, id, row, column).await;
            let (expected, _) = cell("v=1&dies=3", id, row, column);
            browser.press(&button, ENTER).await;
            let panel = format!("#{id}-explained");
            assert_values(browser, &panel, &expected).await;
            browser.press(&format!("{panel} .quiet"), ESCAPE).await;
            browser
                .until(
                    "it is closed, and the keyboard where it was",
                    &format!(
                        "document.querySelector('{panel}') === null \
                         && document.activeElement === document.querySelector('{button}')"
                    ),
                )
                .await;
        }
    });
}

#[test]
fn a_formula_stands_right_under_its_row_and_its_end_is_in_reach() {
    in_browser(async |browser| {
        for width in [1280, 375] {
            browser.set_width(width).await;
            browser.visit_app("/?v=1&dies=3&lang=fr").await;
            let button = table_button(browser, "figure-supply", 6, 1).await;
            browser.click(&button).await;
            let panel = "document.querySelector('#figure-supply-explained')";
            let under = format!(
                "{panel}?.closest('tr').previousElementSibling \
                 === document.querySelector('{button}').closest('tr')"
            );
            browser.until("it stands under its row", &under).await;
            let seen = format!(
                "(() => {{ const all = {panel}.getBoundingClientRect(), \
                    row = document.querySelector('{button}').getBoundingClientRect(); \
                    return all.left >= 0 && all.right <= innerWidth \
                        && all.width > Math.min(innerWidth / 3, 300) \
                        && row.top >= 0 && all.top < innerHeight / 2; }})()"
            );
            browser
                .until("what was pressed is in view with it", &seen)
                .await;
            let close = "document.querySelector('#figure-supply-explained .quiet')";
            browser.value(&format!("{close}.focus()")).await;
            let clear = format!(
                "(r => document.elementFromPoint(r.left + r.width / 2, r.bottom - 1) === {close})\
                 ({close}.getBoundingClientRect())"
            );
            browser.until("nothing lies over its end", &clear).await;
            browser
                .press("#figure-supply-explained .quiet", ENTER)
                .await;
            let back = format!(
                "{panel} === null && (b => b === document.activeElement \
                 && b.getBoundingClientRect().top >= 0 \
                 && b.getBoundingClientRect().bottom <= innerHeight)\
                 (document.querySelector('{button}'))"
            );
            browser.until("the number is back in view", &back).await;
        }
    });
}

#[test]
fn a_number_of_a_table_follows_the_choices_and_is_a_target_for_a_finger() {
    in_browser(async |browser| {
        browser.set_width(375).await;
        browser.visit_app("/?v=1&dies=3").await;
        let button = table_button(browser, "figure-cost", 0, 1).await;
        let height = format!("document.querySelector('{button}').getBoundingClientRect().height");
        browser
            .until("it is tall", &format!("Math.round({height}) >= 44"))
            .await;
        browser.click(&button).await;
        for dies in ["3", "4"] {
            let (expected, _) = cell(&format!("v=1&dies={dies}"), "figure-cost", 0, 1);
            if dies == "4" {
                browser.press("#control-dies", "\u{E014}").await;
                // What is above it has moved it by then.
                let said = "location.search.includes('dies=4')";
                browser.until("the address says it", said).await;
                show(browser, "#figure-cost").await;
            }
            assert_values(browser, "#figure-cost-explained", &expected).await;
        }
        let fits = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(browser.value(fits).await, json!(true));
    });
}

#[test]
fn the_answers_explain_bs_numbers_beside_as() {
    in_browser(async |browser| {
        browser.visit_app("/?v=1&dies=3&b.dies=4").await;
        browser.press("#explain-training-how", ENTER).await;
        let titles = "[...document.querySelectorAll('#explain-training h3')] \
            .map(e => e.textContent[0]).join('')";
        browser
            .until("both are there", &format!("/^(AB)+/.test({titles})"))
            .await;
    });
}

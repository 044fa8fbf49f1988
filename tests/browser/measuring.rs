//! What the page says of its own trustworthiness, and the article in numbers.

use crate::{Browser, assert_answers, in_browser};
use sim::state::{State, Value};
use words::Lang;
use words::stories::{PASSAGES, Passage};

async fn click(browser: &Browser, selector: &str) {
    browser
        .value(&format!(
            "document.querySelector('{selector}').scrollIntoView({{block: 'center'}})"
        ))
        .await;
    browser.click(selector).await;
}

#[test]
fn the_comparison_comes_when_it_is_opened() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        let rows = "document.querySelectorAll('.trust-rows tbody tr').length";
        assert_eq!(browser.value(rows).await, serde_json::json!(0));
        click(browser, "#trust > details > summary").await;
        browser
            .until("every measurement is there", &format!("{rows} >= 227"))
            .await;
        browser
            .until(
                "the chart's points open their sources",
                "document.querySelectorAll('#parity a[href^=\"https://\"]').length > 150",
            )
            .await;
        // A row opens its scenario in the page itself.
        let link = browser
            .text("document.querySelector('.trust-rows tbody a').getAttribute('href')")
            .await;
        assert!(link.starts_with("?v=1&chip=a100-80"), "{link}");
        assert!(link.ends_with("&lang=fr"), "{link}");
        let notices = sim::link::read(&link).notices;
        assert_eq!(notices, []);
    });
}

/// An expression for the text of a story as a reader sees it.
fn told(passage: &Passage) -> String {
    format!(
        "[...document.querySelector('#story-{} > p')?.childNodes ?? []]\
           .map(n => n.matches?.('select') ? n.selectedOptions[0].text : \
             n.matches?.('.live') ? n.querySelector('.live-text').textContent : n.textContent)\
           .join('')",
        passage.id
    )
}

/// Waits until the page tells the passage of these choices.
async fn until_told(browser: &Browser, passage: &Passage, states: &[State]) {
    let story = passage.tell(Lang::En, states).text();
    let what = format!("the story {} is told", passage.id);
    browser
        .until(&what, &format!("{} === {story:?}", told(passage)))
        .await;
}

async fn scroll_to_story(browser: &Browser, passage: &Passage) {
    let id = passage.id;
    let scroll = format!("document.querySelector('#story-{id}').scrollIntoView()");
    browser.value(&scroll).await;
}

#[test]
fn stories_are_told_as_they_come_near() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        for passage in &PASSAGES {
            scroll_to_story(browser, passage).await;
            until_told(browser, passage, &passage.states()).await;
        }
    });
}

#[test]
fn a_number_in_a_story_moves_its_sentence_and_its_scenario() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let passage = Passage::of("software").expect("it is told");
        let mut states = passage.states();
        scroll_to_story(browser, passage).await;
        until_told(browser, passage, &states).await;
        let chips = "#live-software-chips";
        browser
            .value(&format!("document.querySelector('{chips}').focus()"))
            .await;
        browser.press(chips, "\u{E014}").await;
        let lever = passage.levers.iter().find(|lever| lever.key == "chips");
        let lever = lever.expect("chips can be changed");
        lever.set(&mut states, Value::Number(16_384.0));
        until_told(browser, passage, &states).await;
        let spoken = browser
            .text(&format!(
                "document.querySelector('{chips}').getAttribute('aria-valuetext')"
            ))
            .await;
        assert_eq!(spoken, "16,384");
        // The buttons beside it do the same, and leave it the keyboard.
        browser
            .value("document.querySelector('#live-software-chips').closest('.live').querySelector('.live-steps button').click()")
            .await;
        lever.set(&mut states, Value::Number(8192.0));
        until_told(browser, passage, &states).await;
        browser.press(chips, "\u{E014}").await;
        lever.set(&mut states, Value::Number(16_384.0));
        until_told(browser, passage, &states).await;

        click(
            browser,
            "#story-software .story-starts button:nth-of-type(2)",
        )
        .await;
        let opened = "p=train-8192-halfway&chips=16384";
        assert_answers(browser, Lang::En, opened).await;
        browser
            .until(
                "the address says so",
                &format!("location.search.includes('{opened}')"),
            )
            .await;
    });
}

#[test]
fn a_changed_story_keeps_its_numbers_in_another_language_and_is_printed() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let passage = Passage::of("software").expect("it is told");
        scroll_to_story(browser, passage).await;
        until_told(browser, passage, &passage.states()).await;
        let chips = "#live-software-chips";
        browser
            .value(&format!("document.querySelector('{chips}').focus()"))
            .await;
        browser.press(chips, "\u{E014}").await;
        let mut states = passage.states();
        let lever = passage.levers.iter().find(|lever| lever.key == "chips");
        lever
            .expect("chips can be changed")
            .set(&mut states, Value::Number(16_384.0));
        until_told(browser, passage, &states).await;
        browser.value("scrollTo(0, 0)").await;
        click(browser, "#lang-fr").await;
        browser.value("scrollTo(0, 0)").await;
        // Nobody scrolls to them: what is printed tells them all the same.
        browser
            .value("dispatchEvent(new Event('beforeprint'))")
            .await;
        for passage in &PASSAGES {
            let told_of = format!("{}.length > 100", told(passage));
            browser.until(passage.id, &told_of).await;
        }
        let story = passage.tell(Lang::Fr, &states).text();
        browser
            .until(
                "the change is kept",
                &format!("{} === {story:?}", told(passage)),
            )
            .await;
    });
}

#[test]
fn a_choice_in_a_story_is_a_native_list() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let passage = Passage::of("deepseek").expect("it is told");
        let mut states = passage.states();
        scroll_to_story(browser, passage).await;
        until_told(browser, passage, &states).await;
        browser
            .value(
                "(() => { const list = document.querySelector('#live-deepseek-tprec'); \
                 list.selectedIndex = 0; list.dispatchEvent(new Event('change', {bubbles: true})); })()",
            )
            .await;
        let lever = passage.levers.iter().find(|lever| lever.key == "tprec");
        lever
            .expect("the format can be changed")
            .set(&mut states, Value::Id("bf16"));
        until_told(browser, passage, &states).await;
    });
}

#[test]
fn a_layout_that_does_not_work_comes_with_one_that_does() {
    in_browser(async |browser| {
        browser
            .visit_app("/?v=1&chip=h20&chips=8&llm=deepseek-r1&tp=3&ep=256")
            .await;
        browser
            .until(
                "the nearest is named",
                "/TP 2 · PP 1|TP 4 · PP 1/.test(document.querySelector('#answer-inference .reason').textContent)",
            )
            .await;
    });
}

#[test]
fn ones_own_model_shows_what_follows_for_it() {
    in_browser(async |browser| {
        browser
            .visit_app("/?v=1&llm=custom&params=671&active=37")
            .await;
        assert_answers(browser, Lang::En, "llm=custom&params=671&active=37").await;
        let depth = "document.querySelector('#control-depth-number').value";
        browser
            .until("its depth is there", &format!("Number({depth}) > 40"))
            .await;
        // Of another model there is nothing to say.
        browser.visit_app("/").await;
        browser
            .until(
                "the part is hidden",
                "document.querySelector('#control-depth').closest('.more-part').hidden",
            )
            .await;
    });
}

#[test]
fn a_figure_is_found_changed_and_given_back() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr&p=train-8192").await;
        // Nothing lies over a field.
        click(browser, "#control-dies-number").await;
        click(browser, "#sources > details > summary").await;
        click(browser, "#figures-search").await;
        browser.press("#figures-search", "pannes").await;
        let rows = "document.querySelectorAll('.figures-in-use tbody tr').length";
        browser
            .until("the search narrows the table", &format!("{rows} === 1"))
            .await;
        let field = ".figures-in-use .own input";
        click(browser, field).await;
        browser.press(field, "\u{E009}a\u{E009}1e9\u{E007}").await;
        let refusal = "document.querySelector('.figures-in-use .refusal').textContent";
        browser
            .until(
                "a number out of bounds is answered",
                &format!("{refusal}.length > 20"),
            )
            .await;
        browser
            .until("the link carries it", "/[?&]fail=/.test(location.search)")
            .await;
        click(browser, ".figures-in-use .link").await;
        browser
            .until("it is given back", "!/[?&]fail=/.test(location.search)")
            .await;
    });
}

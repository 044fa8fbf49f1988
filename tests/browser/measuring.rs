//! What the page says of its own trustworthiness, and the article in numbers.

use crate::{Browser, assert_answers, in_browser};
use words::Lang;
use words::stories::stories;

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

#[test]
fn a_story_opens_its_scenarios() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        for story in stories(Lang::En) {
            let text = format!(
                "document.querySelector('#story-{} p')?.textContent",
                story.id
            );
            let what = format!("the story {} is told", story.id);
            browser
                .until(&what, &format!("{text} === {:?}", story.text))
                .await;
        }
        let second = "#story-training .story-starts button:nth-of-type(2)";
        click(browser, second).await;
        let opened = stories(Lang::En)
            .into_iter()
            .find(|story| story.id == "training")
            .map(|story| story.presets[1].id)
            .expect("it has presets");
        assert_answers(browser, Lang::En, &format!("p={opened}")).await;
        browser
            .until(
                "the address says so",
                &format!("location.search.includes('p={opened}')"),
            )
            .await;
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

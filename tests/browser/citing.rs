//! A link that was cited: whoever opens it on a page that answers otherwise is told
//! what it was, what it is, and what has changed.

use crate::{assert_answers, in_browser};
use serde_json::json;
use sim::catalogue::{DATA_DATE, MODEL, RELEASES};
use sim::link::{Cited, Said, read, write_cited};
use sim::outcome::simulate;
use words::Lang;
use words::cited::{since, told, written};

/// The scenario of the links.
const QUERY: &str = "v=1&dies=3";

/// What it answers here.
fn now() -> Said {
    Said::of(&simulate(&read(QUERY).state.scenario()))
}

/// A citation of that version, whose run took twice as long and whose tokens were
/// impossible.
fn otherwise(model: &str) -> Cited {
    let now = now();
    Cited {
        model: model.parse().ok(),
        said: Some(Said {
            tpot: None,
            days: now.days.map(|days| 2.0 * days),
            joules: now.joules,
        }),
        ..Cited::default()
    }
}

#[test]
fn an_old_link_says_what_it_was_what_it_is_and_what_changed() {
    in_browser(async |browser| {
        let box_ = "document.querySelector('#cited')";
        for lang in Lang::ALL {
            // An older version, a newer one, and this one with answers it never gave.
            for model in ["0.9", "99.0", &MODEL.to_string()] {
                let cited = otherwise(model);
                let link = format!("/?{QUERY}{}&lang={}", write_cited(&cited), lang.code());
                browser.visit_app(&link).await;
                assert_answers(browser, lang, QUERY).await;
                let told = told(lang, &cited, &now()).expect("there is something to say");
                assert_eq!(told.lines.len(), 3, "the version, and the two that moved");
                let items =
                    format!("[...{box_}.querySelectorAll('.cited-told > ul:first-child > li')]");
                let lines = browser
                    .value(&format!("{items}.map(item => item.textContent)"))
                    .await;
                assert_eq!(lines, json!(told.lines), "{model}");
                let changes = match told.older {
                    true => since(&written(lang), &cited),
                    false => Vec::new(),
                };
                assert_eq!(changes.is_empty(), model != "0.9");
                let changes: Vec<String> = changes
                    .iter()
                    .map(|[version, text]| format!("{version} – {text}"))
                    .collect();
                let items = format!("[...{box_}.querySelectorAll('.cited-told > p + ul > li')]");
                let shown = format!("JSON.stringify({items}.map(item => item.textContent))");
                let expected = json!(changes).to_string();
                browser
                    .until("what changed", &format!("{shown} === {expected:?}"))
                    .await;
                browser.click("#cited button").await;
                let gone = format!("{box_}.textContent === ''");
                browser.until("it is sent away", &gone).await;
                assert_answers(browser, lang, QUERY).await;
            }
        }
        assert_eq!(RELEASES[0].data, DATA_DATE);
    });
}

#[test]
fn a_link_that_is_answered_as_it_was_says_nothing() {
    in_browser(async |browser| {
        let cited = Cited::now(&simulate(&read(QUERY).state.scenario()));
        let link = format!("/?{QUERY}{}&lang=en", write_cited(&cited));
        browser.visit_app(&link).await;
        assert_eq!(browser.text_of("#cited").await, "");
        // The address bar is of now, and says nothing of then.
        let bare = format!("location.search === '?{QUERY}&lang=en'");
        browser.press("#control-dies", "\u{E014}").await;
        browser.press("#control-dies", "\u{E012}").await;
        browser.until("the address is bare", &bare).await;
    });
}

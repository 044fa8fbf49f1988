//! What the page shows before its program arrives: the default answer, in both
//! languages, as HTML.

use crate::escaped;
use sim::outcome::simulate;
use sim::state::State;
use std::fmt::Write;
use words::{Lang, sentences};

/// One `<div lang>` a language with the three answers to the default scenario.
pub fn fragment() -> String {
    let scenario = State::default().scenario();
    let outcome = simulate(&scenario);
    let mut html = String::new();
    for lang in Lang::ALL {
        let _ = write!(
            html,
            "<div lang=\"{0}\"><dl class=\"opening-answers\">",
            lang.code()
        );
        for answer in sentences::answers(lang, &scenario, &outcome) {
            let _ = write!(
                html,
                "<div><dt>{}</dt><dd><strong>{}</strong> {}</dd></div>",
                escaped(answer.question),
                escaped(&answer.headline),
                escaped(&answer.reason)
            );
        }
        html.push_str("</dl></div>\n");
    }
    html
}

//! What the page computes, what it does not, and as of when.

use crate::browser;
use leptos::prelude::*;
use sim::catalogue::{DATA_DATE, LAW_KNOWN_TO};
use words::Lang;

/// What is modelled and what is not.
#[component]
pub fn About(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let points = |list: &'static str| -> Vec<AnyView> {
        (1..=6)
            .filter_map(|i| lang.find(&["page.about.", list, &i.to_string()].concat()))
            .map(|text| view! { <li>{text}</li> }.into_any())
            .collect()
    };
    let notices = browser::mark("data-root") + "notices.txt";
    view! {
        <section id="about" class="about">
            <h2>{lang.text("page.about.title")}</h2>
            <p>{lang.text("page.about.lead")}</p>
            <h3>{lang.text("page.about.modelled")}</h3>
            <ul>{points("in")}</ul>
            <h3>{lang.text("page.about.left_out")}</h3>
            <ul>{points("out")}</ul>
            <p><a href=notices target="_blank" rel="noopener">{lang.text("page.about.notices")}</a></p>
        </section>
    }
}

/// As of when the figures and the law are known, and under which licence.
#[component]
pub fn SourceLine(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let dates = lang.fill(
        "page.dates",
        &[
            ("data", &lang.date(DATA_DATE)),
            ("law", &lang.date(LAW_KNOWN_TO)),
        ],
    );
    view! { <p class="source-line">{dates} " " {lang.text("page.licence")}</p> }
}

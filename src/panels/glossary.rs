//! The words of the field, with a field to find one.

use super::fetched::fetched;
use leptos::prelude::*;
use words::Lang;
use words::glossary::plain;

/// The glossary, behind a disclosure.
#[component]
pub fn Glossary(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let texts = [
        "page.glossary.title",
        "page.glossary.lead",
        "page.glossary.show",
    ];
    fetched(lang, "glossary", texts, searchable)
}

fn searchable(lang: Lang, html: String) -> AnyView {
    let sought = RwSignal::new(String::new());
    let found = Memo::new(move |_| kept(&html, &plain(sought.read().trim())));
    let none = move || found.with(|html| !html.contains("<dt>"));
    view! {
        <label class="glossary-search" for="glossary-search">{lang.text("page.glossary.search")}</label>
        <input type="search" id="glossary-search"
            on:input=move |event| sought.set(event_target_value(&event)) />
        <p role="status">{move || none().then(|| lang.text("page.glossary.none").to_owned())}</p>
        <div inner_html=move || found.get()></div>
    }
    .into_any()
}

/// The lines of the glossary that are no term, or one with these letters.
fn kept(html: &str, letters: &str) -> String {
    html.lines()
        .filter(|line| !line.starts_with("<div") || plain(&without_tags(line)).contains(letters))
        .collect()
}

/// The text of a line of HTML.
fn without_tags(line: &str) -> String {
    let mut inside = false;
    line.chars()
        .filter(|c| {
            let text = !inside && *c != '<';
            inside = *c == '<' || inside && *c != '>';
            text
        })
        .collect()
}

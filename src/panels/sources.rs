//! Where every figure behind the reader's choices comes from.

use crate::provenance::{Entry, Sheet};
use leptos::prelude::*;
use sim::catalogue::SourceRow;
use words::Lang;

/// The figures in use, one table a row of the catalogue, behind a disclosure.
#[component]
pub fn Sources(
    /// The language.
    lang: Lang,
    /// The figures.
    sheets: Memo<Vec<Sheet>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let tables = move || {
        // Hundreds of cells: made when somebody looks.
        let there = if open.get() { sheets.get() } else { Vec::new() };
        there
            .into_iter()
            .map(|sheet| table(lang, sheet))
            .collect::<Vec<_>>()
    };
    view! {
        <section id="sources" class="sources">
            <h2>{lang.text("page.sources.title")}</h2>
            <p>{lang.text("page.sources.lead")}</p>
            <details on:toggle=move |_| open.update(|open| *open = !*open)>
                <summary>{lang.text("page.sources.show")}</summary>
                {tables}
            </details>
        </section>
    }
}

fn table(lang: Lang, sheet: Sheet) -> AnyView {
    let rows: Vec<AnyView> = sheet
        .entries
        .into_iter()
        .map(|entry| row(lang, entry))
        .collect();
    let heads: Vec<AnyView> = ["figure", "value", "range", "tier", "source"]
        .map(|key| {
            let text = lang
                .find(&["page.sources.", key].concat())
                .unwrap_or_default();
            view! { <th scope="col">{text}</th> }.into_any()
        })
        .into();
    view! {
        <table class="figures-in-use">
            <caption>{[sheet.kind, " · ", &sheet.name].concat()}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(lang: Lang, entry: Entry) -> AnyView {
    let range = if entry.range.is_empty() {
        "—".to_owned()
    } else {
        entry.range
    };
    view! {
        <tr>
            <th scope="row">{entry.name}</th>
            <td class="value">{entry.value}</td>
            <td data-name=lang.text("page.sources.range")>{range}</td>
            <td data-name=lang.text("page.sources.tier")>{entry.tier}</td>
            <td>{entry.source.map(|source| source_link(lang, source))}</td>
        </tr>
    }
    .into_any()
}

/// The source of what nobody published: this project.
const OWN: &str = "silicon-gap";

/// A source: its title, linked where it has an address, publisher and date.
pub fn source_link(lang: Lang, source: &'static SourceRow) -> AnyView {
    let title = match source.url {
        None if source.key == OWN => {
            view! { <span>{lang.text("page.own_source")}</span> }.into_any()
        }
        Some(url) => view! { <a href=url rel="noopener">{source.title}</a> }.into_any(),
        None => view! { <cite>{source.title}</cite> }.into_any(),
    };
    let mut rest = String::new();
    for part in [source.publisher, source.published] {
        if !part.is_empty() {
            rest.push_str(", ");
            rest.push_str(part);
        }
    }
    view! { <span class="source">{title}{rest}</span> }.into_any()
}

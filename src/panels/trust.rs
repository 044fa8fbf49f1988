//! How far the simulation can be trusted: what it says of published measurements.

use super::fetched::fetched;
use leptos::prelude::*;
use words::Lang;

/// The comparison with measurements, behind a disclosure.
#[component]
pub fn Trust(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let texts = ["page.trust.title", "page.trust.lead", "page.trust.show"];
    fetched(lang, "trust", texts, |_, html| {
        view! { <div class="trust-inside" inner_html=html></div> }.into_any()
    })
}

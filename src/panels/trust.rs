//! How far the simulation can be trusted: what it says of published
//! measurements, written when the site was built and fetched when somebody asks.

use crate::browser;
use leptos::prelude::*;
use words::Lang;

/// What is there of the comparison.
#[derive(Clone, PartialEq)]
enum Comparison {
    /// Nobody asked, or it is on its way.
    NotYet,
    /// HTML of this site's own making.
    There(String),
    /// It did not come.
    Missing,
}

/// The comparison with measurements, behind a disclosure.
#[component]
pub fn Trust(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let comparison = RwSignal::new(Comparison::NotYet);
    let ask = move |event: leptos::ev::Event| {
        if browser::is_open(&event) && !matches!(comparison.get(), Comparison::There(_)) {
            comparison.set(Comparison::NotYet);
            let name = ["trust.", lang.code(), ".html"].concat();
            browser::read_text(&name, move |text| {
                comparison.try_update(|held| {
                    *held = text.map_or(Comparison::Missing, Comparison::There);
                });
            });
        }
    };
    let inside = move || match comparison.get() {
        Comparison::There(html) => {
            view! { <div class="trust-inside" inner_html=html></div> }.into_any()
        }
        Comparison::Missing => {
            view! { <p role="alert">{lang.text("page.trust.missing")}</p> }.into_any()
        }
        Comparison::NotYet => view! { <p>{lang.text("page.trust.coming")}</p> }.into_any(),
    };
    view! {
        <section id="trust" class="trust">
            <h2>{lang.text("page.trust.title")}</h2>
            <p>{lang.text("page.trust.lead")}</p>
            <details on:toggle=ask>
                <summary>{lang.text("page.trust.show")}</summary>
                {inside}
            </details>
        </section>
    }
}

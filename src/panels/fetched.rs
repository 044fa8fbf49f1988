//! A part of the page that was written when the site was built, behind a
//! disclosure: fetched when somebody opens it.

use crate::browser;
use leptos::prelude::*;
use words::Lang;

/// What is there of it.
#[derive(Clone, PartialEq)]
enum Part {
    /// Nobody asked, or it is on its way.
    NotYet,
    /// HTML of this site's own making.
    There(String),
    /// It did not come.
    Missing,
}

/// The file of a part.
pub fn file(name: &str, lang: Lang) -> String {
    [name, ".", lang.code(), ".html"].concat()
}

/// The part of that name (`NAME.LANG.html`), with the keys of its title, of its
/// lead and of what opens it, and how its HTML is shown.
pub fn fetched(
    lang: Lang,
    name: &'static str,
    [title, lead, show]: [&str; 3],
    shown: fn(Lang, String) -> AnyView,
) -> AnyView {
    let part = RwSignal::new(Part::NotYet);
    let ask = move |event: leptos::ev::Event| {
        if browser::is_open(&event) && !matches!(part.get(), Part::There(_)) {
            part.set(Part::NotYet);
            browser::read_text(&file(name, lang), move |text| {
                part.try_update(|held| {
                    *held = text.map_or(Part::Missing, Part::There);
                });
            });
        }
    };
    let inside = move || match part.get() {
        Part::There(html) => shown(lang, html),
        Part::Missing => view! { <p role="alert">{lang.text("page.missing")}</p> }.into_any(),
        Part::NotYet => view! { <p>{lang.text("page.coming")}</p> }.into_any(),
    };
    view! {
        <section id=name class="fetched">
            <h2>{lang.text(title).to_owned()}</h2>
            <p>{lang.text(lead).to_owned()}</p>
            <details on:toggle=ask>
                <summary>{lang.text(show).to_owned()}</summary>
                {inside}
            </details>
        </section>
    }
    .into_any()
}

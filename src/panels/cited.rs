//! What a link that was cited from another version says otherwise than this page.

use crate::browser;
use crate::session::Session;
use leptos::prelude::*;
use words::Lang;
use words::cited::{since, told};

/// The notice, until the reader sends it away; nothing for a link of this version.
/// It speaks of the answers as the link was opened.
#[component]
pub fn CitedLink(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let shown = move || {
        let (cited, now) = session.cited.get()?;
        let told = told(lang, &cited, &now)?;
        let lines: Vec<AnyView> = told
            .lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> }.into_any())
            .collect();
        let changes = RwSignal::new(Vec::new());
        if told.older {
            let edition = browser::mark("data-texts");
            let name = ["changes.", lang.code(), ".txt?", &edition].concat();
            browser::read_text(&name, move |file| {
                changes.try_set(file.map_or_else(Vec::new, |file| since(&file, &cited)));
            });
        }
        let list = move || {
            let entry = |[version, text]: [String; 2]| {
                view! { <li><b>{version}</b>" – "{text}</li> }.into_any()
            };
            let list: Vec<AnyView> = changes.get().into_iter().map(entry).collect();
            (!list.is_empty()).then(|| {
                view! { <p>{lang.text("page.keep.changed")}</p><ul>{list}</ul> }.into_any()
            })
        };
        let box_ = view! {
            <div class="notices-box">
                <div class="cited-told"><ul>{lines}</ul>{list}</div>
                <button type="button" class="quiet" on:click=move |_| session.cited.set(None)>
                    {lang.text("page.dismiss")}
                </button>
            </div>
        };
        Some(box_.into_any())
    };
    view! { <div id="cited" class="notices" role="status">{shown}</div> }
}

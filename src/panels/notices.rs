//! What the link said that was not taken as it stood.

use crate::session::Session;
use leptos::prelude::*;
use words::Lang;

/// The notices, until the reader sends them away.
#[component]
pub fn Notices(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let entries = move || {
        session.notices.with(|notices| {
            notices
                .iter()
                .map(|notice| {
                    view! { <li>{words::notices::sentence(lang, notice)}</li> }.into_any()
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div id="notices" class="notices" role="status">
            <div class="notices-box" hidden=move || session.notices.with(Vec::is_empty)>
                <ul>{entries}</ul>
                <button type="button" class="quiet"
                    on:click=move |_| session.notices.set(Vec::new())>
                    {lang.text("page.dismiss")}
                </button>
            </div>
        </div>
    }
}

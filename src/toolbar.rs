//! The head of the page: where to start from, undo and redo, the link to what is
//! on screen, colours, languages.

use crate::browser;
use crate::history::{History, Way};
use crate::phrases;
use crate::session::Session;
use crate::texts;
use crate::widgets::{Choice, Group};
use leptos::prelude::*;
use sim::catalogue::PRESETS;
use sim::state::State;
use std::time::Duration;
use words::Lang;

/// An arrow that turns back; redo is its mirror image.
const TURN: &str = "<path d='M5 7.5h7a4.25 4.25 0 0 1 0 8.5H7M8.5 4 5 7.5 8.5 11'/>";
/// An arrow back to a bar.
const START: &str = "<path d='M4.5 5v10M16 10H8.5M11.5 6.5 8 10l3.5 3.5'/>";
/// Two links of a chain.
const CHAIN: &str = "<path d='M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5L10 5M11.5 8.5a3.5 3.5 0 0 0-5 0L4 11a3.5 3.5 0 0 0 5 5l1-1'/>";

fn sign(path: &'static str) -> AnyView {
    view! {
        <svg class="sign-drawn" viewBox="0 0 20 20" aria-hidden="true" inner_html=path></svg>
    }
    .into_any()
}

/// Where to start from, a step back and forth, back to the start, and the link to
/// what is on screen.
#[component]
pub fn Tools(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// Its steps.
    history: History,
    /// Starts from some choices.
    start: Callback<State>,
    /// What listeners hear.
    news: RwSignal<String>,
) -> impl IntoView {
    // The link in a field, where the browser does not let us copy it.
    let by_hand = RwSignal::new(None::<String>);
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let address = browser::address_with(&session.query_to_cite());
        browser::copy(address.clone(), move |done| {
            copied.set(done);
            by_hand.set((!done).then_some(address));
            if done {
                news.set(lang.text("page.copied").to_owned());
                browser::after(Duration::from_secs(3), move || copied.set(false));
            }
        });
    };
    let preset = Memo::new(move |_| session.state.with(|state| state.preset().id.to_owned()));
    let entries = PRESETS
        .iter()
        .map(|row| (row.id.to_owned(), phrases::preset_name(lang, row)))
        .collect();
    let groups = vec![Group {
        name: String::new(),
        entries,
    }];
    let on_choice = Callback::new(move |id: String| {
        if let Some(row) = sim::catalogue::preset(&id) {
            start.run(State::of_preset(row));
        }
    });
    view! {
        <div class="tools">
            <label for="preset">{lang.text("page.start")}</label>
            <Choice id="preset".to_owned() groups=groups value=preset on_choice=on_choice />
            {step(lang, history, Way::Back)}
            {step(lang, history, Way::Forth)}
            <button type="button" id="reset" class="quiet" title=lang.text("page.reset") on:click=move |_| {
                    start.run(State::of_preset(session.state.with_untracked(State::preset)));
                }>
                {sign(START)}
                <span class="tool-name">{lang.text("page.reset")}</span>
            </button>
            <button type="button" id="copy-link" class="quiet" title=lang.text("page.copy") data-done=move || copied.get().then_some("1") on:click=copy>
                {sign(CHAIN)}
                <span class="tool-name">
                    {move || lang.text(if copied.get() { "page.copied" } else { "page.copy" })}
                </span>
            </button>
            {move || by_hand.get().map(|address| view! {
                <label class="by-hand">
                    {lang.text("page.copy_by_hand")}
                    <input type="text" readonly prop:value=address />
                </label>
            })}
        </div>
    }
}

/// The button that goes a step that way. It is never disabled, only said to be:
/// a button that has the keyboard keeps it.
fn step(lang: Lang, history: History, way: Way) -> AnyView {
    let (alone, named, shortcut) = match way {
        Way::Back => ("page.undo.name", "page.undo.what", "Control+Z Meta+Z"),
        Way::Forth => (
            "page.redo.name",
            "page.redo.what",
            "Control+Shift+Z Meta+Shift+Z Control+Y",
        ),
    };
    let name = Memo::new(move |_| {
        let next = history.next(way).map(|hand| phrases::hand_name(lang, hand));
        match next {
            None | Some("") => lang.text(alone).to_owned(),
            Some(name) => lang.fill(named, &[("name", name)]),
        }
    });
    let idle = move || history.next(way).is_none().then_some("true");
    view! {
        <button type="button" id=way.id() class="quiet sign" aria-label=move || name.get()
            title=move || name.get() aria-disabled=idle aria-keyshortcuts=shortcut
            on:click=move |_| { history.go(way); }>
            {sign(TURN)}
        </button>
    }
    .into_any()
}

/// Colours, each with the text that names them; the first follow the reader's
/// system.
const THEMES: [(&str, &str); 3] = [
    ("auto", "page.theme.auto"),
    ("light", "page.theme.light"),
    ("dark", "page.theme.dark"),
];

/// Goes from each colours to the next.
#[component]
pub fn Theme(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// What listeners hear.
    news: RwSignal<String>,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        session.view.with(|view| {
            let theme = view.theme.as_deref().unwrap_or_default();
            THEMES
                .iter()
                .position(|(own, _)| *own == theme)
                .unwrap_or(0)
        })
    });
    let name = Memo::new(move |_| {
        let (name, now) = (
            lang.text("page.theme.name"),
            lang.text(THEMES[place.get()].1),
        );
        lang.fill("page.news", &[("name", name), ("value", now)])
    });
    let next = move |_| {
        let next = (place.get_untracked() + 1) % THEMES.len();
        let theme = (next > 0).then(|| THEMES[next].0.to_owned());
        session.view.update(|view| view.theme = theme);
        news.set(name.get_untracked());
    };
    view! {
        <button type="button" id="theme" class="quiet sign" aria-label=move || name.get()
            title=move || name.get() on:click=next>
            <span class="theme-sign" data-of=move || THEMES[place.get()].0></span>
        </button>
    }
}

/// The languages, each in its own words.
#[component]
pub fn Languages(
    /// The session.
    session: Session,
    /// The one that is spoken.
    lang: Lang,
) -> impl IntoView {
    let missing = RwSignal::new(false);
    // The last wish counts, whichever file comes last.
    let wished = StoredValue::new(lang);
    let button = |own: Lang| {
        view! {
            <button type="button" id=["lang-", own.code()].concat() lang=own.code()
                aria-pressed=if own == lang { "true" } else { "false" }
                on:click=move |_| {
                    wished.set_value(own);
                    texts::fetched(own, move |there| {
                        if there && wished.try_get_value() == Some(own) {
                            session.speak(own);
                            // The page is made anew; the reader's place in it stays.
                            browser::focus_next_frame(["lang-", own.code()].concat());
                        }
                        missing.try_set(!there);
                    });
                }>
                {own.own_name()}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="languages" role="group" aria-label=lang.text("page.languages")>
            {Lang::ALL.map(button).into_iter().collect::<Vec<_>>()}
            <span role="status">{move || missing.get().then(|| lang.text("page.no_language"))}</span>
        </div>
    }
}

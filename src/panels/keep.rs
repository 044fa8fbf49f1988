//! What a reader takes along: the whole answer as a file, how to cite the page, and how
//! to have the same digits elsewhere. Nothing is made while it is closed.

use crate::browser;
use crate::embeds;
use crate::session::Session;
use figures::{Spreadsheet, answer_csv, answer_json};
use leptos::prelude::*;
use sim::answer::answer;
use sim::date::Date;
use sim::link;
use std::time::Duration;
use words::Lang;
use words::cite::{self, Citation};

/// Words to copy: their id, their name, and how they are made of an address.
type Words = (&'static str, &'static str, fn(&Citation) -> String);

/// The ways to cite.
const CITATIONS: [Words; 3] = [
    ("cite-short", "page.keep.short", Citation::short),
    ("cite-full", "page.keep.full", Citation::full),
    ("cite-bibtex", "page.keep.bibtex", Citation::bibtex),
];

/// The disclosure.
#[component]
pub fn Keep(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let inside = move || open.get().then(|| inside(session, lang));
    view! {
        <section id="keep" class="keep">
            <details on:toggle=move |event| open.set(browser::is_open(&event))>
                <summary>{lang.text("page.keep.title")}</summary>
                {inside}
            </details>
        </section>
    }
}

fn inside(session: Session, lang: Lang) -> AnyView {
    let query = Memo::new(move |_| {
        session.answered.track();
        session.other.track();
        session.view.track();
        [session.query_to_cite(), session.query_of_scenario()]
    });
    let citation = move || citation(lang, &query.get()[0]);
    let citations: Vec<AnyView> = CITATIONS
        .into_iter()
        .map(|(id, name, words)| to_copy(lang, id, Some(name), move || words(&citation())))
        .collect();
    let line = move |i: usize| move || cite::terminal(&query.get()[1])[i].clone();
    let lines = ["terminal-answer", "terminal-doubt"];
    let lines: Vec<AnyView> = lines
        .into_iter()
        .enumerate()
        .map(|(i, id)| to_copy(lang, id, None, line(i)))
        .collect();
    view! {
        <p>{lang.text("page.keep.lead")}</p>
        {files(session, lang)}
        {embeds::offer(lang)}
        <h3>{lang.text("page.keep.cite")}</h3>
        {citations}
        <h3>{lang.text("page.keep.reproduce")}</h3>
        <p>{lang.text("page.keep.reproduce_help")}</p>
        {lines}
    }
    .into_any()
}

/// The page with that query, looked at today.
fn citation(lang: Lang, query: &str) -> Citation {
    let (year, month, day) = browser::today();
    Citation {
        lang,
        url: browser::address_with(query),
        accessed: Date::new(year, month, day),
    }
}

/// What a printed page is and where it stands, for whoever holds the paper.
#[component]
pub fn OnPaper(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    browser::on_print(move || words.set(citation(lang, &session.query_to_cite()).full()));
    view! { <p class="on-paper">{move || words.get()}</p> }
}

/// A button for each kind of file of the whole answer.
fn files(session: Session, lang: Lang) -> AnyView {
    let button = |kind: &'static str, name: &'static str| {
        let on_click = move |_| save(session, lang, kind);
        view! {
            <button type="button" class="quiet" data-save=kind on:click=on_click>{name}</button>
        }
        .into_any()
    };
    let french = lang.text("page.keep.csv_fr");
    let kinds = [("json", "JSON"), ("csv", "CSV"), ("fr.csv", french)];
    let buttons: Vec<AnyView> = kinds.map(|(kind, name)| button(kind, name)).into();
    let title = lang.text("page.keep.answer");
    view! {
        <div class="save-as" role="group" aria-label=title>
            <h3>{title}</h3>
            {buttons}
        </div>
    }
    .into_any()
}

/// Saves what the terminal answers to the same link.
fn save(session: Session, lang: Lang, kind: &'static str) {
    let url = browser::address_with(&session.query_to_cite());
    let record = answer(&link::read(&session.query_of_scenario()), Vec::new());
    let (media, text) = match kind {
        "json" => ("application/json", answer_json(lang, record, &url)),
        "csv" => (
            "text/csv;charset=utf-8",
            answer_csv(lang, &record, &url, Spreadsheet::Plain),
        ),
        _ => (
            "text/csv;charset=utf-8",
            answer_csv(lang, &record, &url, Spreadsheet::French),
        ),
    };
    browser::save(&["silicon-gap-answer.", kind].concat(), media, &text);
}

/// Words with a button that copies them.
fn to_copy(
    lang: Lang,
    id: &'static str,
    name: Option<&'static str>,
    words: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        browser::copy(untrack(words), move |done| {
            copied.try_set(done);
            browser::after(Duration::from_secs(3), move || {
                copied.try_set(false);
            });
        });
    };
    let said = move || {
        lang.text(if copied.get() {
            "page.keep.copied"
        } else {
            "page.keep.copy"
        })
    };
    view! {
        <div class="to-copy">
            {name.map(|name| view! { <h4>{lang.text(name)}</h4> }.into_any())}
            <pre id=id>{words}</pre>
            <button type="button" class="quiet" aria-describedby=id on:click=copy>{said}</button>
        </div>
    }
    .into_any()
}

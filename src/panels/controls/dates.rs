//! The restrictions' timeline: named moments, and any day that a link gives.

use super::{field, framed, id_of};
use crate::phrases;
use crate::session::Session;
use crate::widgets::*;
use leptos::prelude::*;
use sim::catalogue::{DATA_DATE, MOMENTS};
use sim::date::Date;
use sim::state::{State, Value};
use words::Lang;

/// The text that stands for a day in lists: a moment's id, else the day.
fn day_text(day: Date) -> String {
    MOMENTS
        .iter()
        .find(|moment| moment.date == day)
        .map_or_else(|| day.to_string(), |moment| moment.id.to_owned())
}

/// The named moments, and the reader's own day where it is none of them.
fn date_entries(session: Session, lang: Lang) -> Memo<Vec<Radio>> {
    let day = Memo::new(move |_| session.state.with(|state| state.date()));
    Memo::new(move |_| {
        let own = day.get();
        let mut entries: Vec<Radio> = MOMENTS
            .iter()
            .map(|moment| Radio {
                value: moment.id.to_owned(),
                mark: lang.month(moment.date),
                name: phrases::moment_name(lang, moment).to_owned(),
                note: phrases::moment_note(lang, moment).to_owned(),
            })
            .collect();
        if MOMENTS.iter().all(|moment| moment.date != own) {
            let place = MOMENTS.iter().filter(|moment| moment.date < own).count();
            entries.insert(
                place,
                Radio {
                    value: own.to_string(),
                    mark: lang.month(own),
                    name: lang.date(own),
                    note: lang.text("page.own_day").to_owned(),
                },
            );
        }
        entries
    })
}

fn date_in_force(session: Session) -> Memo<String> {
    Memo::new(move |_| day_text(session.state.with(|state| state.date())))
}

fn choose_date(session: Session) -> Callback<String> {
    Callback::new(move |text: String| {
        let moment = MOMENTS.iter().find(|moment| moment.id == text);
        let day = moment.map_or_else(|| text.parse().ok(), |moment| Some(moment.date));
        if let Some(day) = day {
            session.choose("date", Some(Value::Day(day)));
        }
    })
}

/// Keeps the fabs of a day of their own while the rules move.
fn fabs(session: Session, lang: Lang) -> AnyView {
    let own = Memo::new(move |_| {
        session
            .state
            .with(|state| Some(state.fabs()).filter(|day| *day != state.date()))
    });
    let text = move || {
        let day = own.get().unwrap_or(DATA_DATE);
        lang.fill("page.keep_fabs", &[("month", &lang.month(day))])
    };
    view! {
        <label class="check" for="control-fabs">
            <input type="checkbox" id="control-fabs" prop:checked=move || own.get().is_some()
                on:change=move |event| {
                    // A preset may keep a day of its own: then the rules' is said.
                    let day = match event_target_checked(&event) {
                        true => DATA_DATE,
                        false => session.state.with_untracked(|state| state.date()),
                    };
                    session.choose("fabs", Some(Value::Day(day)));
                } />
            {text}
        </label>
    }
    .into_any()
}

/// That the day's law is not the one in force here, with the way back to it.
fn bent(session: Session, lang: Lang) -> AnyView {
    let bent = Memo::new(move |_| session.state.with(|state| state.bends_the_law()));
    let line = move || {
        bent.get().then(|| {
            view! {
                <p class="bent">
                    {lang.text("page.law.bent")} " "
                    <button type="button" class="link" on:click=move |_| session.change(State::with_the_law)>
                        {lang.text("page.law.all_back")}
                    </button>
                </p>
            }
        })
    };
    view! { <div>{line}</div> }.into_any()
}

/// What is not as the day alone would have it: the law, the fabs.
pub fn aside(session: Session, lang: Lang) -> AnyView {
    view! { <div class="aside">{bent(session, lang)} {fabs(session, lang)}</div> }.into_any()
}

/// The same where there is no room for it: once something is.
pub fn aside_if_any(session: Session, lang: Lang) -> AnyView {
    let any = Memo::new(move |_| {
        session
            .state
            .with(|state| state.bends_the_law() || state.fabs() != state.date())
    });
    view! { <div>{move || any.get().then(|| aside(session, lang))}</div> }.into_any()
}

/// All moments in sight, the chosen one with what it means.
pub fn radios(session: Session, lang: Lang) -> AnyView {
    let inside = view! {
        <Radios id=id_of("date") entries=date_entries(session, lang)
            value=date_in_force(session) on_choice=choose_date(session) />
        {aside(session, lang)}
    };
    field(
        session,
        lang,
        "date",
        true,
        Signal::stored(String::new()),
        inside.into_any(),
    )
}

/// The same as a list, where room is short.
pub fn list(session: Session, lang: Lang) -> AnyView {
    let entries = date_entries(session, lang);
    let groups = move || {
        let entries = entries.get().into_iter();
        vec![Group {
            name: String::new(),
            entries: entries
                .map(|entry| (entry.value, [entry.mark, entry.name].join(" · ")))
                .collect(),
        }]
    };
    let note = Signal::derive(move || {
        let chosen = date_in_force(session).get();
        entries.with(|entries| {
            let entry = entries.iter().find(|entry| entry.value == chosen);
            entry.map_or_else(String::new, |entry| entry.note.clone())
        })
    });
    let inside = move || {
        view! {
            <Choice id=id_of("date") groups=groups() value=date_in_force(session)
                on_choice=choose_date(session) />
        }
    };
    framed(session, lang, "date", note, inside.into_any())
}

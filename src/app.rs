//! The only wiring: the address opens a session, choices give an answer once a
//! frame, the answer goes to the views, choices go back to the address.

use crate::browser::{self, Later, Moment, OncePerFrame};
use crate::embeds::{self, Part};
use crate::figures::Which;
use crate::history::{History, Way};
use crate::panels::*;
use crate::phrases;
use crate::second::{Arrival, fetch};
use crate::session::Session;
use crate::toolbar::{Languages, Tools};
use leptos::prelude::*;
use sim::state::State;
use std::sync::Arc;
use std::time::Duration;
use words::Lang;
use words::sentences;

/// How long the address waits for the reader's hand to rest.
const ADDRESS_DELAY: Duration = Duration::from_millis(300);
/// How long the spoken news waits.
const NEWS_DELAY: Duration = Duration::from_millis(900);
/// From this width on, columns stand side by side and the restrictions are all
/// in sight, as style/layout.css has it too.
const WIDE: &str = "(min-width: 70rem)";

/// What outlives a change of language.
#[derive(Clone, Copy)]
pub struct Kept {
    pub session: Session,
    pub history: History,
    /// What listeners hear.
    pub news: RwSignal<String>,
    /// Starts from some choices.
    pub start: Callback<State>,
    pub wide: RwSignal<bool>,
    /// What is begun under it goes on for as long as the page.
    pub page: StoredValue<Owner>,
}

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::open(&browser::query(), &browser::languages());
    let history = History::of(session);
    let news = RwSignal::new(String::new());
    let address = wire(session, history, news);
    let embed = Memo::new(move |_| session.view.with(|view| view.embed));
    let wide = RwSignal::new(false);
    wide.set(browser::watch_media(WIDE, move |now| wide.set(now)));
    let kept = Kept {
        session,
        history,
        news,
        start: Callback::new(move |state: State| {
            address.flush();
            session.start(state);
            browser::push_query(&session.query());
        }),
        wide,
        page: StoredValue::new(Owner::current().unwrap_or_default()),
    };
    fetch(kept);
    let part = Memo::new(move |_| session.view.with(|view| Part::of(view.view.as_deref())));
    let page = move || match embed.get() {
        true => embedded(kept, session.lang.get(), part.get()),
        false => whole(kept, session.lang.get()),
    };
    let frame = match embed.get_untracked() {
        true => embeds::talk(session),
        false => NodeRef::new(),
    };
    let shown = move || embed.get().then(|| part.get().name());
    view! {
        <div class="page" node_ref=frame data-embed=move || embed.get().then_some("1") data-part=shown>{page}</div>
        <p id="live" class="unseen" aria-live="polite">{move || news.get()}</p>
    }
}

/// Ties choices, answer, address and news together; gives the address's timer.
fn wire(session: Session, history: History, news: RwSignal<String>) -> Later {
    let answer = OncePerFrame::new(Moment::BeforePaint, move || {
        let answer = session.answer();
        // Pinning, swapping and dropping B change nothing of A's.
        if !Arc::ptr_eq(&answer, &session.answered.get_untracked()) {
            session.answered.set(answer);
        }
    });
    let address = Later::new(ADDRESS_DELAY, move || {
        browser::replace_query(&session.query());
    });
    let tell = Later::new(NEWS_DELAY, move || {
        let lang = session.lang.get_untracked();
        let moved = session.moved.get_untracked();
        let said = session.answered.with_untracked(|answered| {
            let answers = sentences::answers(lang, &answered.scenario, &answered.outcome);
            phrases::news(lang, answered, moved, &answers)
        });
        news.set(match history.gone() {
            Some(Way::Back) => lang.fill("page.undo.done", &[("what", &said)]),
            Some(Way::Forth) => lang.fill("page.redo.done", &[("what", &said)]),
            None => said,
        });
    });
    let rest = Later::new(browser::REST, move || {
        session.rested.set(session.answered.get_untracked());
    });
    // The first run is the page's opening, which nobody chose.
    Effect::new(move |before: Option<()>| {
        session.state.track();
        session.other.track();
        if before.is_some() {
            answer.ask();
            address.ask();
            tell.ask();
        }
    });
    Effect::new(move || {
        session.answered.track();
        rest.ask();
    });
    Effect::new(move |before: Option<Lang>| {
        let lang = session.lang.get();
        let theme = session.view.with(|view| view.theme.clone());
        let theme = theme.as_deref().filter(|theme| *theme != "auto");
        let title = match passage(lang) {
            Some((_, title)) => [title, " · ", lang.text("page.brand")].concat(),
            None => lang.text("page.title").to_owned(),
        };
        browser::set_document(lang.code(), &title, theme);
        if before.is_some() {
            address.ask();
        }
        if before.is_some_and(|before| before != lang) {
            browser::tell_open_next_frame();
        }
        lang
    });
    browser::on_leave(move || address.flush());
    browser::on_travel(move || session.travel(&browser::query()));
    address
}

/// The page on its own.
fn whole(kept: Kept, lang: Lang) -> AnyView {
    let Kept {
        session,
        history,
        news,
        start,
        ..
    } = kept;
    let answers = answers(session, lang);
    let in_sight = RwSignal::new(false);
    let compact = Signal::derive(move || !kept.wide.get());
    let ways = second(session, move |arrival| match arrival {
        Arrival::Here(doors, rest) => (doors.ways)(kept, rest, lang),
        Arrival::Coming | Arrival::Lost => ().into_any(),
    });
    let below = second(session, move |arrival| match arrival {
        Arrival::Coming => ().into_any(),
        Arrival::Here(doors, rest) => (doors.below)(kept, rest, lang),
        Arrival::Lost => lost(kept, lang),
    });
    view! {
        <a class="skip" href="#answers">{lang.text("page.skip")}</a>
        <header class="top">
            <p class="brand">{lang.text("page.brand")}</p>
            <div class="ways">{ways}</div>
            <Languages session=session lang=lang />
            <Tools session=session lang=lang history=history start=start news=news />
        </header>
        <main>
            {title(lang)}
            {passage(lang).map(|(id, title)| view! {
                <p class="of-passage">
                    <a href=["#story-", &id].concat()>{title}</a>
                    ". "
                    {lang.text("page.stories.here")}
                </p>
            }.into_any())}
            <Notices session=session lang=lang />
            <CitedLink session=session lang=lang />
            <div class="first">
                <Levers session=session lang=lang compact=compact />
                <Answers session=session lang=lang answers=answers in_sight=in_sight />
                {frame(session, lang, Which::Map)}
                <Access session=session lang=lang />
            </div>
            {below}
            <Strip answers=answers in_sight=in_sight />
        </main>
        <footer class="bottom">
            <SourceLine lang=lang />
            <OnPaper session=session lang=lang />
        </footer>
    }
    .into_any()
}

/// The page inside another one: the part of it that the link asks for.
fn embedded(kept: Kept, lang: Lang, part: Part) -> AnyView {
    let session = kept.session;
    let answers = answers(session, lang);
    let full = move || {
        session.state.track();
        session.other.track();
        session.view.track();
        ["?", &session.query_to_share()].concat()
    };
    let figure = match part {
        Part::Whole => Some(Which::Map),
        Part::Figure(which) => Some(which),
        Part::Answer(_) => None,
    };
    let told = !matches!(part, Part::Figure(_));
    let is_lost = move || matches!(session.second.get(), Arrival::Lost).then(|| lost(kept, lang));
    view! {
        <main>
            {title(lang)}
            <Notices session=session lang=lang />
            <CitedLink session=session lang=lang />
            {aside_if_any(session, lang)}
            <div class="first">
                <Levers session=session lang=lang compact=Signal::stored(true) />
                {told.then(|| view! {
                    <Answers session=session lang=lang answers=answers in_sight=RwSignal::new(true) />
                })}
                {figure.map(|which| frame(session, lang, which))}
                {(part == Part::Whole).then(|| view! { <Access session=session lang=lang /> })}
            </div>
            {is_lost}
            <div class="bottom">
                <SourceLine lang=lang />
                <a class="full" href=full target="_blank" rel="noopener">{lang.text("page.full")}</a>
            </div>
        </main>
    }
    .into_any()
}

/// What the second part of the program shows. Where that is here already it stands
/// as the rest of the page does, so that a change of language leaves open what is.
fn second(session: Session, show: impl Fn(Arrival) -> AnyView + Send + 'static) -> AnyView {
    match session.second.get_untracked() {
        arrival @ Arrival::Here(..) => show(arrival),
        Arrival::Coming | Arrival::Lost => (move || show(session.second.get())).into_any(),
    }
}

/// A figure, or its place until that part of the program is here.
fn frame(session: Session, lang: Lang, which: Which) -> AnyView {
    second(session, move |arrival| match arrival {
        Arrival::Here(doors, rest) => (doors.frame)(session, rest, lang, which),
        Arrival::Coming | Arrival::Lost => view! {
            <figure id=which.id() class="figure">
                <h2>{which.title(lang)}</h2>
                <div class="drawing"></div>
            </figure>
        }
        .into_any(),
    })
}

/// That the rest did not come, and a button that asks again.
fn lost(kept: Kept, lang: Lang) -> AnyView {
    view! {
        <p id="lost" class="notices-box" role="alert">
            {lang.text("page.lost")}
            " "
            <button type="button" id="again" class="quiet" on:click=move |_| fetch(kept)>{lang.text("page.again")}</button>
        </p>
    }
    .into_any()
}

fn title(lang: Lang) -> AnyView {
    view! {
        <h1>
            <span class="in-full">
                <span class="premise">{lang.text("page.premise")}</span>
                " "
                {lang.text("page.question")}
            </span>
            <span class="in-short">{lang.text("page.question_short")}</span>
        </h1>
    }
    .into_any()
}

/// The passage that the page was written for, and its title.
fn passage(lang: Lang) -> Option<(String, &'static str)> {
    let id = browser::mark("data-passage");
    let title = lang.find(&["story.", &id, ".title"].concat())?;
    Some((id, title))
}

fn answers(session: Session, lang: Lang) -> Memo<Vec<sentences::Answer>> {
    Memo::new(move |_| {
        session
            .answered
            .with(|answered| sentences::answers(lang, &answered.scenario, &answered.outcome).into())
    })
}

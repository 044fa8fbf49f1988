//! The only wiring: the address opens a session, choices give an answer once a
//! frame, the answer goes to the views, choices go back to the address.

use crate::browser::{self, Later, Moment, OncePerFrame};
use crate::figures::{Frame, Which};
use crate::panels::*;
use crate::phrases;
use crate::provenance;
use crate::session::{Answered, Session};
use crate::texts;
use leptos::prelude::*;
use sim::catalogue::PRESETS;
use sim::state::State;
use std::sync::Arc;
use std::time::Duration;
use words::Lang;
use words::sentences;

/// How long the address waits for the reader's hand to rest.
const ADDRESS_DELAY: Duration = Duration::from_millis(300);
/// How long the spoken news waits.
const NEWS_DELAY: Duration = Duration::from_millis(900);

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::open(&browser::query(), &browser::languages());
    let news = RwSignal::new(String::new());
    let address = wire(session, news);
    let embed = Memo::new(move |_| session.view.with(|view| view.embed));
    let start = Callback::new(move |state: State| {
        address.flush();
        session.start(state);
        browser::push_query(&session.query());
    });
    let page = move || match embed.get() {
        true => embedded(session, session.lang.get()),
        false => whole(session, session.lang.get(), start, news),
    };
    view! {
        <style inner_html=["@layer charts{", charts::PALETTE_CSS, "}"].concat()></style>
        <div class="page" data-embed=move || embed.get().then_some("1")>{page}</div>
        <p id="live" class="unseen" aria-live="polite">{move || news.get()}</p>
    }
}

/// Ties choices, answer, address and news together; gives the address's timer.
fn wire(session: Session, news: RwSignal<String>) -> Later {
    let answer = OncePerFrame::new(Moment::BeforePaint, move || {
        let state = session.state.get_untracked();
        session.answered.set(Arc::new(Answered::to(state)));
    });
    let address = Later::new(ADDRESS_DELAY, move || {
        browser::replace_query(&session.query());
    });
    let tell = Later::new(NEWS_DELAY, move || {
        let lang = session.lang.get_untracked();
        let moved = session.moved.get_untracked();
        news.set(session.answered.with_untracked(|answered| {
            let answers = sentences::answers(lang, &answered.scenario, &answered.outcome);
            phrases::news(lang, answered, moved, &answers)
        }));
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
    Effect::new(move |before: Option<()>| {
        let lang = session.lang.get();
        let theme = session.view.with(|view| view.theme.clone());
        let theme = theme.as_deref().filter(|theme| *theme != "auto");
        browser::set_document(lang.code(), lang.text("page.title"), theme);
        if before.is_some() {
            address.ask();
        }
    });
    browser::on_settled(move || address.flush());
    browser::on_travel(move || session.travel(&browser::query()));
    address
}

/// The page on its own.
fn whole(session: Session, lang: Lang, start: Callback<State>, news: RwSignal<String>) -> AnyView {
    let answers = answers(session, lang);
    let sources = sources(session);
    let in_sight = RwSignal::new(false);
    view! {
        <a class="skip" href="#answers">{lang.text("page.skip")}</a>
        <header class="top">
            <p class="brand">{lang.text("page.brand")}</p>
            <Tools session=session lang=lang start=start news=news />
            <Languages session=session lang=lang />
        </header>
        <main>
            {title(lang)}
            <Notices session=session lang=lang />
            <div class="first">
                <Levers session=session lang=lang compact=false />
                <Answers session=session lang=lang answers=answers in_sight=in_sight />
                <Frame session=session lang=lang which=Which::Map sources=sources />
            </div>
            <Setting session=session lang=lang />
            <Stories lang=lang start=start />
            <More session=session lang=lang />
            <Law session=session lang=lang />
            <div class="others">{others(session, lang, sources)}</div>
            <Trust lang=lang />
            <Sources session=session lang=lang />
            <Glossary lang=lang />
            <About lang=lang />
            <Strip answers=answers in_sight=in_sight />
        </main>
        <footer class="bottom"><SourceLine lang=lang /></footer>
    }
    .into_any()
}

/// The page inside another one.
fn embedded(session: Session, lang: Lang) -> AnyView {
    let answers = answers(session, lang);
    let sources = sources(session);
    let full = move || {
        session.state.track();
        ["?", &session.query_to_share()].concat()
    };
    view! {
        <main>
            {title(lang)}
            <Notices session=session lang=lang />
            <Levers session=session lang=lang compact=true />
            <Answers session=session lang=lang answers=answers in_sight=RwSignal::new(true) />
            <Frame session=session lang=lang which=Which::Map sources=sources />
            <div class="bottom">
                <SourceLine lang=lang />
                <a class="full" href=full target="_blank" rel="noopener">{lang.text("page.full")}</a>
            </div>
        </main>
    }
    .into_any()
}

/// Figures below the first screen, in the order in which a reader's questions
/// come.
const OTHERS: [Which; 13] = [
    Which::Latency,
    Which::Roofline,
    Which::Frontier,
    Which::Gates,
    Which::Failures,
    Which::Bill,
    Which::Watts,
    Which::Cost,
    Which::Silicon,
    Which::Adding,
    Which::Ways,
    Which::Supply,
    Which::Law,
];

fn others(session: Session, lang: Lang, sources: Memo<Vec<&'static str>>) -> Vec<AnyView> {
    OTHERS
        .into_iter()
        .map(|which| {
            view! { <Frame session=session lang=lang which=which sources=sources /> }.into_any()
        })
        .collect()
}

fn title(lang: Lang) -> AnyView {
    view! {
        <h1>
            <span class="premise">{lang.text("page.premise")}</span>
            " "
            <span class="question">{lang.text("page.question")}</span>
        </h1>
    }
    .into_any()
}

fn answers(session: Session, lang: Lang) -> Memo<Vec<sentences::Answer>> {
    Memo::new(move |_| {
        session
            .answered
            .with(|answered| sentences::answers(lang, &answered.scenario, &answered.outcome).into())
    })
}

/// Sources of the figures behind the choices.
fn sources(session: Session) -> Memo<Vec<&'static str>> {
    Memo::new(move |_| {
        session
            .answered
            .with(|answered| provenance::sources(&sim::inputs::inputs(&answered.state)))
    })
}

/// Where to start from, back to the start, and the link to what is on screen.
#[component]
fn Tools(
    session: Session,
    lang: Lang,
    start: Callback<State>,
    news: RwSignal<String>,
) -> impl IntoView {
    // The link in a field, where the browser does not let us copy it.
    let by_hand = RwSignal::new(None::<String>);
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let address = browser::address_with(&session.query_to_share());
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
    let groups = vec![crate::widgets::Group {
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
            <crate::widgets::Choice id="preset".to_owned() groups=groups value=preset on_choice=on_choice />
            <button type="button" id="reset" class="quiet" on:click=move |_| {
                    start.run(State::of_preset(session.state.with_untracked(State::preset)));
                }>
                {lang.text("page.reset")}
            </button>
            <button type="button" id="copy-link" class="quiet" on:click=copy>
                {move || lang.text(if copied.get() { "page.copied" } else { "page.copy" })}
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

/// The languages, each in its own words.
#[component]
fn Languages(session: Session, lang: Lang) -> impl IntoView {
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

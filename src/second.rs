//! The part of the program that arrives second: all that a reader sees after the
//! levers and the answers, in a file of its own that is fetched once these work.

use crate::app::Kept;
use crate::browser;
use crate::draws::{is_fresh, keep_drawing};
use crate::embeds;
use crate::figures::{Drivers, Frame, MapShares, Which};
use crate::panels::*;
use crate::session::{Answered, Session};
use crate::shortcuts;
use crate::toolbar::Theme;
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;
use words::Lang;
use words::explain::Subject;

/// Whether it is here.
#[derive(Clone, Copy)]
pub enum Arrival {
    /// Not yet.
    Coming,
    /// It is.
    Here(Doors, Rest),
    /// It could not be fetched.
    Lost,
}

impl Arrival {
    /// Its doors, once it is here.
    pub fn doors(self) -> Option<Doors> {
        match self {
            Self::Here(doors, _) => Some(doors),
            Self::Coming | Self::Lost => None,
        }
    }
}

/// What the first part calls of it: a table, since a call by name would bring what
/// it calls into the first.
#[derive(Clone, Copy)]
pub struct Doors {
    /// Begins what goes on for as long as the page.
    open: fn(Kept) -> Rest,
    /// Buttons at the head of the page.
    pub ways: fn(Kept, Rest, Lang) -> AnyView,
    /// A figure.
    pub frame: fn(Session, Rest, Lang, Which) -> AnyView,
    /// What stands below the first screen.
    pub below: fn(Kept, Rest, Lang) -> AnyView,
    /// Formulas of numbers.
    pub explain: fn(Session, Lang, &'static [Subject]) -> Vec<AnyView>,
}

/// What outlives a change of language.
#[derive(Clone, Copy)]
pub struct Rest {
    stories: StoryStates,
    /// Single letters do what buttons do.
    letters: RwSignal<bool>,
    /// Draws of the map's crossings.
    shares: StoredValue<MapShares>,
}

/// The network, or its server, gave up.
struct Lost;

impl From<wasm_split_helpers::SplitLoaderError> for Lost {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[wasm_split(second, fallible)]
fn doors() -> Result<Doors, Lost> {
    Ok(Doors {
        open,
        ways,
        frame,
        below,
        explain,
    })
}

/// Fetches it; the page is whole then.
pub fn fetch(kept: Kept) {
    let arrival = kept.session.second;
    arrival.set(Arrival::Coming);
    leptos::task::spawn_local(async move {
        let Ok(doors) = doors().await else {
            return arrival.set(Arrival::Lost);
        };
        // Not under the button that asked again, which is gone by now.
        let rest = kept
            .page
            .with_value(|page| page.with(|| (doors.open)(kept)));
        arrival.set(Arrival::Here(doors, rest));
        browser::announce_whole();
    });
}

fn open(kept: Kept) -> Rest {
    keep_drawing(kept.session);
    Rest {
        stories: story_states(),
        letters: shortcuts::listen(kept.session, kept.history),
        shares: StoredValue::new(MapShares::new()),
    }
}

fn ways(kept: Kept, rest: Rest, lang: Lang) -> AnyView {
    let Kept { session, news, .. } = kept;
    view! {
        {embeds::dialog(session, lang)}
        {shortcuts::dialog(lang, rest.letters)}
        <Theme session=session lang=lang news=news />
    }
    .into_any()
}

fn frame(session: Session, rest: Rest, lang: Lang, which: Which) -> AnyView {
    let shares = rest.shares.get_value();
    view! { <Frame session=session lang=lang which=which shares=shares /> }.into_any()
}

fn below(kept: Kept, rest: Rest, lang: Lang) -> AnyView {
    let Kept { session, start, .. } = kept;
    let compact = Signal::derive(move || !kept.wide.get());
    view! {
        <Setting session=session lang=lang compact=compact />
        <Stories lang=lang shelf=session.shelf states=rest.stories start=start />
        <More session=session lang=lang />
        <Law session=session lang=lang />
        <div class="others">
            <Drivers session=session lang=lang />
            {others(session, rest, lang)}
        </div>
        <Trust lang=lang />
        <Sources session=session lang=lang />
        <Glossary lang=lang />
        <Keep session=session lang=lang />
        <About lang=lang />
    }
    .into_any()
}

/// The formulas of numbers, then those of B's that are others.
fn explain(session: Session, lang: Lang, subjects: &'static [Subject]) -> Vec<AnyView> {
    let of = |answered: &Answered, subject: Subject| {
        words::explain::explain(lang, subject, &answered.scenario, &answered.outcome)
    };
    let (own, other) = (session.answered.get(), session.other.get());
    let both = subjects.iter().flat_map(|subject| {
        let theirs = other.as_ref().map(|other| of(other, *subject));
        figures::lettered(lang, of(&own, *subject), theirs)
    });
    let mut told = explanations(session.shelf, lang, both.collect());
    // After the number that is asked about first.
    told.insert(told.len().min(1), beyond(session, lang, subjects));
    told
}

/// Why the first of these numbers lies beyond its own range, where it does.
fn beyond(session: Session, lang: Lang, subjects: &'static [Subject]) -> AnyView {
    let mut all = Subject::ANSWERS.iter().zip(DRAWN);
    let Some((_, answer)) = all.find(|(known, _)| **known == subjects) else {
        return ().into_any();
    };
    let said = move || {
        let drawn = session.drawn.get().filter(|_| is_fresh(session))?;
        let serving = &drawn.of.scenario.serving;
        let said = words::doubt::beyond(lang, &drawn.shown, answer, serving)?;
        Some(view! { <p class="beyond">{said}</p> }.into_any())
    };
    said.into_any()
}

/// Figures below the first screen.
fn others(session: Session, rest: Rest, lang: Lang) -> Vec<AnyView> {
    let shares = rest.shares.get_value();
    Which::ALL
        .into_iter()
        .filter(|which| *which != Which::Map)
        .map(|which| {
            view! { <Frame session=session lang=lang which=which shares=shares /> }.into_any()
        })
        .collect()
}

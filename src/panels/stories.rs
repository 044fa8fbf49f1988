//! The article's passages in numbers: what is underlined is the reader's to
//! change, and each of a passage's scenarios opens above as it was left.

use super::explanations;
use crate::browser::{self, Moment, OncePerFrame, Watch};
use crate::phrases;
use crate::shelf::Shelf;
use crate::widgets::{Live, LiveChoice};
use leptos::html;
use leptos::prelude::*;
use sim::state::State;
use words::Lang;
use words::stories::{Lever, Origin, PASSAGES, Passage, Piece, Story};

/// Each passage's scenarios as its reader left them, whatever the language.
pub type StoryStates = [StoredValue<Vec<State>>; PASSAGES.len()];

/// As they are told first.
pub fn story_states() -> StoryStates {
    PASSAGES
        .each_ref()
        .map(|passage| StoredValue::new(passage.states()))
}

/// All of them.
#[component]
pub fn Stories(
    /// The language.
    lang: Lang,
    /// Where sources are.
    shelf: Shelf,
    /// Their scenarios.
    states: StoryStates,
    /// Starts from some choices.
    start: Callback<State>,
) -> impl IntoView {
    let tellings: Vec<Telling> = PASSAGES
        .iter()
        .zip(states)
        .map(|(passage, states)| Telling::of(lang, shelf, passage, states))
        .collect();
    let articles: Vec<AnyView> = tellings
        .iter()
        .map(|telling| article(*telling, start))
        .collect();
    // Paper shows what nobody scrolled to.
    browser::on_print(move || {
        for telling in &tellings {
            if telling.told.with_untracked(Option::is_none) {
                telling.tell.run(());
            }
        }
    });
    view! {
        <section id="stories" class="stories">
            <h2>{lang.text("page.stories.title")}</h2>
            <p class="stories-lead">{lang.text("page.stories.lead")}</p>
            <div class="story-flow">{articles}</div>
        </section>
    }
}

/// A passage as its reader has it.
#[derive(Clone, Copy)]
struct Telling {
    lang: Lang,
    shelf: Shelf,
    passage: &'static Passage,
    /// Its scenarios.
    states: StoredValue<Vec<State>>,
    /// The latest telling; none before the passage came near the screen.
    told: RwSignal<Option<Story>>,
    /// The piece of which the formulas are open.
    open: RwSignal<Option<usize>>,
    tell: Callback<()>,
    retell: OncePerFrame,
}

impl Telling {
    fn of(
        lang: Lang,
        shelf: Shelf,
        passage: &'static Passage,
        states: StoredValue<Vec<State>>,
    ) -> Self {
        let told = RwSignal::new(None);
        let tell = Callback::new(move |()| {
            told.set(Some(states.with_value(|states| passage.tell(lang, states))));
        });
        Self {
            lang,
            shelf,
            passage,
            states,
            told,
            open: RwSignal::new(None),
            tell,
            retell: OncePerFrame::new(Moment::BeforePaint, move || tell.run(())),
        }
    }

    /// Closes the formulas; the keyboard goes back to their number.
    fn close(self) {
        if let Some(i) = self.open.get_untracked() {
            self.open.set(None);
            browser::focus_next_frame(how_id(self, Some(i)));
        }
    }

    /// Tells the passage once the element comes near the screen.
    fn tell_in_sight(self, place: NodeRef<html::Article>) {
        let watch = StoredValue::new_local(None);
        Effect::new(move || {
            if let Some(element) = place.get() {
                let on_seen = move |seen: bool| {
                    if seen && self.told.with_untracked(Option::is_none) {
                        self.retell.ask();
                    }
                };
                watch.set_value(Some(Watch::seen(&element, "400px", on_seen)));
            }
        });
    }
}

fn article(telling: Telling, start: Callback<State>) -> AnyView {
    let Telling { lang, passage, .. } = telling;
    let place = NodeRef::<html::Article>::new();
    telling.tell_in_sight(place);
    let is_told = Memo::new(move |_| telling.told.with(Option::is_some));
    let text = move || {
        let story = is_told
            .get()
            .then(|| telling.told.get_untracked())
            .flatten();
        let pieces = story.map_or_else(Vec::new, |story| story.pieces);
        let pieces = pieces.into_iter().enumerate();
        pieces
            .map(|(i, piece)| self::piece(telling, i, piece))
            .collect::<Vec<_>>()
    };
    let title = lang.find(&["story.", passage.id, ".title"].concat());
    view! {
        <article class="story" id=["story-", passage.id].concat() node_ref=place
            on:keydown=move |event| if browser::is_escape(&event) { telling.close() }>
            <h3>{title}</h3>
            <p>{text}</p>
            {how(telling)}
            {starts(telling, start)}
        </article>
    }
    .into_any()
}

/// A piece of the text; what it is does not change, what it says does.
fn piece(telling: Telling, i: usize, piece: Piece) -> AnyView {
    match piece {
        Piece::Text(words) => words.into_any(),
        Piece::Result(_, Origin { subjects, .. }) => {
            let said = move || {
                telling.told.with(|story| {
                    let piece = story.as_ref().and_then(|story| story.pieces.get(i));
                    piece.map_or_else(String::new, |piece| piece.text().to_owned())
                })
            };
            let said = match subjects {
                [] => said.into_any(),
                _ => number(telling, i, said.into_any()),
            };
            view! { <span aria-live="polite">{said}</span> }.into_any()
        }
        Piece::Lever(lever, _) => self::lever(telling, &telling.passage.levers[lever]),
    }
}

/// Id of the passage's formulas, or of the button that opens those of a piece.
fn how_id(telling: Telling, piece: Option<usize>) -> String {
    let of = piece.map_or_else(String::new, |i| ["-", &i.to_string()].concat());
    ["story-", telling.passage.id, "-how", &of].concat()
}

/// A number of which a click opens the formulas: no button, since its words break
/// over lines as the text does.
fn number(telling: Telling, i: usize, said: AnyView) -> AnyView {
    let turn = move || {
        telling
            .open
            .update(|open| *open = (*open != Some(i)).then_some(i));
    };
    let expanded = move || {
        if telling.open.get() == Some(i) {
            "true"
        } else {
            "false"
        }
    };
    let title = telling.lang.text("page.explain.show");
    view! {
        <span class="told" role="button" tabindex="0" id=how_id(telling, Some(i)) title=title
            aria-expanded=expanded aria-controls=how_id(telling, None)
            on:click=move |_| turn()
            on:keydown=move |event| if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                turn();
            }>{said}</span>
    }
    .into_any()
}

/// The formulas of the number that was asked for, with the values of its scenario.
fn how(telling: Telling) -> AnyView {
    let Telling { lang, passage, .. } = telling;
    let numbers = move |i: usize| {
        telling.told.with(|story| {
            let piece = story.as_ref().and_then(|story| story.pieces.get(i));
            let Some(Piece::Result(_, origin)) = piece else {
                return Vec::new();
            };
            let all = telling
                .states
                .with_value(|states| passage.explain(lang, states, *origin));
            let name = passage.names(lang).get(origin.scene).copied();
            let mut views = vec![view! { <p class="from">{name}</p> }.into_any()];
            views.extend(explanations(telling.shelf, lang, all));
            views
        })
    };
    let inside = move || {
        telling.open.get().map(|i| {
            view! {
                {move || numbers(i)}
                <button type="button" class="quiet" on:click=move |_| telling.close()>
                    {lang.text("page.explain.close")}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <section id=how_id(telling, None) class="explained" aria-label=lang.text("page.explain.show")
            hidden=move || telling.open.get().is_none()>{inside}</section>
    }
    .into_any()
}

fn lever(telling: Telling, lever: &'static Lever) -> AnyView {
    let Telling { lang, passage, .. } = telling;
    let stops = lever.stops(lang, &passage.states());
    let now = telling.states.with_value(|states| lever.value(states));
    let place = stops.iter().position(|stop| Some(stop.value) == now);
    let place = RwSignal::new(place.unwrap_or_default());
    let (values, stops): (Vec<_>, Vec<_>) = stops
        .into_iter()
        .map(|stop| (stop.value, stop.text))
        .unzip();
    let on_place = Callback::new(move |to: usize| {
        if let Some(value) = values.get(to) {
            place.set(to);
            telling
                .states
                .update_value(|states| lever.set(states, *value));
            telling.retell.ask();
        }
    });
    let id = ["live-", passage.id, "-", lever.key].concat();
    let name = phrases::control_name(lang, lever.key);
    if lever.is_number() {
        let steps = [
            ("−", lang.find("page.stories.less").unwrap_or_default()),
            ("+", lang.find("page.stories.more").unwrap_or_default()),
        ];
        view! { <Live id=id name=name stops=stops place=place steps=steps on_place=on_place /> }
            .into_any()
    } else {
        view! { <LiveChoice id=id name=name stops=stops place=place on_place=on_place /> }
            .into_any()
    }
}

/// The ways into the passage's scenarios, as they are now.
fn starts(telling: Telling, start: Callback<State>) -> AnyView {
    let Telling { lang, passage, .. } = telling;
    let open = lang.find("page.stories.open").unwrap_or_default();
    let button = |(i, name): (usize, &'static str)| {
        let run = move |_| {
            let state = telling.states.with_value(|states| states.get(i).cloned());
            if let Some(state) = state {
                start.run(state);
                browser::scroll_to("answers");
            }
        };
        let (words, label) = match name {
            "" => (open, None),
            name => (name, Some([open, " ", name].concat())),
        };
        view! {
            <button type="button" class="quiet" aria-label=label on:click=run>{words}</button>
        }
        .into_any()
    };
    let names = passage.names(lang);
    let several = (names.len() > 1).then(|| view! { <span>{open}</span> });
    let buttons: Vec<AnyView> = names.into_iter().enumerate().map(button).collect();
    view! { <div class="story-starts">{several} {buttons}</div> }.into_any()
}

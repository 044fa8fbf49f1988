//! The article's passages in numbers, each opening its scenarios.

use crate::browser::{Moment, OncePerFrame};
use crate::phrases;
use leptos::prelude::*;
use sim::catalogue::PresetRow;
use sim::state::State;
use words::Lang;
use words::stories::{Story, stories};

/// The stories, computed once the answers have been painted.
#[component]
pub fn Stories(
    /// The language.
    lang: Lang,
    /// Starts from a preset.
    start: Callback<State>,
) -> impl IntoView {
    let told = RwSignal::new(Vec::<Story>::new());
    OncePerFrame::new(Moment::AfterPaint, move || told.set(stories(lang))).ask();
    let cards = move || -> Vec<AnyView> {
        told.get()
            .into_iter()
            .map(|story| card(lang, start, story))
            .collect()
    };
    view! {
        <section id="stories" class="stories">
            <h2>{lang.text("page.stories.title")}</h2>
            <p>{lang.text("page.stories.lead")}</p>
            <div class="story-cards">{cards}</div>
        </section>
    }
}

fn card(lang: Lang, start: Callback<State>, story: Story) -> AnyView {
    let buttons: Vec<AnyView> = story
        .presets
        .into_iter()
        .map(|row| button(lang, start, row))
        .collect();
    view! {
        <article class="story" id=["story-", story.id].concat()>
            <h3>{story.title}</h3>
            <p>{story.text}</p>
            <div class="story-starts">{buttons}</div>
        </article>
    }
    .into_any()
}

fn button(lang: Lang, start: Callback<State>, row: &'static PresetRow) -> AnyView {
    let open = move |_| {
        start.run(State::of_preset(row));
        crate::browser::scroll_to("answers");
    };
    view! {
        <button type="button" class="quiet" on:click=open>{phrases::preset_name(lang, row)}</button>
    }
    .into_any()
}

//! Numbers and choices in a sentence, changed where they stand.

use crate::browser;
use leptos::prelude::*;

/// Pixels of a drag from one stop to the next.
const PIXELS: f64 = 14.0;

/// A number to drag sideways. For the keyboard it is a native slider; buttons
/// stand above and below it while it has the keyboard, for fingers.
#[component]
pub fn Live(
    /// Its id.
    id: String,
    /// Its name, for readers who hear it.
    name: &'static str,
    /// What it says at each of its stops.
    stops: Vec<String>,
    /// The stop where it is.
    #[prop(into)]
    place: Signal<usize>,
    /// Signs on the buttons for one stop down and up, and their names.
    steps: [(&'static str, &'static str); 2],
    /// Takes the stop that it was moved to.
    on_place: Callback<usize>,
) -> impl IntoView {
    let last = stops.len().saturating_sub(1);
    let stops = StoredValue::new(stops);
    let text = move || stops.with_value(|stops| stops.get(place.get()).cloned());
    let go = move |to: f64| {
        let to = to.round().clamp(0.0, last as f64) as usize;
        if to != place.get_untracked() {
            on_place.run(to);
        }
    };
    // Where the pointer took hold, and the stop then.
    let held = StoredValue::new(None::<(f64, f64)>);
    let take = move |event: leptos::ev::PointerEvent| {
        if browser::take_hold(&event, ".live-grip") {
            let from = (f64::from(event.client_x()), place.get_untracked() as f64);
            held.set_value(Some(from));
        }
    };
    let pull = move |event: leptos::ev::PointerEvent| {
        if let Some((from, stop)) = held.get_value() {
            go(stop + (f64::from(event.client_x()) - from) / PIXELS);
        }
    };
    let button = move |(sign, name): (&'static str, &'static str), by: f64| {
        view! {
            <button type="button" tabindex="-1" aria-label=name
                on:click=move |_| go(place.get_untracked() as f64 + by)>
                {sign}
            </button>
        }
        .into_any()
    };
    let [less, more] = steps;
    // The keyboard stays with the slider, whatever is pressed.
    view! {
        <span class="live" on:mousedown=move |event| event.prevent_default()>
            <span class="live-grip"
                on:pointerdown=take
                on:pointermove=pull
                on:pointerup=move |_| held.set_value(None)
                on:pointercancel=move |_| held.set_value(None)>
                <span class="live-text" aria-hidden="true">{text}</span>
                <input type="range" id=id min="0" max=last step="1"
                    aria-label=name
                    aria-valuetext=text
                    prop:value=move || place.get() as f64
                    on:input=move |event| {
                        if let Ok(to) = event_target_value(&event).parse() {
                            go(to);
                        }
                    } />
            </span>
            <span class="live-steps">{button(less, -1.0)}{button(more, 1.0)}</span>
        </span>
    }
}

/// One of some choices.
#[component]
pub fn LiveChoice(
    /// Its id.
    id: String,
    /// Its name, for readers who hear it.
    name: &'static str,
    /// The choices.
    stops: Vec<String>,
    /// The one that is chosen.
    #[prop(into)]
    place: Signal<usize>,
    /// Takes the one that was chosen.
    on_place: Callback<usize>,
) -> impl IntoView {
    let options: Vec<AnyView> = stops
        .into_iter()
        .enumerate()
        .map(|(i, text)| {
            view! { <option value=i prop:selected=move || place.get() == i>{text}</option> }
                .into_any()
        })
        .collect();
    view! {
        <select id=id class="live-choice" aria-label=name
            on:change=move |event| {
                if let Ok(to) = event_target_value(&event).parse() {
                    on_place.run(to);
                }
            }>
            {options}
        </select>
    }
}

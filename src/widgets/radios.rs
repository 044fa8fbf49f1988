//! One of a few, all in sight.

use leptos::prelude::*;

/// One entry.
#[derive(Clone, PartialEq)]
pub struct Radio {
    /// Its value.
    pub value: String,
    /// What stands before its name, such as a date.
    pub mark: String,
    /// Its name.
    pub name: String,
    /// What it means; shown while it is chosen.
    pub note: String,
}

/// A group of which one is chosen.
#[component]
pub fn Radios(
    /// Id of the group; also the name that joins its entries.
    id: String,
    /// The entries.
    #[prop(into)]
    entries: Signal<Vec<Radio>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value that was chosen.
    on_choice: Callback<String>,
) -> impl IntoView {
    let name = id.clone();
    let entry = move |radio: Radio| {
        let own = radio.value.clone();
        let chosen = Memo::new(move |_| value.with(|value| *value == own));
        let own = radio.value.clone();
        view! {
            <label class="radio" data-chosen=move || chosen.get().then_some("1")>
                <input type="radio" name=name.clone() value=radio.value
                    prop:checked=move || chosen.get()
                    on:change=move |_| on_choice.run(own.clone()) />
                <span class="radio-mark">{radio.mark}</span>
                <span class="radio-name">{radio.name}</span>
                <span class="radio-note">{radio.note}</span>
            </label>
        }
        .into_any()
    };
    let labelled = [&id, "-name"].concat();
    view! {
        <div id=id class="radios" role="radiogroup" aria-labelledby=labelled>
            {move || entries.get().into_iter().map(&entry).collect::<Vec<_>>()}
        </div>
    }
}

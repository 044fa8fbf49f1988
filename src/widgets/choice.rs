//! One of a list, in groups where there are many.

use crate::browser;
use leptos::html;
use leptos::prelude::*;

/// Entries under one heading; without a heading they stand alone.
#[derive(Clone, PartialEq)]
pub struct Group {
    /// The heading; may be empty.
    pub name: String,
    /// Value and text of each entry.
    pub entries: Vec<(String, String)>,
}

/// A list to choose one entry from.
#[component]
pub fn Choice(
    /// Its id.
    id: String,
    /// The entries.
    groups: Vec<Group>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value that was chosen.
    on_choice: Callback<String>,
) -> impl IntoView {
    let help_id = [&id, "-help"].concat();
    let entry =
        |(own, text): (String, String)| view! { <option value=own>{text}</option> }.into_any();
    let list = NodeRef::<html::Select>::new();
    // One write, and none where nothing changed: each entry of its own would be as many
    // for every answer.
    Effect::new(move || {
        if let Some(list) = list.get() {
            value.with(|value| browser::choose_in(&list, value));
        }
    });
    let group = |group: Group| {
        let entries: Vec<AnyView> = group.entries.into_iter().map(entry).collect();
        if group.name.is_empty() {
            entries.into_any()
        } else {
            view! { <optgroup label=group.name>{entries}</optgroup> }.into_any()
        }
    };
    let groups: Vec<AnyView> = groups.into_iter().map(group).collect();
    view! {
        <select id=id class="choice" aria-describedby=help_id node_ref=list
            on:change=move |event| on_choice.run(event_target_value(&event))>
            {groups}
        </select>
    }
}

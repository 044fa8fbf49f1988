//! The frame of a control: its name, a way back, what it means.

use leptos::prelude::*;

/// A control with its name, its help and, once changed, a button that gives it
/// back. The mark of the change is the button's text, so nobody needs colours.
#[component]
pub fn Field(
    /// Id of the control inside.
    id: String,
    /// Its name.
    name: &'static str,
    /// Name of the group instead, for a control made of several.
    #[prop(default = false)]
    group: bool,
    /// What it means; may be empty.
    #[prop(into)]
    help: Signal<String>,
    /// It was changed.
    #[prop(into)]
    changed: Signal<bool>,
    /// Text of the button.
    back: &'static str,
    /// What the button is for a reader who hears it alone.
    back_label: String,
    /// Gives it back.
    on_back: Callback<()>,
    children: Children,
) -> impl IntoView {
    let help_id = [&id, "-help"].concat();
    let label = if group {
        view! { <span class="field-name" id=[&id, "-name"].concat()>{name}</span> }.into_any()
    } else {
        view! { <label class="field-name" for=id>{name}</label> }.into_any()
    };
    view! {
        <div class="field" data-changed=move || changed.get().then_some("1")>
            <div class="field-head">
                {label}
                <button type="button" class="link" aria-label=back_label
                    hidden=move || !changed.get()
                    on:click=move |_| on_back.run(())>{back}</button>
            </div>
            {children()}
            <p class="field-help" id=help_id hidden=move || help.with(String::is_empty)>
                {move || help.get()}
            </p>
        </div>
    }
}

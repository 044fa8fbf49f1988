//! The figures behind the reader's choices: what is known of each, where it
//! comes from, and a field to change it.

use super::ends::ends;
use crate::browser;
use crate::phrases;
use crate::provenance::{number, range, speaks_of};
use crate::session::Session;
use crate::widgets::Number;
use leptos::prelude::*;
use sim::inputs::{Input, inputs};
use words::Lang;
use words::inputs::{name, unit};

/// All figures in one table that can be searched, behind a disclosure.
#[component]
pub fn Sources(
    /// The choices.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    // Hundreds of cells: made when somebody looks.
    let list = Memo::new(move |_| match open.get() {
        true => session.rested.with(|answered| inputs(&answered.state)),
        false => Vec::new(),
    });
    let shown = Memo::new(move |_| {
        let said = words.get();
        let mut all = list.get();
        all.retain(|input| speaks_of(lang, input, session.shelf.title(input.source), &said));
        all
    });
    // A row of the table stays as long as its row of the catalogue.
    let key = |input: &Input| (input.table, input.row, input.key.clone());
    let heads: Vec<AnyView> = ["figure", "value", "own", "range", "tier", "source"]
        .map(|key| {
            let text = lang
                .find(&["page.sources.", key].concat())
                .unwrap_or_default();
            view! { <th scope="col">{text}</th> }.into_any()
        })
        .into();
    let none = move || open.get() && shown.with(Vec::is_empty);
    view! {
        <section id="sources" class="sources">
            <h2>{lang.text("page.sources.title")}</h2>
            <p>{lang.text("page.sources.lead")}</p>
            <details on:toggle=move |event| open.set(browser::is_open(&event))>
                <summary>{lang.text("page.sources.show")}</summary>
                <p class="figures-search">
                    <label class="field-name" for="figures-search">{lang.text("page.sources.search")}</label>
                    <input type="search" id="figures-search"
                        on:input=move |event| words.set(event_target_value(&event)) />
                </p>
                <table class="figures-in-use">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>
                        <For each=move || shown.get() key=key let:input>
                            {row(session, lang, list, input)}
                        </For>
                    </tbody>
                </table>
                <p role="status">{move || none().then(|| lang.text("page.sources.none"))}</p>
            </details>
        </section>
    }
}

fn row(session: Session, lang: Lang, list: Memo<Vec<Input>>, input: Input) -> AnyView {
    let title = name(lang, &input);
    let source = session.shelf.link(lang, input.source);
    let limits = input.limits;
    let (place, said) = (phrases::row_name(lang, &input), range(lang, &input));
    let (unit, tier) = (unit(lang, &input), phrases::tier(lang, input.tier));
    let id = ["figure-of-", input.row, "-", &input.key].concat();
    let first = StoredValue::new(input);
    // As it is now; as it was where the row is on its way out.
    let now = Memo::new(move |_| {
        let same = |input: &&Input| {
            first.with_value(|first| (input.table, &input.key) == (first.table, &first.key))
        };
        let found = list.with(|list| list.iter().find(same).cloned());
        found.unwrap_or_else(|| first.get_value())
    });
    let change = move |number: Option<f64>| {
        let key = first.with_value(|first| first.key.clone());
        session.change(|mut state| {
            state.set_input(&key, number);
            state
        });
    };
    let on_number = Callback::new(move |number: f64| {
        change(Some(number));
        number
    });
    let label = [&title, ", ", place].concat();
    let ends = ends(session, lang, now, [&id, "-doubt"].concat(), label.clone());
    let published = [&id, "-doubt-help"].concat();
    view! {
        <tr data-changed=move || now.with(|now| now.changed).then_some("1")>
            <th scope="row">{title} " " <small>{place}</small></th>
            <td class="value">{move || now.with(|now| number(lang, now, now.value))}</td>
            <td class="own">
                <Number id=id name=label range=limits unit=unit
                    value=Signal::derive(move || now.with(|now| Some(now.value)))
                    refusal=Callback::new(move |n| phrases::refusal(lang, n, limits))
                    on_number=on_number />
                <button type="button" class="link" hidden=move || !now.with(|now| now.changed)
                    on:click=move |_| change(None)>{lang.text("page.back")}</button>
            </td>
            <td data-name=lang.text("page.sources.range")><span id=published>{said}</span>{ends}</td>
            <td data-name=lang.text("page.sources.tier")>{tier}</td>
            <td class="from">{source}</td>
        </tr>
    }
    .into_any()
}

//! A number: a native slider over its stops, and a field for any value between.

use crate::browser;
use leptos::prelude::*;
use units::{decimal, within};

/// A mark under a slider.
#[derive(Clone, PartialEq)]
pub struct Tick {
    /// Where, as a share of the slider's length.
    pub at: f64,
    /// What stands there; may be empty.
    pub text: String,
}

/// A slider over stops counted from zero.
#[component]
pub fn Slider(
    /// Its id.
    id: String,
    /// Least and most.
    range: (f64, f64),
    /// Where it stands.
    #[prop(into)]
    value: Signal<f64>,
    /// What that means, for readers who hear it.
    #[prop(into)]
    spoken: Signal<String>,
    /// Marks under it.
    #[prop(default = Vec::new())]
    ticks: Vec<Tick>,
    /// Takes the place that it was moved to.
    on_move: Callback<f64>,
) -> impl IntoView {
    let help_id = [&id, "-help"].concat();
    let marks: Vec<AnyView> = ticks
        .into_iter()
        .map(|tick| {
            view! {
                <span class="tick" style:left=decimal::fixed(tick.at * 100.0, 2) + "%">{tick.text}</span>
            }
            .into_any()
        })
        .collect();
    let marks =
        (!marks.is_empty()).then(|| view! { <div class="ticks" aria-hidden="true">{marks}</div> });
    let (least, most) = range;
    view! {
        <div class="slider">
            <input type="range" id=id min=decimal::shortest(least) max=decimal::shortest(most) step="1"
                aria-describedby=help_id
                aria-valuetext=move || spoken.get()
                prop:value=move || value.get()
                style:--filled=move || {
                    decimal::fixed((value.get() - least) / (most - least) * 100.0, 1) + "%"
                }
                on:input=move |event| {
                    if let Some(place) = decimal::parse(&event_target_value(&event)) {
                        on_move.run(place);
                    }
                } />
            {marks}
        </div>
    }
}

/// A field for a number within a range.
#[component]
pub fn Number(
    /// Its id.
    id: String,
    /// Its name, for readers who hear it.
    #[prop(into)]
    name: String,
    /// Least and most.
    range: (f64, f64),
    /// The number, absent where somebody else decides it.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// What stands behind it; may be empty.
    #[prop(into)]
    unit: String,
    /// What is said of a number that does not stand as it was written, as one out
    /// of bounds; of what is none (NaN). Nothing of any other.
    refusal: Callback<f64, String>,
    /// Takes the number that was written and says which one stands.
    on_number: Callback<f64, f64>,
) -> impl IntoView {
    let (least, most) = range;
    let help_id = id.strip_suffix("-number").unwrap_or(&id).to_owned() + "-help";
    let text = Memo::new(move |_| value.get().map(written).unwrap_or_default());
    // With the number that stands instead: once another does, it is over.
    let said = RwSignal::new((String::new(), String::new()));
    view! {
        <span class="number" data-short=(most < 100.0).then_some("1")>
            <input type="number" id=id min=decimal::shortest(least) max=decimal::shortest(most) step="any" inputmode="decimal"
                aria-label=name aria-describedby=help_id
                prop:value=move || text.get()
                on:input=move |event| {
                    // Half-written numbers are left alone.
                    if let Some(number) = decimal::parse(&event_target_value(&event))
                        && refusal.run(number).is_empty()
                    {
                        on_number.run(number);
                    }
                }
                on:change=move |event| {
                    let number = decimal::parse(&event_target_value(&event)).unwrap_or(f64::NAN);
                    let words = refusal.run(number);
                    let stands = if number.is_nan() {
                        text.get_untracked()
                    } else {
                        written(on_number.run(within(number, least, most)))
                    };
                    said.set((words, stands.clone()));
                    browser::write_field(&event, &stands);
                } />
            {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            <span class="refusal" role="status">
                {move || {
                    let (words, stands) = said.get();
                    (stands == text.get()).then_some(words)
                }}
            </span>
        </span>
    }
}

/// The number as a field holds it, without the dust of binary fractions.
fn written(number: f64) -> String {
    if number != 0.0 && number.abs() < 1e-3 {
        return decimal::shortest_scientific(number);
    }
    let text = decimal::fixed(number, 6);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn fields_hold_plain_numbers() {
        assert_eq!(written(14.8e12 / 1e12), "14.8");
        assert_eq!(written(1_000_000.0), "1000000");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(0.1 + 0.2), "0.3");
        assert_eq!(written(3.5e-7), "3.5e-7");
    }
}

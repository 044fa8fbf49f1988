//! How often is drawn, and from which seed.

use crate::phrases;
use crate::session::Session;
use crate::widgets::{Field, Number};
use leptos::prelude::*;
use sim::link::{DRAWS, Doubt};
use words::Lang;

/// Both fields.
pub fn chance(session: Session, lang: Lang) -> AnyView {
    let (least, most) = DRAWS;
    let draws = field(session, lang, "draws", (least, most), |doubt| {
        &mut doubt.draws
    });
    let seed = field(session, lang, "seed", (0, u32::MAX), |doubt| {
        &mut doubt.seed
    });
    view! {
        <div class="more-part">
            <h3>{lang.text("page.chance")}</h3>
            <div class="more-fields">{draws}{seed}</div>
        </div>
    }
    .into_any()
}

fn field(
    session: Session,
    lang: Lang,
    key: &'static str,
    (least, most): (u32, u32),
    of: fn(&mut Doubt) -> &mut u32,
) -> AnyView {
    let name = phrases::control_name(lang, key);
    let usual = *of(&mut Doubt::default());
    let now = Memo::new(move |_| session.view.with(|view| *of(&mut view.doubt.clone())));
    let set = move |number: u32| session.view.update(|view| *of(&mut view.doubt) = number);
    let id = ["control-", key].concat();
    let limits = (f64::from(least), f64::from(most));
    let on_number = Callback::new(move |number: f64| {
        set(number as u32);
        number.floor()
    });
    view! {
        <Field id=id.clone() name=name help=phrases::control_help(lang, key).to_owned()
            changed=Signal::derive(move || now.get() != usual)
            back=lang.text("page.back")
            back_label=lang.fill("page.back_label", &[("name", name)])
            on_back=Callback::new(move |()| set(usual))>
            <Number id=id name=name range=limits unit=""
                value=Signal::derive(move || Some(f64::from(now.get())))
                refusal=Callback::new(move |n| phrases::refusal(lang, n, limits))
                on_number=on_number />
        </Field>
    }
    .into_any()
}

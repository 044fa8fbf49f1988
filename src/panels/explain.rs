//! How numbers are computed: a button that opens their formulas, with the values
//! put in and the sources. Nothing is computed while it is closed.

use crate::browser;
use crate::session::Session;
use crate::shelf::Shelf;
use leptos::prelude::*;
use words::Lang;
use words::explain::{Explanation, Step, Subject};

/// What follows a panel's id in that of the button which says what it does.
const HOW: &str = "-how";

/// The explanation of some numbers, and whether it is open.
#[derive(Clone, Copy)]
pub struct Explained {
    session: Session,
    lang: Lang,
    /// Id of the panel.
    id: &'static str,
    subjects: &'static [Subject],
    open: RwSignal<bool>,
    /// Id of the button that opened it.
    opener: StoredValue<String>,
}

impl Explained {
    /// Of those numbers, closed.
    pub fn new(
        session: Session,
        lang: Lang,
        id: &'static str,
        subjects: &'static [Subject],
    ) -> Self {
        Self {
            session,
            lang,
            id,
            subjects,
            open: RwSignal::new(false),
            opener: StoredValue::new(String::new()),
        }
    }

    /// A button that opens and closes it: `suffix` tells its id from others', and
    /// where the button does not say what it does, the other one does.
    fn button(self, class: &'static str, suffix: &str, inside: AnyView) -> AnyView {
        let told = (suffix != HOW).then(|| [self.id, HOW].concat());
        let id = [self.id, suffix].concat();
        let own = id.clone();
        let expanded = move || if self.open.get() { "true" } else { "false" };
        view! {
            <button type="button" id=id class=class aria-expanded=expanded aria-controls=self.id aria-describedby=told
                on:click=move |_| {
                    self.opener.set_value(own.clone());
                    self.open.update(|open| *open = !*open);
                    if self.open.get_untracked() {
                        browser::reveal_next_frame(self.id);
                    }
                }>
                {inside}
            </button>
        }
        .into_any()
    }

    /// A number of which a click opens the explanation.
    pub fn number(self, text: impl Fn() -> String + Send + 'static) -> AnyView {
        self.button("explains", "-number", (move || text()).into_any())
    }

    /// The button that says what it does, and the panel that it opens.
    pub fn panel(self, question: &'static str, label: String) -> AnyView {
        let words = self.lang.text(question).to_owned();
        let button = self.button("link", HOW, words.into_any());
        let inside = move || self.open.get().then(|| self.inside());
        view! {
            <p class="how-line">{button}</p>
            <section id=self.id class="explained" aria-label=label hidden=move || !self.open.get()>
                {inside}
            </section>
        }
        .into_any()
    }

    /// Whether the panel is open.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// Closes it where Escape is pressed in it or on one of its buttons.
    pub fn on_key(self, event: &leptos::ev::KeyboardEvent) {
        if self.open.get_untracked() && browser::is_escape(event) {
            self.close();
        }
    }

    fn close(self) {
        self.open.set(false);
        browser::focus_next_frame(self.opener.get_value());
    }

    /// What is computed anew with each answer, and the way out.
    fn inside(self) -> AnyView {
        view! {
            {move || self.numbers()}
            <button type="button" class="quiet" on:click=move |_| self.close()>
                {self.lang.text("page.explain.close")}
            </button>
        }
        .into_any()
    }

    fn numbers(self) -> Vec<AnyView> {
        let doors = self.session.second.get().doors();
        doors.map_or_else(Vec::new, |doors| {
            (doors.explain)(self.session, self.lang, self.subjects)
        })
    }
}

/// Formulas with their sources; that there is none, where there is none.
pub fn explanations(shelf: Shelf, lang: Lang, all: Vec<Explanation>) -> Vec<AnyView> {
    if all.is_empty() {
        return vec![view! { <p>{lang.text("page.explain.none")}</p> }.into_any()];
    }
    all.into_iter()
        .map(|explanation| number(shelf, lang, explanation))
        .collect()
}

fn number(shelf: Shelf, lang: Lang, explanation: Explanation) -> AnyView {
    let title = explanation.title.clone();
    view! {
        <h3>{title}</h3>
        {steps(shelf, lang, false, explanation)}
    }
    .into_any()
}

/// The formulas of a number that has a heading of its own; that there is none, where
/// there is none.
pub fn formulas(shelf: Shelf, lang: Lang, explanation: Option<Explanation>) -> AnyView {
    match explanation {
        Some(explanation) => steps(shelf, lang, true, explanation),
        None => view! { <p>{lang.text("page.explain.none")}</p> }.into_any(),
    }
}

/// The steps, the first with a name or not, and the sources.
fn steps(shelf: Shelf, lang: Lang, named: bool, explanation: Explanation) -> AnyView {
    let steps: Vec<AnyView> = explanation
        .steps
        .into_iter()
        .enumerate()
        .map(|(i, step)| one_step(named || i > 0, step))
        .collect();
    let sources: Vec<AnyView> = explanation
        .sources
        .into_iter()
        .map(|key| view! { <li>{shelf.link(lang, key)}</li> }.into_any())
        .collect();
    view! {
        <ol class="steps">{steps}</ol>
        <p class="from">{lang.text("page.explain.from")}</p>
        <ul class="from">{sources}</ul>
    }
    .into_any()
}

/// A formula, with its name where no heading says it.
fn one_step(named: bool, step: Step) -> AnyView {
    let name = named.then(|| view! { <strong>{step.what}</strong> }.into_any());
    view! {
        <li>
            {name}
            <span class="formula">{["= ", &step.formula].concat()}</span>
            <span class="values">{["= ", &step.values].concat()}</span>
            <span class="result">{["= ", &step.result].concat()}</span>
        </li>
    }
    .into_any()
}

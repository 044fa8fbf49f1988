//! Numbers of a table that open their formula: a button in each cell, and under the
//! table the formula of the one that was pressed. Nothing is computed before.

use crate::browser;
use crate::panels::formulas;
use crate::session::Session;
use figures::{Cell, Figure, Origin, Table};
use leptos::prelude::*;
use words::Lang;
use words::explain::Explanation;

/// The formulas of a figure's table: which one is open.
#[derive(Clone, Copy)]
pub struct Explaining {
    session: Session,
    lang: Lang,
    /// Id of the figure.
    id: &'static str,
    drawn: RwSignal<Option<Figure>>,
    open: RwSignal<Option<Origin>>,
    /// Id of the button that opened it.
    opener: StoredValue<String>,
}

impl Explaining {
    /// None is open.
    pub fn new(
        session: Session,
        lang: Lang,
        id: &'static str,
        drawn: RwSignal<Option<Figure>>,
    ) -> Self {
        Self {
            session,
            lang,
            id,
            drawn,
            open: RwSignal::new(None),
            opener: StoredValue::new(String::new()),
        }
    }

    fn panel_id(self) -> String {
        [self.id, "-explained"].concat()
    }

    /// That numbers open their formula.
    pub fn note(self) -> &'static str {
        self.lang.text("page.explain.table")
    }

    /// What stands in a cell: a button, where its number is explained.
    pub fn cell(self, table: &Table, row: usize, column: usize) -> AnyView {
        let cell = &table.rows[row][column];
        let text = cell.text.clone();
        let Some(origin) = cell.origin else {
            return text.into_any();
        };
        let id = format!("{}-{row}-{column}", self.id);
        let (own, named) = (id.clone(), named(table, row, column));
        let values = [("value", &*text), ("what", &*named)];
        let label = self.lang.fill("page.explain.cell", &values);
        let is_open = move || self.open.get() == Some(origin);
        view! {
            <button type="button" id=id class="explains" aria-label=label
                aria-expanded=move || if is_open() { "true" } else { "false" }
                aria-controls=self.panel_id()
                on:click=move |_| self.press(origin, &own)>
                {text}
            </button>
        }
        .into_any()
    }

    fn press(self, origin: Origin, button: &str) {
        let again = self.open.get_untracked() == Some(origin);
        self.opener.set_value(button.to_owned());
        self.open.set((!again).then_some(origin));
        if !again {
            browser::reveal_next_frame(self.panel_id());
        }
    }

    /// Closes it where Escape is pressed in it or in the table.
    pub fn on_key(self, event: &leptos::ev::KeyboardEvent) {
        if self.open.get_untracked().is_some() && browser::is_escape(event) {
            self.close();
        }
    }

    fn close(self) {
        self.open.set(None);
        browser::focus_next_frame(self.opener.get_value());
    }

    /// Where the formula stands, computed anew when `at_rest` says so.
    pub fn panel(self, at_rest: RwSignal<()>) -> AnyView {
        // Made anew only where it says something else: whoever is in it stays there.
        let told = Memo::new(move |_| {
            at_rest.track();
            self.open.get().and_then(|origin| self.told(origin))
        });
        let inside = move || told.get().map(|(name, found)| self.inside(name, found));
        // A number that is gone has nothing to explain.
        Effect::new(move || {
            if told.with(Option::is_none) {
                self.open.set(None);
            }
        });
        view! {
            <section id=self.panel_id() class="explained" hidden=move || self.open.get().is_none()
                aria-label=self.lang.text("page.explain.show")>
                {inside}
            </section>
        }
        .into_any()
    }

    /// The names of the row and the column where the number stands, if it does, and its
    /// formula.
    fn told(self, origin: Origin) -> Option<(String, Option<Explanation>)> {
        let name = self.drawn.with_untracked(|figure| {
            let table = &figure.as_ref()?.table;
            let (row, column) = place(table, origin)?;
            Some(named(table, row, column))
        })?;
        let Session {
            answered, other, ..
        } = self.session;
        let (own, other) = (answered.get_untracked(), other.get_untracked());
        let beside = other.as_ref().map(|other| other.case());
        Some((name, origin.explain(self.lang, own.case(), beside)))
    }

    /// Both, and the way out.
    fn inside(self, name: String, found: Option<Explanation>) -> AnyView {
        view! {
            <h3>{name}</h3>
            {formulas(self.session.shelf, self.lang, found)}
            <button type="button" class="quiet" on:click=move |_| self.close()>
                {self.lang.text("page.explain.close")}
            </button>
        }
        .into_any()
    }
}

/// Where the number stands that is explained like that.
fn place(table: &Table, origin: Origin) -> Option<(usize, usize)> {
    let is_it = |cell: &Cell| cell.origin == Some(origin);
    let mut rows = table.rows.iter().enumerate();
    rows.find_map(|(i, row)| Some((i, row.iter().position(is_it)?)))
}

/// The names of row and column.
fn named(table: &Table, row: usize, column: usize) -> String {
    let head = table.head.get(column).map_or("", String::as_str);
    [&table.rows[row][0].text, ", ", head].concat()
}

//! Numbers of a figure that open their formula: a button in each cell of its table,
//! and the words that are read off its drawing. The formula stands right under the row,
//! or under the drawing. Nothing is computed before.

use crate::browser;
use crate::panels::formulas;
use crate::session::Session;
use figures::{Cell, Figure, Origin, Table};
use leptos::prelude::*;
use words::Lang;
use words::explain::Explanation;

/// The formulas of a figure's numbers: which are open, and where.
#[derive(Clone, Copy)]
pub struct Explaining {
    session: Session,
    lang: Lang,
    /// Id of the figure.
    id: &'static str,
    open: RwSignal<Option<Open>>,
    told: Memo<Option<Vec<Told>>>,
    /// Id of what opened it.
    opener: StoredValue<String>,
}

/// What is open.
#[derive(Clone, PartialEq)]
enum Open {
    /// The number of a cell.
    Cell(Origin),
    /// What is read at a mark.
    Mark(Vec<Origin>),
}

impl Open {
    fn origins(&self) -> &[Origin] {
        match self {
            Self::Cell(origin) => std::slice::from_ref(origin),
            Self::Mark(origins) => origins,
        }
    }
}

/// The names of the row and the column where a number stands, and its formula.
type Told = (String, Option<Explanation>);

impl Explaining {
    /// None is open; what is, is computed anew when `at_rest` says so.
    pub fn new(
        session: Session,
        lang: Lang,
        id: &'static str,
        drawn: RwSignal<Option<Figure>>,
        at_rest: RwSignal<()>,
    ) -> Self {
        let open = RwSignal::new(None::<Open>);
        // Made anew only where it says something else: whoever is in it stays there.
        let told = Memo::new(move |_| {
            at_rest.track();
            let origins = open.with(|open| open.as_ref().map(|open| open.origins().to_vec()))?;
            let told = |origin| told(session, lang, drawn, origin);
            let all: Vec<Told> = origins.into_iter().filter_map(told).collect();
            (!all.is_empty()).then_some(all)
        });
        // A number that is gone has nothing to explain.
        Effect::new(move || {
            if told.with(Option::is_none) {
                open.set(None);
            }
        });
        Self {
            session,
            lang,
            id,
            open,
            told,
            opener: StoredValue::new(String::new()),
        }
    }

    /// A formula is open.
    pub fn is_open(self) -> bool {
        self.open.with_untracked(Option::is_some)
    }

    fn panel_id(self) -> String {
        [self.id, "-explained"].concat()
    }

    /// The id of what reads the drawing with the keyboard.
    pub fn reader_id(self) -> String {
        [self.id, "-reader"].concat()
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
        let is_open = move || self.open.get() == Some(Open::Cell(origin));
        view! {
            <button type="button" id=id class="explains" aria-label=label
                aria-expanded=move || if is_open() { "true" } else { "false" }
                aria-controls=move || is_open().then(|| self.panel_id())
                on:click=move |_| self.press(origin, &own)>
                {text}
            </button>
        }
        .into_any()
    }

    fn press(self, origin: Origin, button: &str) {
        let asked = Open::Cell(origin);
        let again = self.open.get_untracked().as_ref() == Some(&asked);
        self.opener.set_value(button.to_owned());
        self.open.set((!again).then_some(asked));
        if !again {
            browser::reveal_next_frame(self.panel_id());
        }
    }

    /// Opens what is read off the drawing, and takes the keyboard there: the words
    /// would hide it.
    pub fn read(self, origins: Vec<Origin>) {
        if !origins.is_empty() {
            self.opener.set_value(self.reader_id());
            self.open.set(Some(Open::Mark(origins)));
            browser::focus_next_frame(self.panel_id());
        }
    }

    /// Closes it where Escape is pressed in it or in the table.
    pub fn on_key(self, event: &leptos::ev::KeyboardEvent) {
        if self.is_open() && browser::is_escape(event) {
            self.close();
        }
    }

    fn close(self) {
        self.open.set(None);
        browser::focus_next_frame(self.opener.get_value());
    }

    /// The formulas of what is read off the drawing, where they are open.
    pub fn under_drawing(self) -> Option<AnyView> {
        let is_here = self.open.with(|open| matches!(open, Some(Open::Mark(_))));
        is_here.then(|| self.panel()).flatten()
    }

    /// The row under that one, with the formula of its number that is open.
    pub fn under_row(self, table: &Table, row: usize) -> Option<AnyView> {
        let Some(Open::Cell(origin)) = self.open.get() else {
            return None;
        };
        let (own, _) = place(table, origin)?;
        let panel = (own == row).then(|| self.panel()).flatten()?;
        let all = table.head.len();
        Some(view! { <tr class="under"><td colspan=all>{panel}</td></tr> }.into_any())
    }

    /// What is open, and the way out.
    fn panel(self) -> Option<AnyView> {
        let told = |(name, found)| {
            view! {
                <h3>{name}</h3>
                {formulas(self.session.shelf, self.lang, found)}
            }
            .into_any()
        };
        let told: Vec<AnyView> = self.told.get()?.into_iter().map(told).collect();
        let panel = view! {
            <section id=self.panel_id() class="explained" tabindex="-1"
                aria-label=self.lang.text("page.explain.show")>
                {told}
                <button type="button" class="quiet" on:click=move |_| self.close()>
                    {self.lang.text("page.explain.close")}
                </button>
            </section>
        };
        Some(panel.into_any())
    }
}

/// Where the number stands, if it does, and its formula.
fn told(
    session: Session,
    lang: Lang,
    drawn: RwSignal<Option<Figure>>,
    origin: Origin,
) -> Option<Told> {
    let name = drawn.with_untracked(|figure| {
        let table = &figure.as_ref()?.table;
        let (row, column) = place(table, origin)?;
        Some(named(table, row, column))
    })?;
    let Session {
        answered, other, ..
    } = session;
    let (own, other) = (answered.get_untracked(), other.get_untracked());
    let beside = other.as_ref().map(|other| other.case());
    Some((name, origin.explain(lang, own.case(), beside)))
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

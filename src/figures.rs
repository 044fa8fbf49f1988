//! The frame around a figure: heading, chart, finding, table, sources.
//!
//! What is off the screen is not drawn, see [`drawing`]; the table under a figure
//! follows once the reader's hand rests.

mod drawing;
mod drivers;
mod explaining;
mod reading;
mod saving;
mod shares;

pub use drivers::Drivers;
pub use shares::MapShares;

use crate::browser::{self, Later, REST, Slices};
use crate::draws;
use crate::session::{Answered, Session};
use doubt::Study;
use explaining::Explaining;
use figures::{Along, Drawn, Figure, MapCells, Shown, Table};
use leptos::html;
use leptos::prelude::*;
use reading::Readable;
use sim::state::Value;
use std::cell::RefCell;
use std::sync::Arc;
use words::Lang;
use words::doubt::answer_name;

/// Which figure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What works, by node and die count.
    Map,
    /// How often the choice works, by dies and by node.
    Sure,
    /// Where a token's time goes.
    Latency,
    /// Arithmetic or memory.
    Roofline,
    /// Speed for each reader against output.
    Frontier,
    /// What stops the run.
    Gates,
    /// Time lost by size of the cluster.
    Failures,
    /// What a million tokens cost.
    Bill,
    /// Where the watts go.
    Watts,
    /// Yield and cost by number of dies.
    Silicon,
    /// What a package costs.
    Cost,
    /// Where another die stops paying.
    Adding,
    /// The same silicon cut on two nodes.
    Ways,
    /// Packages by quarter.
    Supply,
    /// Who is caught by the rules.
    Law,
}

impl Which {
    /// All of them, in the order in which a reader's questions come.
    pub const ALL: [Self; 15] = [
        Self::Map,
        Self::Sure,
        Self::Latency,
        Self::Roofline,
        Self::Frontier,
        Self::Gates,
        Self::Failures,
        Self::Bill,
        Self::Watts,
        Self::Cost,
        Self::Silicon,
        Self::Adding,
        Self::Ways,
        Self::Supply,
        Self::Law,
    ];

    /// Its name in the `view` of a link.
    pub fn name(self) -> &'static str {
        self.id().strip_prefix("figure-").unwrap_or_default()
    }

    /// The question that it answers.
    pub fn title(self, lang: Lang) -> &'static str {
        lang.find(&["figure.", self.name(), ".title"].concat())
            .unwrap_or_default()
    }

    /// The id of its element.
    pub fn id(self) -> &'static str {
        match self {
            Self::Map => "figure-map",
            Self::Sure => "figure-sure",
            Self::Latency => "figure-latency",
            Self::Roofline => "figure-roofline",
            Self::Frontier => "figure-frontier",
            Self::Gates => "figure-gates",
            Self::Failures => "figure-failures",
            Self::Bill => "figure-bill",
            Self::Watts => "figure-watts",
            Self::Silicon => "figure-silicon",
            Self::Cost => "figure-cost",
            Self::Adding => "figure-adding",
            Self::Ways => "figure-ways",
            Self::Supply => "figure-supply",
            Self::Law => "figure-law",
        }
    }

    /// It shows where draws lie.
    pub fn shows_draws(self) -> bool {
        let answers = matches!(
            self,
            Self::Latency | Self::Bill | Self::Gates | Self::Failures
        );
        answers || self.shows_shares() || self.shows_more_draws()
    }

    /// It shows in how many draws each crossing of the map works.
    fn shows_shares(self) -> bool {
        matches!(self, Self::Map | Self::Sure)
    }

    /// It shows draws of numbers of its own.
    fn shows_more_draws(self) -> bool {
        matches!(
            self,
            Self::Roofline
                | Self::Frontier
                | Self::Watts
                | Self::Silicon
                | Self::Cost
                | Self::Adding
                | Self::Ways
                | Self::Supply
        )
    }

    fn draw(self, shown: &Shown, cells: &mut MapCells) -> Figure {
        match self {
            Self::Map => figures::map_from(shown, cells),
            Self::Sure => figures::sure(shown),
            Self::Latency => figures::latency(shown),
            Self::Roofline => figures::roofline(shown),
            Self::Frontier => figures::frontier(shown),
            Self::Gates => figures::gates(shown),
            Self::Failures => figures::failures(shown),
            Self::Bill => figures::bill(shown),
            Self::Watts => figures::watts(shown),
            Self::Silicon => figures::silicon(shown),
            Self::Cost => figures::cost(shown),
            Self::Adding => figures::adding(shown),
            Self::Ways => figures::ways(shown),
            Self::Supply => figures::supply(shown),
            Self::Law => figures::law(shown),
        }
    }
}

/// A figure of the session.
#[component]
pub fn Frame(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// Which figure.
    which: Which,
    /// The draws of the map's crossings, which two figures show.
    shares: MapShares,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let cells = RefCell::new(MapCells::default());
    // Draws around the answer are done: until then they are left room.
    let settled = Memo::new(move |_| which.shows_draws() && draws::settled(session).is_some());
    let along = RwSignal::new(None::<(Arc<Study>, Along)>);
    let slices = Slices::new();
    let shares = which.shows_shares().then_some(shares);
    let drawn = drawing::kept_drawn(
        place,
        move || {
            session.answered.track();
            session.other.track();
            if !settled.get() {
                slices.stop();
                shares.inspect(|shares| shares.stop());
            }
            along.track();
            shares.inspect(|shares| shares.track());
        },
        move |width, on_paper| {
            let own = session.answered.get_untracked();
            let other = session.other.get_untracked();
            let draws = untrack(|| draws::settled(session));
            let study = draws.as_ref().and_then(|draws| draws.study.clone());
            let made = along.read_untracked();
            let made = made
                .as_ref()
                .filter(|(of, _)| study.as_ref().is_some_and(|study| Arc::ptr_eq(of, study)));
            let crossings = shares
                .zip(study.as_ref())
                .and_then(|(shares, study)| shares.of(study, &own, other.as_ref()));
            if let (None, Some(study)) = (made, study)
                && which.shows_more_draws()
            {
                slices.begin(drawn_again(along, which.id(), study, own.clone()));
            }
            let there = draws.is_some()
                && (made.is_some() || !which.shows_more_draws())
                && (crossings.is_some() || !which.shows_shares());
            let around = Drawn {
                shown: draws.as_ref().map(|draws| &draws.shown),
                along: made.map(|(_, along)| along),
                shares: crossings.as_ref().map(|cells| cells.as_slice()),
            };
            let shown = Shown {
                lang,
                width,
                own: own.case(),
                other: other.as_ref().map(|other| other.case()),
                drawn: (which.shows_draws() && (there || !on_paper)).then_some(around),
            };
            Some(which.draw(&shown, &mut cells.borrow_mut()))
        },
    );
    let on_choose =
        (which == Which::Map).then(|| Callback::new(move |at| choose_cell(session, at)));
    framed(
        session,
        lang,
        which.id(),
        (place, drawn),
        on_choose,
        ().into_any(),
    )
}

/// The pieces of drawing a figure's own numbers.
fn drawn_again(
    made: RwSignal<Option<(Arc<Study>, Along)>>,
    id: &'static str,
    study: Arc<Study>,
    of: Arc<Answered>,
) -> impl FnMut() -> bool {
    let mut along = None::<Along>;
    move || {
        if along.is_none() {
            along = Along::new(id, &study, &of.case());
        }
        let done = along.as_mut().is_none_or(Along::step);
        if let Some(along) = along.take_if(|_| done) {
            made.try_set(Some((study.clone(), along)));
        }
        done
    }
}

/// The frame: what is drawn in its place, something between heading and drawing, the
/// finding, and behind a disclosure table and sources.
fn framed(
    session: Session,
    lang: Lang,
    id: &'static str,
    (place, drawn): (NodeRef<html::Div>, RwSignal<Option<Figure>>),
    on_choose: Option<Callback<usize>>,
    above: AnyView,
) -> AnyView {
    let text = move |of: fn(&Figure) -> &str| {
        move || {
            drawn.with(|figure| {
                figure
                    .as_ref()
                    .map_or_else(String::new, |f| of(f).to_owned())
            })
        }
    };
    // Before it is drawn, so that its title pushes nothing down.
    let named = move || {
        let name = id.trim_start_matches("figure-");
        let title = ["figure.", name, ".title"].concat();
        // Of drivers it names the answer that is asked about first.
        let asked = answer_name(lang, drivers::ASKED[0]);
        lang.fill(&title, &[("answer", asked)])
    };
    // The map stands where the program takes a page over: what follows it comes with it.
    let waits = Memo::new(move |_| id == Which::Map.id() && drawn.with(Option::is_none));
    let open = RwSignal::new(false);
    let at_rest = RwSignal::new(());
    let rest = Later::new(REST, move || at_rest.set(()));
    let explaining = Explaining::new(session, lang, id, drawn, at_rest);
    Effect::new(move || {
        drawn.track();
        if open.get_untracked() || explaining.is_open() {
            rest.ask();
        }
    });
    // Around it stands an article, and few levers.
    let alone = session
        .view
        .with_untracked(|view| view.embed && id.strip_prefix("figure-") == view.view.as_deref());
    let of_what = alone
        .then(|| view! { <p class="of-what">{move || subject(session, lang, id)}</p> }.into_any());
    // Made anew in its place: whoever is in a cell, or in the formula under it, stays.
    let table = move || {
        at_rest.track();
        let table = |figure: &Option<Figure>| Some(table(figure.as_ref()?, explaining));
        open.get().then(|| drawn.with_untracked(table)).flatten()
    };
    let sources = Memo::new(move |_| match open.get() {
        true => session.rested.with(|own| {
            session
                .other
                .with(|other| sources(id, own, other.as_deref()))
        }),
        false => Vec::new(),
    });
    let list = move || {
        let there = sources.get();
        there
            .into_iter()
            .map(|source| view! { <li>{session.shelf.link(lang, source)}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    view! {
        <figure id=id class="figure">
            <h2>{move || drawn.with(|figure| figure.as_ref().map_or_else(named, |f| f.title.clone()))}</h2>
            {of_what}
            {above}
            <div on:keydown=move |event| explaining.on_key(&event)>
                <Readable lang=lang drawn=drawn place=place explaining=explaining on_choose=on_choose />
                {move || explaining.under_drawing()}
            </div>
            <figcaption>{text(|figure| &figure.caption)}</figcaption>
            <details hidden=waits on:toggle=move |event| open.set(browser::is_open(&event))>
                <summary>
                    {lang.text("page.figure_numbers")}
                    <span class="unseen">{text(|figure| &figure.title)}</span>
                </summary>
                <div on:keydown=move |event| explaining.on_key(&event)>
                    <div class="scroll" tabindex="0" role="group" aria-label=lang.text("page.figure_numbers")>{table}</div>
                </div>
                {move || open.get().then(|| saving::buttons(session, lang, drawn, sources))}
                <h3>{lang.text("page.sources.title")}</h3>
                <ul class="source-list">{list}</ul>
            </details>
        </figure>
    }
    .into_any()
}

/// Keys of the sources of what the figure of that id shows.
fn sources(id: &str, own: &Answered, other: Option<&Answered>) -> Vec<&'static str> {
    figures::sources(id, &own.state, other.map(|other| &other.state))
}

/// What the figure of that id is of.
fn subject(session: Session, lang: Lang, id: &str) -> String {
    session.answered.with(|own| {
        let of = |other: &Option<Arc<Answered>>| {
            let other = other.as_ref().map(|other| &other.scenario);
            figures::subject(lang, id, &own.scenario, other)
        };
        session.other.with(of)
    })
}

/// Takes node and die count from that cell of the map, counted row by row.
fn choose_cell(session: Session, at: usize) {
    let (own, other) = (
        session.answered.get_untracked(),
        session.other.get_untracked(),
    );
    let beside = other.as_ref().map(|other| &other.scenario);
    let nodes = figures::map_nodes(&own.scenario, beside);
    let columns = figures::map_dies(&own.scenario, beside);
    // A cell of B's own map is none of the reader's.
    let node = nodes.get(at / columns.len()).map(|node| node.id);
    let dies = columns.get(at % columns.len()).copied();
    if let (Some(node), Some(dies)) = (node, dies) {
        let dies = Value::Number(f64::from(dies));
        session.change(|state| state.with("node", Value::Id(node)).with("dies", dies));
    }
}

fn table(figure: &Figure, explaining: Explaining) -> AnyView {
    let Table { head, rows } = &figure.table;
    let head: Vec<AnyView> = head
        .iter()
        .map(|text| view! { <th scope="col">{text.clone()}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let name = row.first().map(|cell| cell.text.clone());
            let name = name.map(|text| view! { <th scope="row">{text}</th> });
            let cells: Vec<AnyView> = (1..row.len())
                .map(|j| {
                    let cell = explaining.cell(&figure.table, i, j);
                    view! { <td>{cell}</td> }.into_any()
                })
                .collect();
            let under = explaining.under_row(&figure.table, i);
            view! { <tr>{name}{cells}</tr>{under} }.into_any()
        })
        .collect();
    let mut cells = figure.table.rows.iter().flatten();
    let explains = cells.any(|cell| cell.origin.is_some());
    view! {
        {explains.then(|| view! { <p class="table-note">{explaining.note()}</p> })}
        <table>
            <caption>{figure.title.clone()}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

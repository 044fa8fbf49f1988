//! The frame around a figure: heading, chart, finding, table, sources.
//!
//! What is off the screen is not drawn, see [`drawing`]; the table under a figure
//! follows once the reader's hand rests.

mod drawing;
mod reading;

use crate::browser::{Later, REST};
use crate::panels::source_link;
use crate::session::Session;
use figures::{Figure, Shown, Table};
use leptos::html;
use leptos::prelude::*;
use reading::Readable;
use sim::catalogue::SourceRow;
use sim::state::Value;
use words::Lang;

/// Which figure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What works, by node and die count.
    Map,
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
    fn id(self) -> &'static str {
        match self {
            Self::Map => "figure-map",
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

    fn draw(self, shown: &Shown) -> Figure {
        match self {
            Self::Map => figures::map(shown),
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
    /// What stands behind it.
    sources: Memo<Vec<&'static SourceRow>>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let drawn = drawing::kept_drawn(
        place,
        move || {
            session.answered.track();
            session.other.track();
        },
        move |width| {
            let own = session.answered.get_untracked();
            let other = session.other.get_untracked();
            which.draw(&Shown {
                lang,
                width,
                own: own.case(),
                other: other.as_ref().map(|other| other.case()),
            })
        },
    );
    let text = move |of: fn(&Figure) -> &str| {
        move || {
            drawn.with(|figure| {
                figure
                    .as_ref()
                    .map_or_else(String::new, |f| of(f).to_owned())
            })
        }
    };
    let open = RwSignal::new(false);
    let at_rest = RwSignal::new(());
    let rest = Later::new(REST, move || at_rest.set(()));
    Effect::new(move || {
        drawn.track();
        if open.get_untracked() {
            rest.ask();
        }
    });
    let table = move || {
        at_rest.track();
        open.get()
            .then(|| drawn.with_untracked(|figure| figure.as_ref().map(table)))
            .flatten()
    };
    let list = move || {
        let there = if open.get() {
            sources.get()
        } else {
            Vec::new()
        };
        there
            .into_iter()
            .map(|source| view! { <li>{source_link(lang, source)}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    let on_choose =
        (which == Which::Map).then(|| Callback::new(move |at| choose_cell(session, at)));
    view! {
        <figure id=which.id() class="figure">
            <h2>{text(|figure| &figure.title)}</h2>
            <Readable lang=lang drawn=drawn place=place on_choose=on_choose />
            <figcaption>{text(|figure| &figure.caption)}</figcaption>
            <details on:toggle=move |_| open.update(|open| *open = !*open)>
                <summary>
                    {lang.text("page.figure_numbers")}
                    <span class="unseen">{text(|figure| &figure.title)}</span>
                </summary>
                <div class="scroll" tabindex="0" role="group" aria-label=lang.text("page.figure_numbers")>{table}</div>
                <h3>{lang.text("page.sources.title")}</h3>
                <ul class="source-list">{list}</ul>
            </details>
        </figure>
    }
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
        session.choose("node", Some(Value::Id(node)));
        session.choose("dies", Some(Value::Number(f64::from(dies))));
    }
}

fn table(figure: &Figure) -> AnyView {
    let Table { head, rows } = &figure.table;
    let head: Vec<AnyView> = head
        .iter()
        .map(|text| view! { <th scope="col">{text.clone()}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = rows
        .iter()
        .map(|row| {
            let mut cells = row.iter().cloned();
            let name = cells
                .next()
                .map(|text| view! { <th scope="row">{text}</th> });
            let cells: Vec<AnyView> = cells
                .map(|text| view! { <td>{text}</td> }.into_any())
                .collect();
            view! { <tr>{name}{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <table>
            <caption>{figure.title.clone()}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

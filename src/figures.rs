//! The frame around a figure: heading, chart, finding, table, sources.
//!
//! A figure is drawn after the answers have been painted, and only while it is
//! on the screen or nearly.

use crate::browser::{self, Moment, OncePerFrame, Watch};
use crate::session::{Answered, Session};
use figures::{Figure, Table};
use leptos::html;
use leptos::prelude::*;
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

    fn draw(self, lang: Lang, answered: &Answered, width: u32) -> Figure {
        let Answered {
            state,
            scenario,
            outcome,
            ..
        } = answered;
        match self {
            Self::Map => figures::map(lang, scenario, width),
            Self::Latency => figures::latency(lang, state, scenario, outcome, width),
            Self::Roofline => figures::roofline(lang, state, scenario, outcome, width),
            Self::Frontier => figures::frontier(lang, state, scenario, outcome, width),
            Self::Gates => figures::gates(lang, scenario, outcome, width),
            Self::Failures => figures::failures(lang, scenario, outcome, width),
            Self::Bill => figures::bill(lang, state, scenario, outcome, width),
            Self::Watts => figures::watts(lang, state, scenario, outcome, width),
            Self::Silicon => figures::silicon(lang, scenario, width),
            Self::Cost => figures::cost(lang, scenario, width),
            Self::Adding => figures::adding(lang, scenario, width),
            Self::Ways => figures::ways(lang, scenario, width),
            Self::Supply => figures::supply(lang, scenario, outcome, width),
            Self::Law => figures::law(lang, scenario, outcome, width),
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
    sources: Memo<Vec<&'static str>>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let drawn = drawing(session, lang, which, place);
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
    let table = move || {
        open.get()
            .then(|| drawn.with(|figure| figure.as_ref().map(table)))
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
            .map(|source| view! { <li>{session.shelf.link(lang, source)}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    view! {
        <figure id=which.id() class="figure">
            <h2>{text(|figure| &figure.title)}</h2>
            <div class="drawing" node_ref=place inner_html=text(|figure| &figure.svg)
                on:click=move |event| {
                    if which == Which::Map {
                        choose_cell(session, &event);
                    }
                }></div>
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

/// The figure as of the latest answer, language and width, while in sight.
fn drawing(
    session: Session,
    lang: Lang,
    which: Which,
    place: NodeRef<html::Div>,
) -> RwSignal<Option<Figure>> {
    let drawn = RwSignal::new(None);
    let seen = RwSignal::new(false);
    let width = RwSignal::new(0u32);
    let draw = OncePerFrame::new(Moment::AfterPaint, move || {
        let width = width.get_untracked();
        drawn.set(Some(
            session
                .answered
                .with_untracked(|answered| which.draw(lang, answered, width)),
        ));
    });
    Effect::new(move || {
        session.answered.track();
        if seen.get() && width.get() > 0 {
            draw.ask();
        }
    });
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = place.get() {
            let on_width = move |now: u32| {
                if now != width.get_untracked() {
                    width.set(now);
                }
            };
            let watched = Watch::new(&element, "200px", move |now| seen.set(now), on_width);
            watch.set_value(Some(watched));
        }
    });
    drawn
}

/// Takes node and die count from the cell of the map that was pointed at.
fn choose_cell(session: Session, event: &leptos::ev::MouseEvent) {
    let Some((column, row)) = browser::cell_under(event) else {
        return;
    };
    let (node, dies) = session.answered.with_untracked(|answered| {
        let columns = figures::map_dies(&answered.scenario);
        let nodes = figures::map_nodes(&answered.scenario);
        (
            nodes.get(row).map(|node| node.id),
            columns.get(column).copied(),
        )
    });
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

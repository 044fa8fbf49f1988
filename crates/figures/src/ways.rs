//! The same silicon as few large dies or many small ones, on an older node and
//! on a newer.

use crate::costs::{bar_parts, cells, money, name, total, why_not};
use crate::cuts::{Cut, cut};
use crate::reading::of_bar;
use crate::{Figure, Table, frame};
use charts::{BarRow, BarSpec, stacked_bar};
use sim::catalogue::{self, NODES, NodeRow};
use sim::scenario::Scenario;
use sim::silicon::Foundry;
use units::OpRate;
use words::Lang;

/// Cuts shown, and the reader's own.
const DIES: [u32; 4] = [1, 2, 4, 8];
/// The designer that chose this way.
const NAMESAKE: &str = "metax";
/// Peak that a cost is divided by.
const HUNDRED_TERAFLOPS: OpRate = OpRate::new(1e14);

/// A node with its cuts, fewest dies first.
struct Way {
    node: &'static NodeRow,
    cuts: Vec<Cut>,
}

/// The reader's silicon in one to eight dies, on the reader's node and on the
/// next one of its country: cost of a package by part, and what it gives.
pub fn ways(lang: Lang, scenario: &Scenario, width: u32) -> Figure {
    let title = lang.text(title(scenario)).to_owned();
    let ways: Vec<Way> = nodes(scenario)
        .into_iter()
        .map(|node| Way {
            node,
            cuts: counts(scenario)
                .into_iter()
                .map(|dies| cut(scenario, node, dies))
                .collect(),
        })
        .collect();
    let caption = caption(lang, &ways);
    let all: Vec<&Foundry> = ways
        .iter()
        .flat_map(|way| way.cuts.iter().map(|cut| &cut.foundry))
        .collect();
    let rows = ways.iter().flat_map(|way| {
        let all = &all;
        way.cuts.iter().enumerate().map(move |(i, cut)| {
            let bar = BarRow {
                heading: match i {
                    0 => way.node.name.to_owned(),
                    _ => String::new(),
                },
                label: label(lang, scenario, way.node, cut.dies),
                parts: bar_parts(lang, &cut.foundry, all),
                total: total(lang, &cut.package, &cut.foundry),
                note: note(lang, cut),
                ..BarRow::default()
            };
            let name = full_label(lang, scenario, way.node, cut.dies);
            of_bar(lang, &name, lang.text("figure.ways.total"), bar)
        })
    });
    let spec = BarSpec {
        frame: frame(lang, "ways", &title, &caption, width),
        rows: rows.collect(),
    };
    Figure {
        id: "figure-ways",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table: table(lang, scenario, &ways),
    }
}

fn title(scenario: &Scenario) -> &'static str {
    let family = catalogue::chip(scenario.chip_id).and_then(|chip| chip.family);
    if family == Some(NAMESAKE) {
        "figure.ways.title_metax"
    } else {
        "figure.ways.title"
    }
}

/// Die counts of the rows: the usual ones and the reader's.
fn counts(scenario: &Scenario) -> Vec<u32> {
    let mut counts = DIES.to_vec();
    let own = scenario.design.dies;
    if own <= 8 && !counts.contains(&own) {
        counts.push(own);
        counts.sort_unstable();
    }
    counts
}

/// The reader's node and the next denser one of its country, or the next less
/// dense where there is none; the older first.
fn nodes(scenario: &Scenario) -> Vec<&'static NodeRow> {
    let Some(own) = catalogue::node(scenario.node_id) else {
        return Vec::new();
    };
    let density = |node: &NodeRow| node.density.central.get();
    let nearest = |newer: bool| {
        NODES
            .iter()
            .filter(|node| node.country == own.country)
            .filter(|node| match newer {
                true => density(node) > density(own),
                false => density(node) < density(own),
            })
            .min_by(|a, b| {
                let far = |node: &NodeRow| (density(node) - density(own)).abs();
                far(a).total_cmp(&far(b))
            })
    };
    match (nearest(true), nearest(false)) {
        (Some(newer), _) => vec![own, newer],
        (None, Some(older)) => vec![older, own],
        (None, None) => vec![own],
    }
}

/// The name of a row, which says which one is the reader's.
fn label(lang: Lang, scenario: &Scenario, node: &NodeRow, dies: u32) -> String {
    let count = lang.dies(dies);
    if node.id == scenario.node_id && dies == scenario.design.dies {
        lang.fill("figure.ways.here", &[("dies", &count)])
    } else {
        count
    }
}

/// The same with the node.
fn full_label(lang: Lang, scenario: &Scenario, node: &NodeRow, dies: u32) -> String {
    format!("{}, {}", node.name, label(lang, scenario, node, dies))
}

/// Dollars of a hundred teraflops of peak; `None` for what cannot be made.
fn per_peak(cut: &Cut) -> Option<f64> {
    let peak = cut.package.peaks.bf16 / HUNDRED_TERAFLOPS;
    let cost = cut.foundry.package_cost_usd;
    (cut.package.is_manufacturable() && cost > 0.0 && peak > 0.0).then(|| cost / peak)
}

/// What a package gives, or why there is none.
fn note(lang: Lang, cut: &Cut) -> String {
    let Some(dollars) = per_peak(cut) else {
        return why_not(lang, &cut.package).unwrap_or_default();
    };
    lang.fill(
        "figure.ways.note",
        &[
            ("peak", &lang.op_rate(cut.package.peaks.bf16)),
            ("power", &lang.power(cut.package.power)),
            ("yield", &lang.percent(cut.foundry.die_yield_share)),
            ("each", &money(lang, dollars)),
        ],
    )
}

/// The cut that gives most peak for the money.
fn cheapest(way: &Way) -> Option<(&Cut, f64)> {
    way.cuts
        .iter()
        .filter_map(|cut| Some((cut, per_peak(cut)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The finding: the cheapest cut of each node, and what more dies trade.
fn caption(lang: Lang, ways: &[Way]) -> String {
    let said: Vec<String> = ways
        .iter()
        .map(|way| match cheapest(way) {
            Some((cut, dollars)) => lang.fill(
                "figure.ways.cheapest",
                &[
                    ("node", way.node.name),
                    ("dies", &lang.dies(cut.dies)),
                    ("each", &money(lang, dollars)),
                ],
            ),
            None => lang.fill("figure.ways.none", &[("node", way.node.name)]),
        })
        .collect();
    let trade = ways.iter().find_map(|way| {
        let mut made = way.cuts.iter().filter(|cut| per_peak(cut).is_some());
        let (few, many) = (made.next()?, made.next_back()?);
        Some(lang.fill(
            "figure.ways.trade",
            &[
                ("node", way.node.name),
                ("few", &lang.dies(few.dies)),
                ("many", &lang.dies(many.dies)),
                ("yield", &lang.percent(few.foundry.die_yield_share)),
                ("better", &lang.percent(many.foundry.die_yield_share)),
                ("power", &lang.power(few.package.power)),
                ("more", &lang.power(many.package.power)),
            ],
        ))
    });
    let found = said.iter().skip(1).fold(
        said.first().cloned().unwrap_or_default(),
        |first, second| {
            let both = [("first", first.as_str()), ("second", second.as_str())];
            lang.fill("figure.ways.both", &both)
        },
    );
    let found = lang.fill("figure.ways.caption", &[("ways", &found)]);
    match trade {
        Some(trade) => format!("{found} {trade}"),
        None => found,
    }
}

fn table(lang: Lang, scenario: &Scenario, ways: &[Way]) -> Table {
    let mut head: Vec<String> = ["way", "total", "peak", "power", "memory", "yield", "each"]
        .map(|key| lang.text(&format!("figure.ways.{key}")).to_owned())
        .to_vec();
    let cuts = || {
        ways.iter()
            .flat_map(|way| way.cuts.iter().map(move |cut| (way.node, cut)))
    };
    if let Some((_, cut)) = cuts().next() {
        head.extend(cut.foundry.parts().map(|(part, _)| name(lang, part)));
    }
    let rows = cuts()
        .map(|(node, cut)| {
            let none = || lang.text("figure.none").to_owned();
            let made = cut.package.is_manufacturable();
            let cell = |text: String| if made { text } else { none() };
            let mut row = vec![
                full_label(lang, scenario, node, cut.dies),
                total(lang, &cut.package, &cut.foundry),
                cell(lang.op_rate(cut.package.peaks.bf16)),
                cell(lang.power(cut.package.power)),
                cell(lang.bytes(cut.package.memory)),
                lang.percent(cut.foundry.die_yield_share),
                per_peak(cut).map_or_else(none, |dollars| money(lang, dollars)),
            ];
            row.extend(cells(lang, &cut.package, &cut.foundry));
            row
        })
        .collect();
    Table { head, rows }
}

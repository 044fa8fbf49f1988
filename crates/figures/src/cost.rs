//! What a package costs to make, part by part.

use crate::costs::{bar_parts, cells, money, name, total, why_not};
use crate::drawn::rows;
use crate::origin::Of;
use crate::reading::of_bar;
use crate::shown::{Shown, b_alone, quantity};
use crate::{Cell, Figure, Table, cell, moved};
use charts::{BarRow, BarSpec, stacked_bar};
use sim::catalogue::{self, Country, NodeRow};
use sim::scenario::Scenario;
use sim::silicon::{self, Foundry, Package};
use units::Money;
use words::Lang;
use words::explain::Subject;

/// The process abroad that a Chinese one is held against.
const ABROAD: &str = "tsmc-n7";
/// The Chinese process that one abroad is held against.
const IN_CHINA: &str = "smic-n2";

/// One design and what a package of it costs.
struct Made {
    label: String,
    of: Of,
    package: Package,
    foundry: Foundry,
}

impl Made {
    fn new(label: String, of: Of, scenario: &Scenario) -> Self {
        let (anchor, design, making) = (&scenario.anchor, &scenario.design, &scenario.making);
        let package = silicon::package(anchor, design, making);
        let foundry = silicon::foundry(anchor, design, &package, making);
        Self {
            label,
            of,
            package,
            foundry,
        }
    }

    fn dollars(&self) -> Option<f64> {
        let cost = self.foundry.package_cost_usd;
        (self.package.is_manufacturable() && cost > 0.0).then_some(cost)
    }
}

/// What the reader's package costs and why, beside the same design on another
/// node and the chip as sold.
pub fn cost(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let title = lang.text("figure.cost.title").to_owned();
    let other = reference(scenario);
    let mut rows = vec![Made::new(
        shown.own_name(lang.text("figure.cost.here")),
        Of::OWN,
        scenario,
    )];
    if let Some(node) = other {
        let label = lang.fill("figure.cost.on", &[("node", node.name)]);
        let dies = scenario.design.dies;
        let there = moved(scenario, node, dies);
        rows.push(Made::new(label, Of::OWN.moved(node.id, dies), &there));
    }
    if let Some(sold) = as_sold(scenario) {
        let chip = catalogue::chip(scenario.chip_id).map_or("", |row| row.short);
        let label = lang.fill("figure.cost.sold", &[("chip", chip)]);
        rows.push(Made::new(label, Of::OWN.as_sold(), &sold));
    }
    let caption = shown.caption(caption(lang, &rows, other), |b| {
        let b = Made::new(b_alone(lang), Of::OTHER, b.scenario);
        let versus = versus(lang, &rows[0], &b);
        rows.insert(1, b);
        versus
    });
    let all: Vec<&Foundry> = rows.iter().map(|row| &row.foundry).collect();
    let total_name = lang.text("figure.cost.total");
    let dollars = |value: Option<f64>| {
        let not_made = || lang.text("figure.not_made").into();
        value.map_or_else(not_made, |value| cell::money(lang, Money::new(value)))
    };
    let spec = BarSpec {
        frame: shown.frame("cost", &title, &caption),
        rows: rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let bar = BarRow {
                    whisker: (i == 0)
                        .then(|| shown.whisker_along(&row.label, total_name, 0, &dollars))
                        .flatten(),
                    label: row.label.clone(),
                    parts: bar_parts(lang, &row.foundry, &all),
                    total: total(lang, &row.package, &row.foundry).text,
                    note: why_not(lang, &row.package).unwrap_or_default(),
                    ..BarRow::default()
                };
                of_bar(lang, &row.label, total_name, bar)
            })
            .collect(),
    };
    Figure {
        id: "figure-cost",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table: with_draws(shown, table(lang, &rows), &dollars),
    }
}

/// The number of a draw: what the reader's package costs.
pub(crate) fn sample(scenario: &Scenario) -> Vec<f64> {
    let made = Made::new(String::new(), Of::OWN, scenario);
    vec![made.dollars().unwrap_or(f64::INFINITY)]
}

/// The table with where the draws of A's cost lie, which is its first column.
fn with_draws(shown: &Shown, mut table: Table, cell: &dyn Fn(Option<f64>) -> Cell) -> Table {
    if let Some(range) = shown.along().and_then(|along| along.range(0)) {
        let name = shown.lang.text("figure.cost.total");
        let cells = range.ends().map(cell);
        let things = table.head.len() - 1;
        table.rows.extend(rows(shown.lang, name, cells, things));
    }
    table
}

/// How B's cost differs.
fn versus(lang: Lang, a: &Made, b: &Made) -> Option<String> {
    let say = |dollars: f64| money(lang, dollars);
    let drawn = |made: &Made| (made.foundry.parts(), why_not(lang, &made.package));
    let dollars = [a.dollars(), b.dollars()];
    (drawn(a) != drawn(b)).then(|| quantity(lang, "figure.cost.versus", dollars, &say))
}

/// The node that the reader's is held against.
fn reference(scenario: &Scenario) -> Option<&'static NodeRow> {
    let chinese =
        catalogue::node(scenario.node_id).is_some_and(|node| node.country == Country::China);
    catalogue::node(if chinese { ABROAD } else { IN_CHINA })
}

/// The chip as its maker sells it, where the reader changed its design.
pub(crate) fn as_sold(scenario: &Scenario) -> Option<Scenario> {
    let mut sold = scenario.clone();
    if let Some(own) = catalogue::node(scenario.own_node_id) {
        sold.move_to(own);
    }
    sold.design = scenario.anchor.as_design();
    (sold.design != scenario.design).then_some(sold)
}

fn caption(lang: Lang, rows: &[Made], other: Option<&NodeRow>) -> String {
    let Some(own) = rows.first() else {
        return String::new();
    };
    let Some(dollars) = own.dollars() else {
        let why = why_not(lang, &own.package).unwrap_or_default();
        return lang.fill("figure.cost.not_made", &[("why", &why)]);
    };
    let parts = own.foundry.parts();
    let largest = parts
        .iter()
        .reduce(|a, b| if b.1 > a.1 { b } else { a })
        .unwrap_or(&parts[0]);
    let lost = own.foundry.bad_dies_cost_usd + own.foundry.assembly_losses_usd;
    let finding = lang.fill(
        "figure.cost.caption",
        &[
            ("part", &name(lang, largest.0)),
            ("share", &lang.percent(largest.1 / dollars)),
            ("cost", &money(lang, dollars)),
            ("lost", &lang.percent(lost / dollars)),
        ],
    );
    let against = rows.get(1).zip(other).map(|(there, node)| {
        let Some(cost) = there.dollars() else {
            return lang.fill("figure.cost.not_there", &[("node", node.name)]);
        };
        let change = cost / dollars - 1.0;
        let key = if change < 0.0 {
            "figure.cost.less"
        } else {
            "figure.cost.more"
        };
        let share = lang.percent(change.abs());
        lang.fill(key, &[("node", node.name), ("share", &share)])
    });
    match against {
        Some(against) => format!("{finding} {against}"),
        None => finding,
    }
}

fn table(lang: Lang, rows: &[Made]) -> Table {
    let head = std::iter::once(lang.text("figure.cost.design").to_owned())
        .chain(rows.iter().map(|row| row.label.clone()))
        .collect();
    let columns: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| cells(lang, row.of, &row.package, &row.foundry))
        .collect();
    let names = rows.first().map(|row| row.foundry.parts());
    let parts = names
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(i, (part, _))| {
            std::iter::once(name(lang, part).into())
                .chain(columns.iter().map(|column| column[i].clone()))
                .collect()
        });
    let totals = std::iter::once(lang.text("figure.cost.total").into())
        .chain(rows.iter().map(|row| {
            total(lang, &row.package, &row.foundry).by(row.of.origin(Subject::PackageCost))
        }))
        .collect();
    Table {
        head,
        rows: parts.chain([totals]).collect(),
    }
}

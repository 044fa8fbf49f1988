//! The same silicon cut into more dies: yield and cost.

use crate::cuts::{Cut, cut};
use crate::reading::of_row;
use crate::{Figure, Table, frame};
use charts::{Axis, LinesSpec, Panel, Rule, Said, Scale, Series, lines, series_style};
use sim::catalogue::{self, NodeRow};
use sim::scenario::Scenario;
use sim::silicon::Foundry;
use units::Money;
use words::Lang;

/// Die counts tried.
const DIES: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
/// The process that a Chinese one is held against.
const REFERENCE: &str = "tsmc-n7";

/// Yield of a die and cost of a package when the reader's silicon is cut into
/// one to eight dies; several dies give up a share of their area to links.
pub fn silicon(lang: Lang, scenario: &Scenario, width: u32) -> Figure {
    let title = lang.text("figure.silicon.title").to_owned();
    let nodes: Vec<&'static NodeRow> = catalogue::node(scenario.node_id)
        .into_iter()
        .chain(catalogue::node(REFERENCE).filter(|row| row.id != scenario.node_id))
        .collect();
    let lines_of: Vec<(&NodeRow, Vec<Cut>)> = nodes
        .iter()
        .map(|node| (*node, cuts(scenario, node)))
        .collect();
    let caption = caption(lang, scenario, &lines_of);
    let percent = |value: f64| lang.percent(value);
    let money = |value: f64| lang.money(Money::new(value));
    let count = |value: f64| lang.count(value);
    let series = |of: fn(&Foundry) -> f64| -> Vec<Series> {
        lines_of
            .iter()
            .enumerate()
            .map(|(i, (node, cuts))| Series {
                label: node.name.to_owned(),
                short: node.short.to_owned(),
                points: cuts
                    .iter()
                    .map(|cut| (f64::from(cut.dies), of(&cut.foundry)))
                    .collect(),
                band: Vec::new(),
                style: series_style(i),
            })
            .collect()
    };
    let yield_axis = Axis::new(lang.text("figure.silicon.yield"), Scale::FromZero, &percent);
    let cost_axis = Axis::new(lang.text("figure.silicon.cost"), Scale::FromZero, &money);
    let mut x = Axis::new(lang.text("figure.silicon.x"), Scale::Linear, &count);
    x.whole = true;
    x.range = Some((1.0, 8.0));
    x.ticks = DIES.iter().map(|dies| f64::from(*dies)).collect();
    let table = table(lang, &lines_of);
    let panel = |axis, of: fn(&Foundry) -> f64, columns: &[usize]| Panel {
        said: said(lang, &table, &lines_of, columns),
        ..Panel::new(axis, series(of))
    };
    let here = f64::from(scenario.design.dies);
    let spec = LinesSpec {
        frame: frame(lang, "silicon", &title, &caption, width),
        x,
        panels: vec![
            panel(yield_axis, |foundry| foundry.die_yield_share, &[1, 3]),
            panel(cost_axis, |foundry| foundry.package_cost_usd, &[2, 4]),
        ],
        rule: (here <= 8.0).then(|| Rule {
            x: here,
            label: lang.text("figure.silicon.here").to_owned(),
        }),
        zone: None,
    };
    Figure {
        id: "figure-silicon",
        title,
        caption,
        drawing: lines(&spec),
        table,
    }
}

/// What the table says of each cut in these columns, where one can be made.
fn said(
    lang: Lang,
    table: &Table,
    lines_of: &[(&NodeRow, Vec<Cut>)],
    columns: &[usize],
) -> Vec<Said> {
    let made = |dies: u32| {
        lines_of
            .iter()
            .any(|(_, cuts)| cuts.iter().any(|cut| cut.dies == dies))
    };
    (0..)
        .zip(DIES)
        .filter(|(_, dies)| made(*dies))
        .map(|(i, dies)| Said {
            x: f64::from(dies),
            y: None,
            text: of_row(lang, table, i, columns),
        })
        .collect()
}

/// The cuts that can be made, fewest dies first.
fn cuts(scenario: &Scenario, node: &'static NodeRow) -> Vec<Cut> {
    DIES.iter()
        .map(|dies| cut(scenario, node, *dies))
        .filter(|cut| cut.package.is_manufacturable())
        .collect()
}

fn caption(lang: Lang, scenario: &Scenario, lines_of: &[(&NodeRow, Vec<Cut>)]) -> String {
    let Some((node, cuts)) = lines_of.first() else {
        return String::new();
    };
    let cheapest = cuts.iter().reduce(|a, b| {
        if b.foundry.package_cost_usd < a.foundry.package_cost_usd {
            b
        } else {
            a
        }
    });
    let own = cuts.iter().find(|cut| cut.dies == scenario.design.dies);
    match (own, cheapest) {
        (Some(own), Some(best)) if own.dies != best.dies => lang.fill(
            "figure.silicon.caption",
            &[
                ("node", node.name),
                ("dies", &lang.dies(own.dies)),
                ("yield", &lang.percent(own.foundry.die_yield_share)),
                ("best", &lang.dies(best.dies)),
                (
                    "saving",
                    &lang.percent(
                        1.0 - best.foundry.package_cost_usd / own.foundry.package_cost_usd,
                    ),
                ),
            ],
        ),
        (Some(own), _) => lang.fill(
            "figure.silicon.best",
            &[
                ("node", node.name),
                ("dies", &lang.dies(own.dies)),
                ("yield", &lang.percent(own.foundry.die_yield_share)),
            ],
        ),
        (None, Some(best)) => lang.fill(
            "figure.silicon.impossible",
            &[("best", &lang.dies(best.dies))],
        ),
        (None, None) => lang.text("figure.silicon.nothing").to_owned(),
    }
}

fn table(lang: Lang, lines_of: &[(&NodeRow, Vec<Cut>)]) -> Table {
    let mut head = vec![lang.text("figure.silicon.x").to_owned()];
    for (node, _) in lines_of {
        head.push(format!(
            "{}, {}",
            lang.text("figure.silicon.yield"),
            node.name
        ));
        head.push(format!(
            "{}, {}",
            lang.text("figure.silicon.cost"),
            node.name
        ));
    }
    let rows = DIES
        .iter()
        .map(|dies| {
            let mut row = vec![lang.count(f64::from(*dies))];
            for (_, cuts) in lines_of {
                let cut = cuts.iter().find(|cut| cut.dies == *dies);
                let none = || lang.text("figure.silicon.none").to_owned();
                row.push(cut.map_or_else(none, |cut| lang.percent(cut.foundry.die_yield_share)));
                row.push(cut.map_or_else(none, |cut| {
                    lang.money(Money::new(cut.foundry.package_cost_usd))
                }));
            }
            row
        })
        .collect();
    Table { head, rows }
}

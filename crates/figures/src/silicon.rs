//! The same silicon cut into more dies: yield and cost.

use crate::cuts::{Cut, cut};
use crate::origin::Of;
use crate::reading::of_row;
use crate::shown::{Shown, of_b, share};
use crate::{Cell, Figure, Table, cell};
use charts::{Axis, LinesSpec, Panel, Said, Scale, Series, lines, series_style};
use sim::catalogue::{self, NodeRow};
use sim::scenario::Scenario;
use sim::silicon::Foundry;
use units::Money;
use words::Lang;
use words::explain::Subject;

/// Die counts tried.
const DIES: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
/// The last of them, on the axis.
const MOST: f64 = 8.0;
/// The process that a Chinese one is held against.
const REFERENCE: &str = "tsmc-n7";

/// Yield of a die and cost of a package when the reader's silicon is cut into
/// one to eight dies; several dies give up a share of their area to links.
pub fn silicon(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let title = lang.text("figure.silicon.title").to_owned();
    let nodes: Vec<&'static NodeRow> = catalogue::node(scenario.node_id)
        .into_iter()
        .chain(catalogue::node(REFERENCE).filter(|row| row.id != scenario.node_id))
        .collect();
    let lines_of: Vec<(&NodeRow, Vec<Cut>)> = nodes
        .iter()
        .map(|node| (*node, cuts(scenario, node)))
        .collect();
    let theirs = shown.other.and_then(|b| {
        let node = catalogue::node(b.scenario.node_id)?;
        Some((node, cuts(b.scenario, node), b.scenario.design.dies))
    });
    let caption = shown.caption(caption(lang, scenario, &lines_of), |_| {
        let theirs = theirs
            .as_ref()
            .map(|(node, cuts, dies)| (*node, &cuts[..], *dies));
        let own = lines_of
            .first()
            .map(|(node, cuts)| (*node, &cuts[..], scenario.design.dies));
        versus(lang, own, theirs)
    });
    let percent = |value: f64| lang.percent(value);
    let money = |value: f64| lang.money(Money::new(value));
    let count = |value: f64| lang.count(value);
    let series = |of: fn(&Foundry) -> f64, number: usize| -> Vec<Series> {
        let line = |i: usize, node: &NodeRow, cuts: &[Cut]| {
            let line = Series {
                label: node.name.to_owned(),
                short: node.short.to_owned(),
                points: cuts
                    .iter()
                    .map(|cut| (f64::from(cut.dies), of(&cut.foundry)))
                    .collect(),
                style: series_style(i),
                ..Series::default()
            };
            let own = cuts.iter().filter(|_| i == 0);
            let places = own.map(|cut| (f64::from(cut.dies), place(cut.dies, number)));
            shown.in_band(line, places)
        };
        let all = lines_of.iter().enumerate();
        let mut all: Vec<Series> = all.map(|(i, (node, cuts))| line(i, node, cuts)).collect();
        if let Some((node, cuts, _)) = &theirs {
            let own = all.remove(0);
            let beside = line(0, node, cuts);
            let pair = shown.held_against(own, beside, 0);
            all.splice(0..0, pair);
        }
        all
    };
    let axis_name = |key: &str| shown.shaded(lang.text(key));
    let yield_axis = Axis::new(axis_name("figure.silicon.yield"), Scale::FromZero, &percent);
    let cost_axis = Axis::new(axis_name("figure.silicon.cost"), Scale::FromZero, &money);
    let mut x = Axis::new(lang.text("figure.silicon.x"), Scale::Linear, &count);
    x.whole = true;
    x.range = Some((1.0, 8.0));
    x.ticks = DIES.iter().map(|dies| f64::from(*dies)).collect();
    let here = f64::from(scenario.design.dies);
    let own_name = |i: usize, node: &NodeRow| match i {
        0 => shown.own_noun(node.name),
        _ => node.name.to_owned(),
    };
    let mut columns: Vec<Column> = lines_of
        .iter()
        .enumerate()
        .map(|(i, (node, cuts))| (own_name(i, node), &cuts[..], Of::OWN))
        .collect();
    if let Some((node, cuts, _)) = &theirs {
        columns.insert(1, (of_b(lang, node.name), cuts, Of::OTHER));
    }
    let plain = table(lang, &columns);
    let width = plain.head.len();
    let table = with_draws(shown, plain, &columns);
    let panel = |axis, of: fn(&Foundry) -> f64, number: usize| {
        let plain = (1 + number..width).step_by(COLUMNS);
        // Beside the cost: what it buys.
        let memory = (COLUMNS..width).step_by(COLUMNS).filter(|_| number == 1);
        let drawn = (width..table.head.len()).skip(3 * number).take(3);
        Panel {
            said: said(
                lang,
                &table,
                &columns,
                &plain.chain(memory).chain(drawn).collect::<Vec<_>>(),
            ),
            ..Panel::new(axis, series(of, number))
        }
    };
    let spec = LinesSpec {
        frame: shown.frame("silicon", &title, &caption),
        x,
        panels: vec![
            panel(yield_axis, |foundry| foundry.die_yield_share, 0),
            panel(cost_axis, |foundry| foundry.package_cost_usd, 1),
        ],
        rules: shown.rules(
            Some(here).filter(|here| *here <= MOST),
            theirs
                .as_ref()
                .map(|(.., dies)| f64::from(*dies))
                .filter(|dies| *dies <= MOST),
            lang.text("figure.silicon.here"),
        ),
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

/// Cuts with the name of their column, and of whose silicon they are.
type Column<'a> = (String, &'a [Cut], Of);

/// Numbers of a cut that are drawn: good dies, and the cost of a package.
const NUMBERS: usize = 2;
/// Columns of a node: those, and the memory beside the dies.
const COLUMNS: usize = 3;

/// Where a number of a cut stands among those of a draw.
fn place(dies: u32, number: usize) -> usize {
    let at = DIES.iter().position(|known| *known == dies);
    at.map_or(usize::MAX, |at| NUMBERS * at + number)
}

/// The numbers of a draw: of each cut on the reader's node.
pub(crate) fn sample(scenario: &Scenario) -> Vec<f64> {
    let node = catalogue::node(scenario.node_id);
    let cuts = node.into_iter().flat_map(|node| {
        let cut = |dies: &u32| cut(scenario, node, *dies);
        DIES.iter().map(cut)
    });
    cuts.flat_map(|cut| {
        let made = cut.package.is_manufacturable();
        let Foundry {
            die_yield_share,
            package_cost_usd,
            ..
        } = cut.foundry;
        [
            die_yield_share,
            if made {
                package_cost_usd
            } else {
                f64::INFINITY
            },
        ]
    })
    .collect()
}

/// The table with where the draws of each of A's cuts lie that can be made.
fn with_draws(shown: &Shown, table: Table, columns: &[Column]) -> Table {
    let lang = shown.lang;
    let (Some(along), Some((node, cuts, _))) = (shown.along(), columns.first()) else {
        return table;
    };
    let cells: [fn(Lang, f64) -> Cell; NUMBERS] = [cell::share, |lang, dollars| {
        cell::money(lang, Money::new(dollars))
    }];
    let all = (0..).zip(["yield", "cost"]).zip(cells);
    all.fold(table, |table, ((number, key), cell)| {
        let name = [lang.text(&["figure.silicon.", key].concat()), ", ", node].concat();
        shown.with_ranges(table, &name, &|row| {
            let dies = *DIES.get(row)?;
            cuts.iter().find(|cut| cut.dies == dies)?;
            let none = || Cell::from(lang.text("figure.silicon.none"));
            let range = along.range(place(dies, number))?;
            Some(
                range
                    .ends()
                    .map(|end| end.map_or_else(none, |end| cell(lang, end))),
            )
        })
    })
}

/// What those columns of the table say of each cut that can be made.
fn said(lang: Lang, table: &Table, columns: &[Column], shown: &[usize]) -> Vec<Said> {
    let made = |dies: u32| {
        let mut cuts = columns.iter().flat_map(|(_, cuts, _)| *cuts);
        cuts.any(|cut| cut.dies == dies)
    };
    (0..)
        .zip(DIES)
        .filter(|(_, dies)| made(*dies))
        .map(|(i, dies)| Said {
            x: f64::from(dies),
            y: None,
            text: of_row(lang, table, i, shown),
        })
        .collect()
}

/// How B's share of good dies differs, each in as many dies as it has.
fn versus(lang: Lang, a: Side, b: Side) -> Option<String> {
    let own = |side: Side| {
        let (_, cuts, dies) = side?;
        let own = cuts.iter().find(|cut| cut.dies == dies)?;
        Some(own.foundry.die_yield_share)
    };
    let drawn = |side: Side| {
        side.map(|(node, cuts, dies)| {
            let cuts = cuts.iter().map(|cut| {
                let foundry = &cut.foundry;
                (cut.dies, foundry.die_yield_share, foundry.package_cost_usd)
            });
            (node.id, dies, cuts.collect::<Vec<_>>())
        })
    };
    (drawn(a) != drawn(b)).then(|| share(lang, "figure.silicon.versus", [own(a), own(b)]))
}

/// A node, what its cuts give, and in how many dies a scenario has it.
type Side<'a> = Option<(&'static NodeRow, &'a [Cut], u32)>;

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
        (Some(own), Some(best)) if own.dies != best.dies => [
            lang.fill(
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
            with_memory(lang, own, best),
        ]
        .concat(),
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

/// That the cheapest cut has other memory, since stacks stand at dies' edges, as many
/// at each; nothing where it has the same.
fn with_memory(lang: Lang, own: &Cut, best: &Cut) -> String {
    if own.package.memory == best.package.memory {
        return String::new();
    }
    let of = |cut: &Cut| lang.bytes(cut.package.memory);
    let said = [("memory", &*of(best)), ("own", &of(own))];
    [" ", &lang.fill("figure.silicon.with", &said)].concat()
}

fn table(lang: Lang, columns: &[Column]) -> Table {
    let mut head = vec![lang.text("figure.silicon.x").to_owned()];
    for (name, ..) in columns {
        head.push(format!("{}, {}", lang.text("figure.silicon.yield"), name));
        head.push(format!("{}, {}", lang.text("figure.silicon.cost"), name));
        head.push(format!("{}, {}", lang.text("figure.silicon.memory"), name));
    }
    let rows = DIES
        .iter()
        .map(|dies| {
            let mut row = vec![cell::count(lang, f64::from(*dies))];
            for (_, cuts, of) in columns {
                let cut = cuts.iter().find(|cut| cut.dies == *dies);
                let none = || Cell::from(lang.text("figure.silicon.none"));
                row.push(cut.map_or_else(none, |cut| {
                    let origin = of.cut(cut.node, cut.dies).origin(Subject::DieYield);
                    cell::share(lang, cut.foundry.die_yield_share).by(origin)
                }));
                row.push(cut.map_or_else(none, |cut| {
                    let origin = of.cut(cut.node, cut.dies).origin(Subject::PackageCost);
                    cell::money(lang, Money::new(cut.foundry.package_cost_usd)).by(origin)
                }));
                row.push(cut.map_or_else(none, |cut| {
                    let origin = of.cut(cut.node, cut.dies).origin(Subject::Memory);
                    cell::bytes(lang, cut.package.memory).by(origin)
                }));
            }
            row
        })
        .collect();
    Table { head, rows }
}

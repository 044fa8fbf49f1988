//! What works: foundry node × die count.

use crate::{Figure, Table, frame};
use charts::{Cell, GridKey, GridRow, GridSpec, Reach, grid_map};
use sim::catalogue::{Country, NODES, NodeRow};
use sim::outcome::{Grade, Verdict, verdict};
use sim::scenario::Scenario;
use words::Lang;

/// Die counts of the map's columns.
const MAP_DIES: [u32; 7] = [1, 2, 3, 4, 5, 6, 8];
/// Nodes of the map's rows, newest first; fabs in China, then abroad.
const MAP_NODES: [&str; 8] = [
    "smic-n3", "smic-n2", "smic-n1", "smic-14", "tsmc-n3e", "tsmc-n5", "tsmc-n7", "tsmc-n16",
];

/// One crossing of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Its node.
    pub node: &'static NodeRow,
    /// Its die count.
    pub dies: u32,
    /// What works there.
    pub reach: Reach,
    /// The rules bar it.
    pub barred: bool,
    /// Whether a package can be made at all.
    pub made: bool,
    /// Training misses a limit, but by little.
    pub nearly: bool,
}

/// The map's rows: its own nodes, and the reader's where it is another one.
pub fn map_nodes(scenario: &Scenario) -> Vec<&'static NodeRow> {
    NODES
        .iter()
        .filter(|row| row.id == scenario.node_id && !MAP_NODES.contains(&row.id))
        .chain(MAP_NODES.iter().filter_map(|id| sim::catalogue::node(id)))
        .collect()
}

/// The map's columns: its own die counts, and the reader's.
pub fn map_dies(scenario: &Scenario) -> Vec<u32> {
    let mut columns = MAP_DIES.to_vec();
    if !columns.contains(&scenario.design.dies) {
        columns.push(scenario.design.dies);
        columns.sort_unstable();
    }
    columns
}

/// Everything on the map, row by row.
pub fn crossings(scenario: &Scenario) -> Vec<Vec<Crossing>> {
    let columns = map_dies(scenario);
    // Supply has no part in a verdict, and takes long to move.
    let bare = Scenario {
        resources: None,
        ..scenario.clone()
    };
    map_nodes(scenario)
        .into_iter()
        .map(|node| {
            let mut there = bare.clone();
            there.move_to(node);
            columns
                .iter()
                .map(|dies| crossing(&mut there, node, *dies))
                .collect()
        })
        .collect()
}

/// The crossing of a scenario that stands on that node.
fn crossing(there: &mut Scenario, node: &'static NodeRow, dies: u32) -> Crossing {
    there.design.dies = dies;
    let verdict = verdict(there);
    Crossing {
        node,
        dies,
        reach: reach(&verdict),
        barred: verdict.made && verdict.access == Grade::Failed,
        made: verdict.made,
        // No gate but the legal one is broken, and one is missed by little.
        nearly: verdict.trains == Grade::Strained,
    }
}

fn reach(verdict: &Verdict) -> Reach {
    match (verdict.serves, verdict.trains) {
        (true, Grade::Passed) => Reach::Both,
        (true, _) => Reach::InferenceOnly,
        // Training without serving is no use to a reader of this page.
        (false, _) => Reach::Nothing,
    }
}

/// The central picture: where nothing works, where a model runs, where it can
/// be trained too, and what the rules bar.
pub fn map(lang: Lang, scenario: &Scenario, width: u32) -> Figure {
    let grid = crossings(scenario);
    let columns = map_dies(scenario);
    let title = lang.text("figure.map.title").to_owned();
    let caption = caption(lang, scenario, &grid);
    let here = grid
        .iter()
        .position(|row| row[0].node.id == scenario.node_id)
        .and_then(|row| {
            let column = columns
                .iter()
                .position(|dies| *dies == scenario.design.dies)?;
            Some((column, row))
        });
    let spec = GridSpec {
        frame: frame(lang, "map", &title, &caption, width),
        x_label: lang.text("figure.map.x").to_owned(),
        columns: columns
            .iter()
            .map(|dies| lang.count(f64::from(*dies)))
            .collect(),
        rows: grid.iter().map(|row| grid_row(lang, row)).collect(),
        here,
        key: GridKey {
            nothing: lang.text("figure.map.nothing").to_owned(),
            inference_only: lang.text("figure.map.inference").to_owned(),
            both: lang.text("figure.map.both").to_owned(),
            barred: lang.text("figure.map.barred").to_owned(),
            here: lang.text("figure.map.here").to_owned(),
        },
    };
    let head = std::iter::once(lang.text("figure.map.node").to_owned())
        .chain(columns.iter().map(|dies| lang.count(f64::from(*dies))))
        .collect();
    let rows = grid
        .iter()
        .map(|row| {
            std::iter::once(row[0].node.name.to_owned())
                .chain(row.iter().map(|cell| words_of(lang, cell)))
                .collect()
        })
        .collect();
    Figure {
        id: "figure-map",
        title,
        caption,
        svg: grid_map(&spec),
        table: Table { head, rows },
    }
}

fn grid_row(lang: Lang, row: &[Crossing]) -> GridRow {
    let node = row[0].node;
    let country = match node.country {
        Country::China => "figure.map.china",
        Country::Abroad => "figure.map.abroad",
    };
    GridRow {
        label: node.name.to_owned(),
        short: node.short.to_owned(),
        sub: lang.text(country).to_owned(),
        cells: row
            .iter()
            .map(|cell| Cell {
                reach: cell.reach,
                barred: cell.barred,
                title: lang.fill(
                    "figure.map.cell",
                    &[
                        ("node", node.name),
                        ("dies", &lang.dies(cell.dies)),
                        ("what", &words_of(lang, cell)),
                    ],
                ),
            })
            .collect(),
    }
}

fn words_of(lang: Lang, cell: &Crossing) -> String {
    let reach = match cell.reach {
        _ if !cell.made => "figure.map.not_made",
        Reach::Nothing => "figure.map.nothing",
        Reach::InferenceOnly if cell.nearly => "figure.map.nearly",
        Reach::InferenceOnly => "figure.map.inference",
        Reach::Both => "figure.map.both",
    };
    let barred = if cell.barred {
        lang.text("figure.map.and_barred")
    } else {
        ""
    };
    format!("{}{barred}", lang.text(reach))
}

/// The finding: what the reader's own point gives, and the nearest step that
/// would let a model be trained.
fn caption(lang: Lang, scenario: &Scenario, grid: &[Vec<Crossing>]) -> String {
    let own = grid
        .iter()
        .flatten()
        .find(|c| c.node.id == scenario.node_id && c.dies == scenario.design.dies);
    let Some(own) = own else { return String::new() };
    let here = lang.fill("figure.map.caption", &[("what", &words_of(lang, own))]);
    if own.reach == Reach::Both {
        return here;
    }
    let open = |c: &&Crossing| c.reach == Reach::Both && !c.barred;
    let same_node = grid
        .iter()
        .flatten()
        .filter(open)
        .find(|c| c.node.id == own.node.id);
    let elsewhere = grid.iter().flatten().filter(open).min_by_key(|c| c.dies);
    let dies = same_node
        .or(elsewhere)
        .map(|c| (c.node.name, lang.dies(c.dies)));
    let chips = enough_chips(scenario).map(|chips| lang.count(f64::from(chips)));
    let step = match (&dies, &chips) {
        (Some((node, dies)), Some(chips)) => lang.fill(
            "figure.map.step_either",
            &[("node", node), ("dies", dies), ("chips", chips)],
        ),
        (Some((node, dies)), None) => {
            lang.fill("figure.map.step", &[("node", node), ("dies", dies)])
        }
        (None, Some(chips)) => lang.fill("figure.map.step_chips", &[("chips", chips)]),
        (None, None) => lang.text("figure.map.no_step").to_owned(),
    };
    format!("{here} {step}")
}

/// Times as many chips as the reader has, tried in order.
const MORE_CHIPS: [f64; 8] = [1.25, 1.5, 2.0, 3.0, 4.0, 8.0, 16.0, 32.0];

/// The first larger cluster of the reader's own chip that trains the model, if
/// one of those tried does; none where the rules bar the chip.
fn enough_chips(scenario: &Scenario) -> Option<u32> {
    let mut larger = scenario.clone();
    MORE_CHIPS
        .iter()
        .map(|times| (f64::from(scenario.job.chips) * times).ceil() as u32)
        .find(|chips| {
            larger.serving.chips = *chips;
            larger.job.chips = *chips;
            let verdict = verdict(&larger);
            verdict.trains == Grade::Passed && verdict.access != Grade::Failed
        })
}

//! What works: foundry node × die count.

use crate::shown::{Shown, b_alone, joined, of_a, of_b};
use crate::{Figure, Table};
use charts::{Cell, GridKey, GridRow, GridSpec, OtherGrid, Reach, grid_map};
use sim::catalogue::{Country, NODES, NodeRow};
use sim::outcome::{Grade, Verdict, verdict};
use sim::scenario::Scenario;
use std::cmp::Ordering;
use words::Lang;
use words::sentences::{Distance, apart};

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

/// The map's rows: its own nodes, and the reader's and B's where these are others.
pub fn map_nodes(scenario: &Scenario, other: Option<&Scenario>) -> Vec<&'static NodeRow> {
    let chosen = |id: &str| id == scenario.node_id || other.is_some_and(|b| id == b.node_id);
    NODES
        .iter()
        .filter(|row| chosen(row.id) && !MAP_NODES.contains(&row.id))
        .chain(MAP_NODES.iter().filter_map(|id| sim::catalogue::node(id)))
        .collect()
}

/// The map's columns: its own die counts, the reader's and B's.
pub fn map_dies(scenario: &Scenario, other: Option<&Scenario>) -> Vec<u32> {
    let mut columns = MAP_DIES.to_vec();
    for of in [scenario].into_iter().chain(other) {
        if !columns.contains(&of.design.dies) {
            columns.push(of.design.dies);
        }
    }
    columns.sort_unstable();
    columns
}

/// Everything on the map, row by row; with the rows and columns of both where
/// there is a B.
pub fn crossings(scenario: &Scenario, other: Option<&Scenario>) -> Vec<Vec<Crossing>> {
    let columns = map_dies(scenario, other);
    // Supply has no part in a verdict, and takes long to move.
    let bare = Scenario {
        resources: None,
        ..scenario.clone()
    };
    map_nodes(scenario, other)
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
pub fn map(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let beside = shown.other.map(|b| b.scenario);
    let grid = crossings(scenario, beside);
    let theirs = beside.map(|b| crossings(b, Some(scenario)));
    let columns = map_dies(scenario, beside);
    let title = lang.text("figure.map.title").to_owned();
    let caption = shown.caption(caption(lang, scenario, &grid), |b| {
        versus(lang, (scenario, &grid), (b.scenario, theirs.as_ref()?))
    });
    let here = |of: &Scenario| {
        let row = grid.iter().position(|row| row[0].node.id == of.node_id)?;
        let column = columns.iter().position(|dies| *dies == of.design.dies)?;
        Some((column, row))
    };
    // Where both have the same map, it is drawn once.
    let other = beside.zip(theirs.as_ref()).map(|(b, cells)| OtherGrid {
        letters: ["figure.versus.own", "figure.versus.other"].map(|key| lang.text(key).to_owned()),
        here: b_alone(lang),
        at: here(b),
        rows: match *cells == grid {
            true => Vec::new(),
            false => cells.iter().map(|row| grid_row(lang, row, of_b)).collect(),
        },
    });
    // Two maps are read with their letters.
    let name: Named = match &other {
        Some(other) if !other.rows.is_empty() => of_a,
        _ => |_, words| words.to_owned(),
    };
    let spec = GridSpec {
        frame: shown.frame("map", &title, &caption),
        x_label: lang.text("figure.map.x").to_owned(),
        columns: columns
            .iter()
            .map(|dies| lang.count(f64::from(*dies)))
            .collect(),
        rows: grid.iter().map(|row| grid_row(lang, row, name)).collect(),
        here: here(scenario),
        key: GridKey {
            nothing: lang.text("figure.map.nothing").to_owned(),
            inference_only: lang.text("figure.map.inference").to_owned(),
            both: lang.text("figure.map.both").to_owned(),
            barred: lang.text("figure.map.barred").to_owned(),
            here: shown.own_name(lang.text("figure.map.here")),
        },
        other,
    };
    let head: Vec<String> = std::iter::once(lang.text("figure.map.node").to_owned())
        .chain(columns.iter().map(|dies| lang.count(f64::from(*dies))))
        .collect();
    let table = |grid: &[Vec<Crossing>]| Table {
        head: head.clone(),
        rows: grid
            .iter()
            .map(|row| {
                std::iter::once(row[0].node.name.to_owned())
                    .chain(row.iter().map(|cell| words_of(lang, cell)))
                    .collect()
            })
            .collect(),
    };
    Figure {
        id: "figure-map",
        title,
        caption,
        drawing: grid_map(&spec),
        table: joined(lang, table(&grid), theirs.as_deref().map(table)).table,
    }
}

/// A scenario and its map.
type Mapped<'a> = (&'a Scenario, &'a [Vec<Crossing>]);

/// What works at B's point, and on how many more or fewer places of its map a
/// model can be trained.
fn versus(lang: Lang, a: Mapped, b: Mapped) -> Option<String> {
    let (mine, theirs) = (own(a)?, own(b)?);
    if mine == theirs && a.1 == b.1 {
        return None;
    }
    let rank = |cell: &Crossing| (cell.reach as u8, cell.nearly, !cell.barred);
    let key = match rank(theirs).cmp(&rank(mine)) {
        Ordering::Greater => "figure.map.better",
        Ordering::Less => "figure.map.worse",
        Ordering::Equal => "figure.map.alike",
    };
    let point = lang.fill(
        key,
        &[
            ("node", theirs.node.name),
            ("dies", &lang.dies(theirs.dies)),
            ("what", &words_of(lang, theirs)),
        ],
    );
    let places = [a.1, b.1].map(|grid| {
        let open = grid.iter().flatten().filter(|cell| is_open(cell));
        open.count() as f64
    });
    if places[0] == places[1] {
        return Some(point);
    }
    let count = |places: f64| lang.count(places);
    let value = |places: f64| {
        let key = match lang.is_one(places) {
            true => "figure.map.versus_one",
            false => "figure.map.versus",
        };
        lang.fill(key, &[("value", &count(places))])
    };
    let places = apart(lang, places.map(Some), &value, Distance::Count(&count));
    Some([&point, " ", &places].concat())
}

/// The reader's own place on a map.
fn own<'a>((scenario, grid): Mapped<'a>) -> Option<&'a Crossing> {
    let mut cells = grid.iter().flatten();
    cells.find(|c| c.node.id == scenario.node_id && c.dies == scenario.design.dies)
}

/// A model can be trained there, and the rules let it.
fn is_open(cell: &Crossing) -> bool {
    cell.reach == Reach::Both && !cell.barred
}

/// What a thing is called on a map.
type Named = fn(Lang, &str) -> String;

fn grid_row(lang: Lang, row: &[Crossing], name: Named) -> GridRow {
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
            .map(|cell| {
                let title = lang.fill(
                    "figure.map.cell",
                    &[
                        ("node", node.name),
                        ("dies", &lang.dies(cell.dies)),
                        ("what", &words_of(lang, cell)),
                    ],
                );
                Cell {
                    reach: cell.reach,
                    barred: cell.barred,
                    said: name(lang, &title),
                    title,
                }
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
    let Some(own) = own((scenario, grid)) else {
        return String::new();
    };
    let here = lang.fill("figure.map.caption", &[("what", &words_of(lang, own))]);
    if own.reach == Reach::Both {
        return here;
    }
    let open = |c: &&Crossing| is_open(c);
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

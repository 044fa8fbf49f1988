//! What works: foundry node × die count.

mod cells;
mod shares;

use cells::Remembered;
pub use cells::{Crossing, MapCells, Stop, map_dies, map_nodes};
pub(crate) use shares::DRAWS;
pub use shares::map_shares;

use crate::origin::Of;
use crate::shown::{Shown, b_alone, joined, of_a, of_b};
use crate::{Figure, Table};
use charts::{Cell, GridKey, GridRow, GridSpec, Hold, OtherGrid, Reach, grid_map};
use sim::catalogue::{Country, NodeRow};
use sim::scenario::Scenario;
use std::cmp::Ordering;
use words::Lang;
use words::explain::Subject;
use words::sentences::{Distance, apart};

/// The central picture: where nothing works, where a model runs, where it can
/// be trained too, and what the rules bar.
pub fn map(shown: &Shown) -> Figure {
    map_from(shown, &mut MapCells::default())
}

/// The same with the cells that are remembered, which are computed only where what
/// they hang on has changed.
pub fn map_from(shown: &Shown, cells: &mut MapCells) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let beside = shown.other.map(|b| b.scenario);
    let grid = cells.own.crossings(scenario, beside);
    let theirs = beside.map(|b| cells.other.crossings(b, Some(scenario)));
    let columns = map_dies(scenario, beside);
    let title = lang.text("figure.map.title").to_owned();
    let found = caption(lang, scenario, &grid, &mut cells.own);
    let found = match shown.doubt_at(own((scenario, &grid))) {
        Some(doubt) => [&found, " ", &doubt].concat(),
        None => found,
    };
    let caption = shown.caption(found, |b| {
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
            false => cells
                .iter()
                .map(|row| grid_row(lang, row, of_b, &|_| String::new()))
                .collect(),
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
        rows: grid
            .iter()
            .map(|row| grid_row(lang, row, name, &|of| shown.shares_said(of)))
            .collect(),
        here: here(scenario),
        key: GridKey {
            nothing: lang.text("figure.map.nothing").to_owned(),
            inference_only: lang.text("figure.map.inference").to_owned(),
            both: lang.text("figure.map.both").to_owned(),
            barred: lang.text("figure.map.barred").to_owned(),
            unmade: lang.text("figure.map.not_made").to_owned(),
            idle: lang.text("figure.map.idle").to_owned(),
            here: shown.own_name(lang.text("figure.map.here")),
        },
        other,
        contours: shown.contours(&grid),
    };
    let head: Vec<String> = std::iter::once(lang.text("figure.map.node").to_owned())
        .chain(columns.iter().map(|dies| lang.count(f64::from(*dies))))
        .collect();
    let table = |of: Of, grid: &[Vec<Crossing>]| Table {
        head: head.clone(),
        rows: grid
            .iter()
            .map(|row| {
                std::iter::once(row[0].node.name.into())
                    .chain(row.iter().map(|cell| {
                        let there = of.moved(cell.node.id, cell.dies);
                        let words = crate::Cell::from(words_of(lang, cell));
                        words.by(there.origin(Subject::Works))
                    }))
                    .collect()
            })
            .collect(),
    };
    let mut table = joined(
        lang,
        table(Of::OWN, &grid),
        theirs.as_deref().map(|grid| table(Of::OTHER, grid)),
    )
    .table;
    table.rows.extend(shown.share_rows(&grid));
    Figure {
        id: "figure-map",
        title,
        caption,
        drawing: grid_map(&spec),
        table,
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
    let rank = |cell: &Crossing| (cell.reach as u8, cell.nearly, cell.stop.is_none());
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

/// A model can be trained there, on chips that can be had.
fn is_open(cell: &Crossing) -> bool {
    cell.reach == Reach::Both && cell.stop.is_none()
}

/// What a thing is called on a map.
type Named = fn(Lang, &str) -> String;

fn grid_row(
    lang: Lang,
    row: &[Crossing],
    name: Named,
    more: &dyn Fn(&Crossing) -> String,
) -> GridRow {
    let node = row[0].node;
    let country = match node.country {
        Country::China => "figure.map.china",
        Country::Abroad => "figure.map.abroad",
    };
    GridRow {
        label: node.name.to_owned(),
        short: short_name(node),
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
                    hold: Stop::hold(cell.stop),
                    said: name(lang, &title) + &more(cell),
                    title,
                }
            })
            .collect(),
    }
}

/// The maker and its name for the node: `N5` alone might be anybody's.
pub(crate) fn short_name(node: &NodeRow) -> String {
    let maker = node.name.split(' ').next().unwrap_or_default();
    [maker, " ", node.short].concat()
}

fn words_of(lang: Lang, cell: &Crossing) -> String {
    let reach = lang.text(match cell.reach {
        Reach::Unmade => "figure.map.not_made",
        Reach::Nothing => "figure.map.nothing",
        Reach::InferenceOnly if cell.nearly => "figure.map.nearly",
        Reach::InferenceOnly => "figure.map.inference",
        Reach::Both => "figure.map.both",
    });
    match cell.stop {
        None => reach.to_owned(),
        Some(Stop::Barred) => [reach, lang.text("figure.map.and_barred")].concat(),
        Some(Stop::NotYet) => lang.fill("figure.map.not_yet", &[("what", reach)]),
        Some(Stop::NoTools) => lang.text("figure.map.no_tools").to_owned(),
    }
}

/// The finding: what the reader's own point gives, and the nearest step that
/// would let a model be trained.
fn caption(
    lang: Lang,
    scenario: &Scenario,
    grid: &[Vec<Crossing>],
    cells: &mut Remembered,
) -> String {
    let Some(own) = own((scenario, grid)) else {
        return String::new();
    };
    let here = lang.fill("figure.map.caption", &[("what", &words_of(lang, own))]);
    if own.reach == Reach::Both && Stop::hold(own.stop) != Hold::Idle {
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
    let chips = cells
        .enough_chips(scenario)
        .map(|chips| lang.count(f64::from(chips)));
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

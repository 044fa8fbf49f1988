//! How often the chosen chip would do, by its dies and by its node: shares of the
//! draws that the map's lines are made of, and of all draws for the choice itself.

use crate::map::{DRAWS, map_dies, map_nodes, short_name};
use crate::reading::of_row;
use crate::shown::Shown;
use crate::{Cell, Figure, Table, cell};
use charts::{ColumnGroup, ColumnRow, ColumnSpec, Ink, columns};
use sim::catalogue::NodeRow;
use words::Lang;

/// What is counted, in which ink, and its share.
const ROWS: [(&str, Ink, Share); 2] = [
    ("serves", Ink::Blue, |cell| cell.serves_share),
    ("trains", Ink::Orange, |cell| cell.trains_share),
];
type Share = fn(&doubt::Cell) -> f64;
/// A share is another where it differs by more than few draws tell.
const APART: f64 = 0.06;

/// A design beside the reader's, one choice moved.
struct Place {
    /// Its name in the table, and under its column.
    name: String,
    short: String,
    node: &'static NodeRow,
    dies: u32,
}

/// How often the model is served within its limit, and how often training is
/// feasible: with other numbers of dies, and on other nodes.
pub fn sure(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let title = text(lang, "title").to_owned();
    let (dies, nodes) = (map_dies(scenario, None), map_nodes(scenario, None));
    let own_dies = scenario.design.dies;
    let own_node = nodes.iter().find(|node| node.id == scenario.node_id);
    let with = own_node.into_iter().flat_map(|node| {
        dies.iter().map(|dies| Place {
            name: lang.dies(*dies),
            short: lang.count(f64::from(*dies)),
            node,
            dies: *dies,
        })
    });
    let with: Vec<Place> = with.collect();
    let on = nodes.iter().map(|node| Place {
        name: node.name.to_owned(),
        short: short_name(node),
        node,
        dies: own_dies,
    });
    let on: Vec<Place> = on.collect();
    let caption = caption(shown, &with, &on);
    let table = table(shown, with.iter().chain(&on));
    let node = own_node.map_or("", |node| node.name);
    let by_dies = lang.fill("figure.sure.by_dies", &[("node", node)]);
    let by_node = lang.fill("figure.sure.by_node", &[("dies", &lang.dies(own_dies))]);
    let mut frame = shown.frame("sure", &title, &caption);
    frame.no_data = text(lang, "nothing").to_owned();
    let groups = match shown.drawn {
        Some(_) => vec![
            group(shown, by_dies, &with, &table, 0),
            group(shown, by_node, &on, &table, with.len()),
        ],
        None => Vec::new(),
    };
    Figure {
        id: "figure-sure",
        title,
        caption,
        drawing: columns(&ColumnSpec { frame, groups }),
        table,
    }
}

fn text(lang: Lang, key: &str) -> &'static str {
    lang.find(&["figure.sure.", key].concat())
        .unwrap_or_default()
}

/// The columns of those places, whose rows of the table begin there.
fn group(
    shown: &Shown,
    heading: String,
    places: &[Place],
    table: &Table,
    first: usize,
) -> ColumnGroup {
    let lang = shown.lang;
    let row = |(key, ink, share): &(&str, Ink, Share)| {
        let shares = places.iter().filter_map(|place| known(shown, place));
        let shares = shares.map(|cell| (share(&cell), lang.percent(share(&cell))));
        ColumnRow {
            label: text(lang, key).to_owned(),
            ink: *ink,
            shares: shares.collect(),
        }
    };
    let said = (first..).take(places.len());
    let said = said.filter(|row| *row < table.rows.len());
    ColumnGroup {
        heading: shown.own_noun(&heading),
        names: places.iter().map(|place| place.short.clone()).collect(),
        said: said.map(|row| of_row(lang, table, row, &[1, 2])).collect(),
        own: places
            .iter()
            .position(|place| is_own(shown, place.node.id, place.dies)),
        rows: ROWS.iter().map(row).collect(),
    }
}

/// The shares of that place, once all are there.
fn known(shown: &Shown, place: &Place) -> Option<doubt::Cell> {
    shares(shown, place.node.id, place.dies)
}

/// The shares of that node and so many dies; of the reader's own the answer's, which
/// are of all draws.
fn shares(shown: &Shown, node: &str, dies: u32) -> Option<doubt::Cell> {
    let cell = *shown.share_at(node, dies)?;
    Some(match shown.drawn.and_then(|drawn| drawn.shown) {
        Some(answer) if is_own(shown, node, dies) => doubt::Cell {
            trains_share: answer.trains_share,
            serves_share: answer.serves_share,
            ..cell
        },
        _ => cell,
    })
}

/// That is what the reader chose.
fn is_own(shown: &Shown, node: &str, dies: u32) -> bool {
    let scenario = shown.own.scenario;
    node == scenario.node_id && dies == scenario.design.dies
}

/// The finding: how sure the reader's choice is, and what would be surer.
fn caption(shown: &Shown, with: &[Place], on: &[Place]) -> String {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let Some(own) = shares(shown, scenario.node_id, scenario.design.dies) else {
        let key = if shown.drawn.is_some() {
            "coming"
        } else {
            "nothing"
        };
        return text(lang, key).to_owned();
    };
    let own_shares = [own.serves_share, own.trains_share].map(|share| lang.percent(share));
    let said = lang.fill(
        "figure.sure.caption",
        &[("serves", &own_shares[0]), ("trains", &own_shares[1])],
    );
    // Of as many draws, and the same, as the others.
    let alike = shown.share_at(scenario.node_id, scenario.design.dies);
    let alike = alike.map_or(own.trains_share, |cell| cell.trains_share);
    let trains = |place: &Place| known(shown, place).map_or(0.0, |cell| cell.trains_share);
    // The first of the surest: fewest dies, newest node.
    let surest = |places: &'_ [Place]| {
        let found = (0..places.len()).map(|at| (at, trains(&places[at])));
        found
            .reduce(|a, b| if b.1 > a.1 { b } else { a })
            .filter(|(_, share)| *share > alike + APART)
    };
    let better = [("dies", with), ("node", on)].map(|(key, places)| {
        let (at, share) = surest(places)?;
        let values = [
            ("what", &*places[at].name),
            ("share", &*lang.percent(share)),
        ];
        Some(lang.fill(&["figure.sure.surest.", key].concat(), &values))
    });
    let mut said = vec![said];
    said.extend(better.into_iter().flatten());
    if said.len() == 1 {
        let all = with.iter().chain(on).map(trains);
        let key = match all.fold(0.0, f64::max) > 0.0 {
            true => "nowhere",
            false => "never",
        };
        said.push(text(lang, key).to_owned());
    }
    if let Some(answer) = shown.drawn.and_then(|drawn| drawn.shown) {
        let [all, few] = [answer.done, DRAWS].map(|draws| lang.count(f64::from(draws)));
        said.push(lang.fill("figure.sure.counted", &[("all", &all), ("few", &few)]));
    }
    said.join(" ")
}

/// A row for each place; none before its draws are there.
fn table<'a>(shown: &Shown, places: impl Iterator<Item = &'a Place>) -> Table {
    let lang = shown.lang;
    let row = |place: &Place| {
        let cell = known(shown, place)?;
        let shares = ROWS.map(|(.., share)| cell::share(lang, share(&cell)));
        let name = Cell::from(place.name.as_str());
        Some(std::iter::once(name).chain(shares).collect())
    };
    Table {
        head: ["what", "serves", "trains"]
            .map(|key| text(lang, key).to_owned())
            .to_vec(),
        rows: places.filter_map(row).collect(),
    }
}

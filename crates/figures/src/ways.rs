//! The same silicon as few large dies or many small ones, on an older node and
//! on a newer.

use crate::costs::{money, total, why_not};
use crate::cuts::{Cut, cut};
use crate::origin::Of;
use crate::reading::of_bar;
use crate::shown::{Shown, of_a, of_b, of_both, quantity};
use crate::{Cell, Figure, Table, cell};
use charts::{BarRow, BarSpec, Ink, Part, stacked_bar};
use sim::catalogue::{self, NODES, NodeRow};
use sim::scenario::Scenario;
use sim::silicon::Package;
use units::{Money, OpRate};
use words::Lang;
use words::explain::Subject;

/// Cuts shown, and the reader's own.
const DIES: [u32; 4] = [1, 2, 4, 8];
/// The designer that chose this way.
const NAMESAKE: &str = "metax";
/// What a cost is of: silicon with the dies that it loses, putting them together
/// with what that loses, and what does not depend on the cut.
const PARTS: [(&str, Ink); 3] = [
    ("silicon", Ink::Blue),
    ("assembly", Ink::Orange),
    ("rest", Ink::Grey),
];
/// The parts of a package's cost that each is the sum of.
const PARTS_OF_COST: [(usize, usize); 3] = [(0, 3), (3, 5), (5, 7)];
/// Peak that a cost is divided by.
const HUNDRED_TERAFLOPS: OpRate = OpRate::new(1e14);

/// A node with its cuts, fewest dies first.
struct Way {
    node: &'static NodeRow,
    cuts: Vec<Cut>,
}

/// Alike as far as they are drawn and told.
impl PartialEq for Way {
    fn eq(&self, other: &Self) -> bool {
        let told = |cut: &Cut| {
            let Package {
                peaks,
                power,
                memory,
                ..
            } = &cut.package;
            (cut.dies, cut.foundry, peaks.bf16, *power, *memory)
        };
        let cuts = |way: &Self| way.cuts.iter().map(told).collect::<Vec<_>>();
        self.node.id == other.node.id && cuts(self) == cuts(other)
    }
}

/// The reader's silicon in one to eight dies, on the reader's node and on the
/// next one of its country: what so much computing power costs, by part.
pub fn ways(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let title = lang.text(title(scenario)).to_owned();
    let ways = ways_of(scenario);
    let theirs = shown.other.map(|b| ways_of(b.scenario));
    let caption = shown.caption(caption(lang, &ways), |b| {
        (theirs.as_ref() != Some(&ways)).then(|| versus(lang, scenario, b.scenario))
    });
    let groups = groups(shown, &ways, theirs.as_deref());
    let all = groups.iter().flat_map(|group| &group.way.cuts);
    let least = all.filter_map(per_peak).fold(f64::INFINITY, f64::min);
    let each = lang.text("figure.ways.each");
    let dollars = |value: Option<f64>| {
        let not_made = || lang.text("figure.not_made").into();
        value.map_or_else(not_made, |value| cell::money(lang, Money::new(value)))
    };
    // Draws are of A on its own node.
    let drawn = ways.iter().position(|way| way.node.id == scenario.node_id);
    let rows = groups.iter().enumerate().flat_map(|(g, group)| {
        let cuts = group.way.cuts.iter().zip(&group.labels).enumerate();
        let dollars = &dollars;
        cuts.map(move |(i, (cut, label))| {
            let bar = BarRow {
                whisker: (Some(g) == drawn && per_peak(cut).is_some())
                    .then(|| shown.whisker_along(&group.full_name(label), each, i, dollars))
                    .flatten(),
                heading: match i {
                    0 => lang.fill("figure.ways.heading", &[("node", &group.name)]),
                    _ => String::new(),
                },
                label: label.clone(),
                parts: parts(lang, cut),
                total: end(lang, cut, least),
                note: note(lang, cut),
                ..BarRow::default()
            };
            let name = group.full_name(label);
            of_bar(lang, &name, each, bar)
        })
    });
    let spec = BarSpec {
        frame: shown.frame("ways", &title, &caption),
        rows: rows.collect(),
    };
    Figure {
        id: "figure-ways",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table: with_draws(
            shown,
            table(lang, &groups),
            drawn.map(|g| (g, &groups[..])),
            &dollars,
        ),
    }
}

/// The numbers of a draw: dollars of so much peak, of each cut on the reader's node.
pub(crate) fn sample(scenario: &Scenario) -> Vec<f64> {
    let node = catalogue::node(scenario.node_id);
    let cuts = node.into_iter().flat_map(|node| {
        let counts = counts(scenario).into_iter();
        counts.map(|dies| per_peak(&cut(scenario, node, dies)).unwrap_or(f64::INFINITY))
    });
    cuts.collect()
}

/// The table with where the draws of that group's cuts lie that can be made.
fn with_draws(
    shown: &Shown,
    table: Table,
    drawn: Option<(usize, &[Group])>,
    cell: &dyn Fn(Option<f64>) -> Cell,
) -> Table {
    let (Some(along), Some((own, groups))) = (shown.along(), drawn) else {
        return table;
    };
    let before: usize = groups[..own].iter().map(|group| group.way.cuts.len()).sum();
    let name = shown.lang.text("figure.ways.each");
    shown.with_ranges(table, name, &|row| {
        let place = row.checked_sub(before)?;
        let cut = groups[own].way.cuts.get(place)?;
        per_peak(cut)?;
        Some(along.range(place)?.ends().map(cell))
    })
}

/// The cuts of a scenario's silicon on its nodes.
fn ways_of(scenario: &Scenario) -> Vec<Way> {
    nodes(scenario)
        .into_iter()
        .map(|node| Way {
            node,
            cuts: counts(scenario)
                .into_iter()
                .map(|dies| cut(scenario, node, dies))
                .collect(),
        })
        .collect()
}

/// A node's cuts with their names.
struct Group<'a> {
    way: &'a Way,
    of: Of,
    name: String,
    labels: Vec<String>,
}

impl Group<'_> {
    /// The name of a cut with its node.
    fn full_name(&self, label: &str) -> String {
        [&self.name, ", ", label].concat()
    }
}

/// The reader's cuts, then those of B on its own node, if they give something else.
fn groups<'a>(shown: &Shown, ways: &'a [Way], theirs: Option<&'a [Way]>) -> Vec<Group<'a>> {
    let lang = shown.lang;
    let group = |way: &'a Way, name: String, of: [Option<&Scenario>; 2]| Group {
        way,
        of: if of[0].is_some() { Of::OWN } else { Of::OTHER },
        name,
        labels: way
            .cuts
            .iter()
            .map(|cut| match shown.other {
                None => label(lang, shown.own.scenario, way.node, cut.dies),
                Some(_) => lettered(lang, of, way.node, cut.dies),
            })
            .collect(),
    };
    let others = theirs.unwrap_or_default();
    let beside = shown.other.map(|b| b.scenario);
    let own = ways.iter().map(|way| {
        let name = match others.contains(way) {
            true => of_both(lang, way.node.name),
            false => shown.own_noun(way.node.name),
        };
        let shared = beside.filter(|_| others.contains(way));
        group(way, name, [Some(shown.own.scenario), shared])
    });
    let apart = others
        .iter()
        .filter(|way| beside.is_some_and(|b| b.node_id == way.node.id) && !ways.contains(way));
    let apart = apart.map(|way| group(way, of_b(lang, way.node.name), [None, beside]));
    own.chain(apart).collect()
}

/// How the cost of B's peak differs, each cut as it is.
fn versus(lang: Lang, a: &Scenario, b: &Scenario) -> String {
    let own = |scenario: &Scenario| {
        let node = catalogue::node(scenario.node_id)?;
        per_peak(&cut(scenario, node, scenario.design.dies))
    };
    let say = |dollars: f64| money(lang, dollars);
    quantity(lang, "figure.ways.versus", [own(a), own(b)], &say)
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

/// The name of a row, with the letters of the scenarios that it is the own of.
fn lettered(lang: Lang, of: [Option<&Scenario>; 2], node: &NodeRow, dies: u32) -> String {
    let count = lang.dies(dies);
    let is_own = |scenario: &Scenario| node.id == scenario.node_id && dies == scenario.design.dies;
    match of.map(|scenario| scenario.is_some_and(is_own)) {
        [true, true] => of_both(lang, &count),
        [true, false] => of_a(lang, &count),
        [false, true] => of_b(lang, &count),
        [false, false] => count,
    }
}

/// Dollars of a hundred teraflops of peak; `None` for what cannot be made.
fn per_peak(cut: &Cut) -> Option<f64> {
    let peak = cut.package.peaks.bf16 / HUNDRED_TERAFLOPS;
    let cost = cut.foundry.package_cost_usd;
    (cut.package.is_manufacturable() && cost > 0.0 && peak > 0.0).then(|| cost / peak)
}

/// The same by part, in the order of [`PARTS`].
fn by_part(cut: &Cut) -> Option<[f64; 3]> {
    let share = per_peak(cut)? / cut.foundry.package_cost_usd;
    let [silicon, passes, bad, substrate, losses, memory, design] =
        cut.foundry.parts().map(|(_, dollars)| dollars * share);
    Some([silicon + passes + bad, substrate + losses, memory + design])
}

fn name(lang: Lang, part: &str) -> String {
    lang.text(&format!("figure.ways.part.{part}")).to_owned()
}

/// The parts of a bar; none for what cannot be made.
fn parts(lang: Lang, cut: &Cut) -> Vec<Part> {
    let dollars = by_part(cut).into_iter().flatten();
    let part = |((part, ink), dollars): (&(&str, Ink), f64)| Part {
        label: name(lang, part),
        value: dollars,
        ink: *ink,
        text: money(lang, dollars),
        ..Part::default()
    };
    PARTS.iter().zip(dollars).map(part).collect()
}

/// What stands at the end of a bar: the sum, and that it is the least of all.
fn end(lang: Lang, cut: &Cut, least: f64) -> String {
    match per_peak(cut) {
        Some(dollars) if dollars <= least => {
            lang.fill("figure.ways.least", &[("each", &money(lang, dollars))])
        }
        Some(dollars) => money(lang, dollars),
        None => total(lang, &cut.package, &cut.foundry).text,
    }
}

/// What a package gives, or why there is none.
fn note(lang: Lang, cut: &Cut) -> String {
    if per_peak(cut).is_none() {
        return why_not(lang, &cut.package).unwrap_or_default();
    };
    lang.fill(
        "figure.ways.note",
        &[
            ("peak", &lang.op_rate(cut.package.peaks.bf16)),
            ("power", &lang.power(cut.package.power)),
            ("yield", &lang.percent(cut.foundry.die_yield_share)),
            ("cost", &total(lang, &cut.package, &cut.foundry)),
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

fn table(lang: Lang, groups: &[Group]) -> Table {
    let mut head: Vec<String> = ["way", "total", "peak", "power", "memory", "yield", "each"]
        .map(|key| lang.text(&format!("figure.ways.{key}")).to_owned())
        .to_vec();
    let cuts = || {
        groups.iter().flat_map(|group| {
            let cuts = group.way.cuts.iter().zip(&group.labels);
            cuts.map(move |(cut, label)| (group, group.full_name(label), cut))
        })
    };
    head.extend(
        PARTS.map(|(part, _)| lang.fill("figure.ways.of_each", &[("part", &name(lang, part))])),
    );
    let rows = cuts()
        .map(|(group, name, cut)| {
            let none = || Cell::from(lang.text("figure.none"));
            let of = group.of.cut(cut.node, cut.dies);
            let dollars = |dollars: f64, subject| {
                cell::money(lang, Money::new(dollars)).by(of.origin(subject))
            };
            let is_made = cut.package.is_manufacturable();
            let made = |cell: Cell, subject| match is_made {
                true => cell.by(of.origin(subject)),
                false => none(),
            };
            let cost = total(lang, &cut.package, &cut.foundry);
            let sold = cell::share(lang, cut.foundry.die_yield_share);
            let mut row = vec![
                name.into(),
                cost.by(of.origin(Subject::PackageCost)),
                made(cell::op_rate(lang, cut.package.peaks.bf16), Subject::Peak16),
                made(cell::power(lang, cut.package.power), Subject::PowerLimit),
                made(cell::bytes(lang, cut.package.memory), Subject::Memory),
                sold.by(of.origin(Subject::DieYield)),
                per_peak(cut).map_or_else(none, |each| dollars(each, Subject::PeakCost)),
            ];
            let parts = by_part(cut).map(|parts| parts.map(Some));
            let parts = parts.unwrap_or_default().into_iter().zip(PARTS_OF_COST);
            row.extend(parts.map(|(part, (from, to))| {
                part.map_or_else(none, |part| dollars(part, Subject::PeakCostPart(from, to)))
            }));
            row
        })
        .collect();
    Table { head, rows }
}

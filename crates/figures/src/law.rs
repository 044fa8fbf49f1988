//! Who is caught: computing power × density, with what the rules make of each.

mod zones;

use crate::cast::is_cast;
use crate::origin::Of;
use crate::reading::of_both_rows;
use crate::shown::{Case, Shown, b_alone, joined, of_b, of_both, quantity};
use crate::{Cell, Figure, Table, cell};
use charts::{Axis, Dot, Ink, Marker, Region, Scale, ScatterSpec, scatter};
use sim::catalogue::{CHIPS, ChipRow, Origin, RULES};
use sim::export::{Metrics, Posture, UsGate, us_gate};
use sim::outcome::{LegalDesign, Outcome, largest_legal_design, metrics_of};
use sim::scenario::Scenario;
use sim::state::{OWN_CHIP, State, Value, rule_index};
use std::sync::LazyLock;
use words::Lang;
use words::explain::Subject;
use words::sentences;
use zones::zones;

/// Below that only chips that readers have heard of are named, in pixels.
const NARROW: u32 = 480;

/// A chip as sold, under the reader's law.
struct Judged {
    chip: &'static ChipRow,
    metrics: Metrics,
    gate: UsGate,
}

/// Every chip by computing power and density, the regions that the rules in force
/// control, the reader's own design, and the most that they let go on its node.
pub fn law(shown: &Shown) -> Figure {
    let Case {
        scenario, outcome, ..
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.law.title").to_owned();
    let judged = judged(scenario);
    let legal = largest_legal_design(scenario);
    let mut regions = zones(lang, scenario);
    let other = shown.other.map(|b| Other::new(lang, &b, &regions));
    let caption = shown.caption(caption(lang, scenario, outcome, legal.as_ref()), |b| {
        versus(lang, &shown.own, &b)
    });
    let number = |value: f64| lang.number(value, 3);
    let place = own_place(scenario, outcome);
    let theirs = other.as_ref().and_then(|b| b.place);
    let here = lang.text("figure.law.here");
    let chips = joined(
        lang,
        table(lang, scenario, &judged),
        other
            .as_ref()
            .zip(shown.other)
            .map(|(drawn, b)| table(lang, b.scenario, &drawn.judged)),
    );
    let mut table = chips.table;
    let designs = [
        place.map(|at| design_row(lang, Of::OWN, shown.own_name(here), at, &shown.own)),
        theirs
            .zip(shown.other)
            .map(|(at, b)| design_row(lang, Of::OTHER, b_alone(lang), at, &b)),
    ];
    table.rows.splice(0..0, designs.into_iter().flatten());
    let first = usize::from(place.is_some()) + usize::from(theirs.is_some());
    let alike = theirs.is_some() && theirs == place;
    let here = match alike {
        true => of_both(lang, here),
        false => shown.own_name(here),
    };
    let dot = |label: String, (x, y): (f64, f64), marker: Marker, rows: &[usize]| Dot {
        label,
        x,
        y,
        ink: Ink::Ink,
        marker,
        said: of_both_rows(lang, &table, rows, &[1, 2, 3, 4]),
        ..Dot::default()
    };
    let own: Vec<Dot> = place
        .map(|at| dot(here, at, Marker::Disc, if alike { &[0, 1] } else { &[0] }))
        .into_iter()
        .chain(
            theirs
                .filter(|_| theirs != place)
                .map(|at| dot(b_alone(lang), at, Marker::Ring, &[first - 1])),
        )
        .collect();
    let highlights = (0..own.len()).collect();
    let beside = other.as_ref().map(|b| &b.regions);
    regions.extend(beside.into_iter().flatten().cloned());
    let most = legal.map(|design| Dot {
        label: lang.text("figure.law.most").to_owned(),
        x: design.tpp,
        y: design.performance_density,
        ink: Ink::Green,
        marker: Marker::Triangle,
        said: largest(lang, scenario, &design),
        ..Dot::default()
    });
    // What both laws make of a chip, or each of them.
    let said = |i: usize| {
        let mut rows: Vec<usize> = chips
            .rows
            .iter()
            .filter_map(|of| of.get(i))
            .copied()
            .collect();
        rows.dedup();
        let rows: Vec<usize> = rows.into_iter().map(|row| first + row).collect();
        of_both_rows(lang, &table, &rows, &[1, 2, 3, 4])
    };
    let chips = judged.iter().enumerate().filter_map(|(i, judged)| {
        let chinese = judged.chip.origin == Origin::Chinese;
        Some(Dot {
            label: judged.chip.short.to_owned(),
            x: judged.metrics.tpp,
            y: judged.metrics.performance_density?,
            ink: if chinese { Ink::Vermilion } else { Ink::Blue },
            marker: if chinese {
                Marker::Square
            } else {
                Marker::Disc
            },
            said: said(i),
            unnamed: shown.width < NARROW && !is_cast(judged.chip),
            ..Dot::default()
        })
    });
    let spec = ScatterSpec {
        frame: shown.frame("law", &title, &caption),
        x: Axis::new(lang.text("figure.law.x"), Scale::Log, &number),
        y: Axis::new(lang.text("figure.law.y"), Scale::Log, &number),
        dots: own.into_iter().chain(most).chain(chips).collect(),
        regions,
        highlights,
        key: vec![
            (Ink::Blue, Marker::Disc, lang.text("figure.law.foreign")),
            (
                Ink::Vermilion,
                Marker::Square,
                lang.text("figure.law.chinese"),
            ),
        ],
    };
    Figure {
        id: "figure-law",
        title,
        caption,
        drawing: scatter(&spec),
        table,
    }
}

/// What B's law and design draw.
struct Other {
    judged: Vec<Judged>,
    /// Regions that A's law has not.
    regions: Vec<Region>,
    place: Option<(f64, f64)>,
}

impl Other {
    fn new(lang: Lang, b: &Case, own: &[Region]) -> Self {
        let apart = zones(lang, b.scenario).into_iter();
        let regions = apart
            .filter(|region| !own.contains(region))
            .map(|region| Region {
                label: match region.label.as_str() {
                    "" => String::new(),
                    label => of_b(lang, label),
                },
                outlined: true,
                ..region
            });
        Self {
            judged: judged(b.scenario),
            regions: regions.collect(),
            place: own_place(b.scenario, b.outcome),
        }
    }
}

/// How the computing power that rules count differs, and what they make of B.
fn versus(lang: Lang, a: &Case, b: &Case) -> Option<String> {
    let verdicts = [a, b].map(|case| verdict(lang, case.scenario, case.outcome));
    let metrics = [a, b].map(|case| &case.outcome.metrics);
    let alike = metrics[0] == metrics[1] && verdicts[0] == verdicts[1];
    let law = |case: &Case| (case.scenario.in_force, case.scenario.moved);
    if alike && law(a) == law(b) {
        return None;
    }
    let made = |case: &Case| case.outcome.package.is_manufacturable();
    let tpp = [a, b].map(|case| made(case).then_some(case.outcome.metrics.tpp));
    let count = |tpp: f64| lang.count(tpp);
    let said = quantity(lang, "figure.law.versus", tpp, &count);
    let [before, after] = verdicts;
    Some(match after.filter(|after| Some(after) != before.as_ref()) {
        Some(_) => [&said, " ", &ruled(lang, b)].concat(),
        None => said,
    })
}

/// What the rules make of B.
fn ruled(lang: Lang, b: &Case) -> String {
    let posture = sentences::posture(lang, b.outcome.us.posture);
    lang.fill("figure.law.ruled", &[("posture", posture)])
}

/// A design as the rules see it, as a row.
fn design_row(
    lang: Lang,
    of: Of,
    name: String,
    (tpp, density): (f64, f64),
    case: &Case,
) -> Vec<Cell> {
    let why = sentences::rule_reason(lang, &case.outcome.us, &case.scenario.in_force);
    let posture = case.outcome.us.posture;
    row(lang, of, name, (tpp, Some(density)), (posture, why))
}

/// What the rules look at in each chip as sold: the same for every reader.
static SOLD: LazyLock<Vec<(&ChipRow, Metrics)>> = LazyLock::new(|| {
    let sold = |chip: &'static ChipRow| {
        let state = State::default().with("chip", Value::Id(chip.id));
        (chip, metrics_of(&state.scenario()))
    };
    let chips = CHIPS.iter().filter(|chip| chip.id != OWN_CHIP);
    chips.map(sold).collect()
});

fn judged(scenario: &Scenario) -> Vec<Judged> {
    let judged = |(chip, metrics): &(&'static ChipRow, Metrics)| Judged {
        chip,
        metrics: *metrics,
        gate: us_gate(metrics, scenario.law()),
    };
    SOLD.iter().map(judged).collect()
}

/// Where the reader's design lies; its own area stands in for one that nobody
/// published.
fn own_place(scenario: &Scenario, outcome: &Outcome) -> Option<(f64, f64)> {
    let metrics = &outcome.metrics;
    let area = scenario.design.die_area * f64::from(scenario.design.dies);
    let density = metrics
        .performance_density
        .unwrap_or(metrics.tpp / area.get());
    (outcome.package.is_manufacturable() && density > 0.0).then_some((metrics.tpp, density))
}

fn caption(
    lang: Lang,
    scenario: &Scenario,
    outcome: &Outcome,
    legal: Option<&LegalDesign>,
) -> String {
    let mut said = Vec::from_iter(verdict(lang, scenario, outcome));
    if outcome.metrics.performance_density.is_none() {
        said.push(lang.text("figure.law.no_area").to_owned());
    }
    said.extend(legal.map(|design| largest(lang, scenario, design)));
    said.extend(history(lang, scenario));
    for (rule, moved) in RULES.iter().zip(scenario.moved) {
        if let Some((lever, moved)) = rule.lever().zip(moved) {
            said.push(lang.fill(
                "figure.law.moved",
                &[
                    ("rule", lang.text(&format!("page.rule.{}.name", rule.id))),
                    ("from", &lang.number(lever.threshold, 6)),
                    ("to", &lang.number(moved, 6)),
                ],
            ));
        }
    }
    said.push(lang.text("figure.law.key").to_owned());
    said.join(" ")
}

/// The most that the rules let go on the reader's node.
fn largest(lang: Lang, scenario: &Scenario, design: &LegalDesign) -> String {
    let node = sim::catalogue::node(scenario.node_id).map_or("", |row| row.name);
    lang.fill(
        "figure.law.largest",
        &[
            ("node", node),
            ("dies", &lang.dies(design.dies)),
            ("area", &lang.with_unit(design.die_area.get(), 3, "mm²")),
            ("clock", &lang.percent(design.clock_share)),
            ("peak", &lang.op_rate(design.peak)),
            ("tpp", &lang.count(design.tpp.ceil())),
        ],
    )
}

/// Two chips that were made to stay under the rule of 2023, while it is in force.
fn history(lang: Lang, scenario: &Scenario) -> Option<String> {
    rule_index("r23").filter(|i| scenario.in_force[*i])?;
    let sold = |id: &str| {
        let (_, metrics) = SOLD.iter().find(|(chip, _)| chip.id == id)?;
        Some(metrics)
    };
    Some(lang.fill(
        "figure.law.history",
        &[
            ("h20", &lang.count(sold("h20")?.tpp)),
            ("l20", &lang.decimals(sold("l20")?.performance_density?, 2)),
        ],
    ))
}

/// "Your design is caught by 3A090.a: TPP 12,032, 7,232 over the limit"; `None`
/// for what cannot be made.
fn verdict(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Option<String> {
    if !outcome.package.is_manufacturable() {
        return None;
    }
    // A chip that never crosses the border asks nobody.
    let stays = scenario.origin == Origin::Chinese && !scenario.fab_abroad;
    Some(match outcome.us.deciding {
        Some(finding) => lang
            .fill(
                if stays {
                    "figure.law.would_be_caught"
                } else {
                    "figure.law.caught"
                },
                &[
                    (
                        "rule",
                        lang.text(&format!("page.rule.{}.name", finding.rule)),
                    ),
                    ("paragraph", finding.paragraph.unwrap_or(finding.rule)),
                    ("posture", sentences::posture(lang, outcome.us.posture)),
                    ("finding", &sentences::rule_finding(lang, &finding)),
                ],
            )
            .trim_end()
            .to_owned(),
        None => {
            let reason = sentences::rule_reason(lang, &outcome.us, &scenario.in_force);
            lang.fill("figure.law.free", &[("finding", &reason)])
                .trim_end()
                .to_owned()
        }
    })
}

fn table(lang: Lang, scenario: &Scenario, judged: &[Judged]) -> Table {
    Table {
        head: ["chip", "tpp", "density", "verdict", "why"]
            .map(|key| lang.text(&format!("figure.law.head_{key}")).to_owned())
            .to_vec(),
        rows: judged
            .iter()
            .map(|judged| {
                let metrics = &judged.metrics;
                let place = (metrics.tpp, metrics.performance_density);
                let of = Of::sold(judged.chip.id);
                let why = sentences::rule_reason(lang, &judged.gate, &scenario.in_force);
                let said = (judged.gate.posture, why);
                row(lang, of, judged.chip.name.to_owned(), place, said)
            })
            .collect(),
    }
}

/// A chip as the rules see it.
fn row(
    lang: Lang,
    of: Of,
    name: String,
    (tpp, density): (f64, Option<f64>),
    (posture, why): (Option<Posture>, String),
) -> Vec<Cell> {
    let unknown = || lang.text("figure.law.unknown").into();
    vec![
        name.into(),
        cell::count(lang, tpp).by(of.origin(Subject::Tpp)),
        density.map_or_else(unknown, |density| {
            cell::decimals(lang, density, 2).by(of.origin(Subject::PerformanceDensity))
        }),
        sentences::posture(lang, posture).into(),
        why.into(),
    ]
}

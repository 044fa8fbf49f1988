//! What the rules in force make of a data-centre chip, by computing power and
//! density: the plane cut at their thresholds, each piece judged by the rules
//! themselves, so that the drawing and the words agree.

use charts::{Ink, Region};
use sim::export::{Compare, Law, Metric, Metrics, Posture, RuleKind, us_gate};
use sim::scenario::Scenario;
use units::{Bandwidth, Transistors};
use words::Lang;

/// Zones in the order in which they are drawn, with their words.
const ZONES: [(Posture, Ink, &str); 4] = [
    (Posture::Free, Ink::Good, "figure.law.unlicensed"),
    (Posture::LicenceException, Ink::Yellow, "figure.law.notice"),
    (Posture::CaseByCase, Ink::Orange, "figure.law.case"),
    (Posture::PresumptionOfDenial, Ink::Bad, "figure.law.denied"),
];

/// A zone that grows from left to right.
struct Growing {
    posture: Posture,
    lower: Vec<(f64, f64)>,
    upper: Vec<(f64, f64)>,
    /// Where its last column ends, and what that spans.
    right: f64,
    span: (f64, f64),
}

/// The zones of the rules in force for everybody.
pub(super) fn zones(lang: Lang, scenario: &Scenario) -> Vec<Region> {
    let law = scenario.law();
    let columns = strips(law, Metric::Tpp);
    let rows = strips(law, Metric::PerformanceDensity);
    let mut zones: Vec<Growing> = Vec::new();
    for column in columns {
        for (posture, span) in runs(law, column, &rows) {
            let meets = |zone: &&mut Growing| {
                let apart = zone.span.1 <= span.0 || span.1 <= zone.span.0;
                zone.posture == posture && zone.right == column.0 && !apart
            };
            let ends = |y: f64| [(column.0, y), (column.1, y)];
            match zones.iter_mut().find(meets) {
                Some(zone) => {
                    zone.lower.extend(ends(span.0));
                    zone.upper.extend(ends(span.1));
                    (zone.right, zone.span) = (column.1, span);
                }
                None => zones.push(Growing {
                    posture,
                    lower: ends(span.0).to_vec(),
                    upper: ends(span.1).to_vec(),
                    right: column.1,
                    span,
                }),
            }
        }
    }
    let drawn = ZONES.into_iter().flat_map(|(posture, ink, key)| {
        let zones = zones.iter().filter(move |zone| zone.posture == posture);
        zones.map(move |zone| Region {
            label: words(lang, law, key),
            ink,
            corners: zone
                .lower
                .iter()
                .chain(zone.upper.iter().rev())
                .copied()
                .collect(),
            outlined: false,
        })
    });
    drawn.collect()
}

/// The words of a zone, with the ends of what a review opens.
fn words(lang: Lang, law: Law, key: &str) -> String {
    let end = |metric: Metric| {
        let rules = law.rules.iter().zip(law.in_force).zip(law.moved);
        let reviews = rules.filter(|((rule, in_force), _)| {
            **in_force && rule.kind == RuleKind::Review && rule.names.is_empty()
        });
        let ends = reviews.flat_map(|((rule, _), moved)| {
            let clauses = rule
                .paragraphs
                .iter()
                .flat_map(|p| p.any.iter().copied().flatten());
            let below = clauses.filter(move |c| c.metric == metric && c.compare == Compare::Below);
            below.map(|clause| rule.threshold(clause, *moved))
        });
        ends.fold(0.0, f64::max)
    };
    let memory = Bandwidth::new(end(Metric::MemoryBandwidth) * 1e9);
    let ends = [
        ("tpp", lang.count(end(Metric::Tpp))),
        ("memory", lang.bandwidth(memory)),
    ];
    lang.fill(
        key,
        &ends.each_ref().map(|(name, end)| (*name, end.as_str())),
    )
}

/// The axis cut at every threshold of the rules in force, from nothing to infinity.
fn strips(law: Law, metric: Metric) -> Vec<(f64, f64)> {
    let rules = law.rules.iter().zip(law.in_force).zip(law.moved);
    let mut cuts: Vec<f64> = rules
        .filter(|((rule, in_force), _)| {
            **in_force && matches!(rule.kind, RuleKind::Item | RuleKind::Review)
        })
        .flat_map(|((rule, _), moved)| {
            let clauses = rule
                .paragraphs
                .iter()
                .flat_map(|p| p.any.iter().copied().flatten());
            let own = clauses.filter(move |clause| clause.metric == metric);
            own.map(|clause| rule.threshold(clause, *moved))
        })
        .chain([0.0, f64::INFINITY])
        .collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts.windows(2).map(|ends| (ends[0], ends[1])).collect()
}

/// What follows in a column, from its foot up, with where that begins and ends.
fn runs(law: Law, column: (f64, f64), rows: &[(f64, f64)]) -> Vec<(Posture, (f64, f64))> {
    let mut runs: Vec<(Posture, (f64, f64))> = Vec::new();
    for row in rows {
        let Some(posture) = us_gate(&within(column, *row), law).posture else {
            continue;
        };
        match runs.last_mut() {
            Some((last, span)) if *last == posture && span.1 == row.0 => span.1 = row.1,
            _ => runs.push((posture, *row)),
        }
    }
    runs
}

/// A data-centre chip that nobody sells, within a column and a row. Its links are
/// those that the rule of 2022 asks for; no other rule looks at so few.
fn within(column: (f64, f64), row: (f64, f64)) -> Metrics {
    let middle = |(low, high): (f64, f64)| match high {
        f64::INFINITY => low * 2.0 + 1.0,
        high => (low + high) / 2.0,
    };
    Metrics {
        tpp: middle(column),
        performance_density: Some(middle(row)),
        links: Some(Bandwidth::new(600e9)),
        memory: Bandwidth::new(0.0),
        data_centre: true,
        transistors: Transistors::new(0.0),
        stack_density: None,
        packaged_in_china: false,
        american: false,
        name: "",
    }
}

//! The designer's question: how much computing power stays outside the rules?

use super::access::metrics;
use crate::export::{Caught, Law, Metric, Metrics, RuleKind, RuleRow};
use crate::scenario::Scenario;
use crate::silicon::package;
use units::{Area, OpRate};

/// A design that no rule for everybody catches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegalDesign {
    /// Compute dies.
    pub dies: u32,
    /// Area of one.
    pub die_area: Area,
    /// Clock, or share of the cores left on, full = 1.
    pub clock_share: f64,
    /// Its total processing performance.
    pub tpp: f64,
    /// That over its logic area.
    pub performance_density: f64,
    /// Its dense peak at 16 bit.
    pub peak: OpRate,
}

/// Most dies that are tried.
const MOST_DIES: u32 = 8;
/// Areas tried, as shares of the reticle.
const AREAS: u32 = 24;
/// A threshold is approached to this share of itself.
const HAIR: f64 = 1e-6;

/// The design with most computing power on this node, within reticle, package and
/// cooling, that the rules in force for everybody let go; with the least silicon
/// among equals. `None` where nothing is let go.
///
/// For each die count and area the clock is a continuous choice, but only the
/// clocks just below a threshold and the full clock can be best, because between
/// two thresholds no verdict changes. Source: [bis-3a090] for what is counted.
pub fn largest_legal_design(scenario: &Scenario) -> Option<LegalDesign> {
    let mut best: Option<LegalDesign> = None;
    let mut other = scenario.clone();
    for dies in 1..=MOST_DIES {
        for step in 1..=AREAS {
            other.design.dies = dies;
            other.design.die_area = scenario.making.reticle * (f64::from(step) / f64::from(AREAS));
            let Some(found) = fastest_legal(&other) else {
                continue;
            };
            let silicon = |d: &LegalDesign| d.die_area * f64::from(d.dies);
            let better = best.is_none_or(|best| {
                found.tpp > best.tpp * (1.0 + HAIR)
                    || (found.tpp > best.tpp * (1.0 - HAIR) && silicon(&found) < silicon(&best))
            });
            if better {
                best = Some(found);
            }
        }
    }
    best
}

/// The scenario's own die count and area at the highest clock that is let go.
fn fastest_legal(scenario: &Scenario) -> Option<LegalDesign> {
    let package = package(&scenario.anchor, &scenario.design, &scenario.making);
    if !package.is_manufacturable() {
        return None;
    }
    let area = scenario.design.die_area * f64::from(scenario.design.dies);
    let mut full = metrics(scenario, &package);
    // A designer knows the area of a design, published or not.
    full.performance_density = Some(if scenario.node_advanced {
        full.tpp / area.get()
    } else {
        0.0
    });
    let law = scenario.law();
    let at = |tpp: f64| Metrics {
        tpp,
        performance_density: full.performance_density.map(|d| d * tpp / full.tpp),
        ..full
    };
    let mut fastest_first = candidates(law, &full, area);
    fastest_first.sort_unstable_by(|a, b| b.total_cmp(a));
    let tpp = fastest_first
        .into_iter()
        .find(|tpp| *tpp <= full.tpp && is_free(law, &at(*tpp)))?;
    let clock_share = tpp / full.tpp;
    Some(LegalDesign {
        dies: scenario.design.dies,
        die_area: scenario.design.die_area,
        clock_share: clock_share * package.clock_ratio,
        tpp,
        performance_density: tpp / area.get(),
        peak: package.peaks.bf16 * clock_share,
    })
}

/// Computing powers that can be best: the full one, and those just below each
/// threshold of power or density.
fn candidates(law: Law, full: &Metrics, area: Area) -> Vec<f64> {
    let mut candidates = vec![full.tpp];
    for (rule, moved) in in_force(law) {
        let clauses = rule
            .paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.any.iter().copied().flatten());
        for clause in clauses {
            let threshold = rule.threshold(clause, moved);
            match clause.metric {
                Metric::Tpp => candidates.push(threshold * (1.0 - HAIR)),
                Metric::PerformanceDensity => {
                    candidates.push(threshold * area.get() * (1.0 - HAIR));
                }
                _ => {}
            }
        }
    }
    candidates
}

/// The rules for everybody that are in force, and where their levers stand.
fn in_force(law: Law<'_>) -> impl Iterator<Item = (&RuleRow, Option<f64>)> {
    let rules = law.rules.iter().zip(law.in_force).zip(law.moved);
    rules
        .filter(|((rule, in_force), _)| **in_force && rule.kind == RuleKind::Item)
        .map(|((rule, _), moved)| (rule, *moved))
}

/// None of them catches it, or may.
fn is_free(law: Law, metrics: &Metrics) -> bool {
    in_force(law).all(|(rule, moved)| rule.find(metrics, moved).caught == Caught::No)
}

//! Whether the chip may be had, and what the rules say of it.

use crate::Lang;
use sim::catalogue::{self, Gate, Metric, Posture};
use sim::export::{Caught, Finding, Route, RuleKind, UsGate};
use sim::outcome::{Access, Outcome, nearest_node};
use sim::scenario::Scenario;
use sim::silicon::{Limit, nearest_possible};
use sim::state::rule_index;

/// Why a package cannot be made, and what could be in its place.
pub(super) fn not_made(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> String {
    let (design, making) = (&scenario.design, &scenario.making);
    let near = nearest_possible(&scenario.anchor, design, making);
    let area = |area: units::Area| lang.with_unit(area.get(), 3, "mm²");
    let dies = lang.count(f64::from(design.dies));
    let limits = &outcome.package.limits;
    match limits.iter().find(|limit| **limit != Limit::Power) {
        Some(Limit::BeyondCooling) => {
            lang.fill("limit.cooling", &[("most", &lang.dies(near.dies))])
        }
        Some(Limit::BeyondReticle) => {
            let cut = (design.die_area / making.reticle).ceil() as u32 * design.dies;
            lang.fill(
                "limit.reticle",
                &[
                    ("area", &area(design.die_area)),
                    ("reticle", &area(making.reticle)),
                    ("cut", &lang.dies(cut)),
                ],
            )
        }
        Some(Limit::BeyondEdge) => lang.fill(
            "limit.edge",
            &[
                ("stacks", &lang.count(f64::from(outcome.package.stacks))),
                (
                    "most",
                    &lang.count(f64::from(design.most_stacks(&scenario.anchor, making))),
                ),
            ],
        ),
        Some(Limit::LinkLacksLayer) => lang.text("limit.layer").to_owned(),
        Some(Limit::MemoryLacksLayer) => lang.text("limit.memory_layer").to_owned(),
        _ => lang.fill(
            "limit.package",
            &[("dies", &dies), ("most", &lang.dies(near.dies))],
        ),
    }
}

/// That a node makes nothing yet, and which one did.
fn not_yet(lang: Lang, scenario: &Scenario) -> String {
    let name = catalogue::node(scenario.node_id).map_or("", |row| row.name);
    let since = lang.month(scenario.node_since);
    match nearest_node(scenario) {
        Some(near) => lang.fill(
            "supply.not_yet",
            &[("node", name), ("since", &since), ("near", near.name)],
        ),
        None => lang.fill("supply.not_yet_none", &[("node", name), ("since", &since)]),
    }
}

/// That tools are missing for a node, and which one runs.
fn no_tools(lang: Lang, scenario: &Scenario) -> String {
    let name = catalogue::node(scenario.node_id).map_or("", |row| row.name);
    let near = nearest_node(scenario).map_or("", |row| row.name);
    lang.fill("supply.no_tools", &[("node", name), ("near", near)])
}

/// Whether the chip may be had, and who decides.
pub fn access(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> String {
    let key = match outcome.access {
        Access::NotManufacturable => return not_made(lang, scenario, outcome),
        Access::NotYet => return not_yet(lang, scenario),
        Access::NoTools => return no_tools(lang, scenario),
        Access::Free => "supply.free",
        Access::LicenceException => "supply.licence_exception",
        Access::CaseByCase => match outcome.china {
            Gate::Open => "supply.case_by_case",
            Gate::Discouraged | Gate::Barred => "supply.case_by_case_discouraged",
        },
        Access::Indeterminate => "supply.indeterminate",
        Access::Discouraged => "supply.discouraged",
        Access::Denied => "supply.denied",
        Access::Barred => "supply.barred",
        Access::Domestic => "supply.domestic",
        Access::MadeAbroad => "supply.made_abroad",
        Access::NoFab(Route::EntityListed) => "supply.entity_listed",
        Access::NoFab(Route::Controlled) => "supply.controlled",
        Access::NoFab(Route::PresumedControlled | Route::Open) => "supply.presumed",
    };
    let rule = outcome
        .us
        .deciding
        .map_or_else(String::new, |finding| rule_finding(lang, &finding));
    match outcome.access {
        Access::Denied | Access::CaseByCase if !rule.is_empty() => {
            format!("{} {rule}", lang.text(key))
        }
        _ => lang.text(key).to_owned(),
    }
}

/// A rule's finding in words: "TPP 2,368: 32 under the limit of 2,400".
pub fn rule_finding(lang: Lang, finding: &Finding) -> String {
    if finding.caught == Caught::Indeterminate {
        return lang.text("rule.indeterminate").to_owned();
    }
    let Some(nearest) = finding.nearest else {
        return String::new();
    };
    let metric = metric_name(lang, nearest.metric);
    let exact = |value: f64| {
        if nearest.metric == Metric::PerformanceDensity {
            lang.decimals(value, 2)
        } else {
            lang.count(value)
        }
    };
    let gap = (nearest.value - nearest.threshold).abs();
    let key = match (nearest.value < nearest.threshold, gap == 0.0) {
        (_, true) => "rule.at",
        (true, _) => "rule.under",
        (false, _) => "rule.over",
    };
    lang.fill(
        key,
        &[
            ("metric", metric),
            ("value", &exact(nearest.value)),
            ("gap", &exact(gap)),
            ("threshold", &exact(nearest.threshold)),
        ],
    )
}

/// Why a chip is met as it is: the rule where it counts nothing of everybody's
/// chips, the note that lets go, and the clause that decides or is nearest to it.
pub fn rule_reason(lang: Lang, gate: &UsGate, in_force: &[bool]) -> String {
    let reach = |finding: &Finding| finding.nearest.map_or(0.0, |n| n.margin_ratio);
    let held = |finding: &&Finding| rule_index(finding.rule).is_some_and(|i| in_force[i]);
    let Some(finding) = gate.deciding.or_else(|| {
        let nearest = gate.findings.iter().filter(held);
        nearest
            .max_by(|a, b| reach(a).total_cmp(&reach(b)))
            .copied()
    }) else {
        return String::new();
    };
    let said = rule_finding(lang, &finding);
    let for_everybody = catalogue::rule(finding.rule).is_some_and(|r| r.kind == RuleKind::Item);
    let by = match (finding.caught, finding.paragraph) {
        (Caught::No, Some(note)) => lang.fill("rule.let_go", &[("note", note)]),
        (Caught::Yes, _) if !for_everybody => {
            let name = ["page.rule.", finding.rule, ".name"].concat();
            lang.fill("rule.by", &[("rule", lang.text(&name))])
        }
        _ => return said,
    };
    [by, said].join(" ").trim_end().to_owned()
}

/// The name of a metric.
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    let key = match metric {
        Metric::Tpp => "metric.tpp",
        Metric::PerformanceDensity => "metric.performance_density",
        Metric::LinkBandwidth => "metric.link_bandwidth",
        Metric::MemoryBandwidth => "metric.memory_bandwidth",
        Metric::MemoryAndLinkBandwidth => "metric.memory_and_link_bandwidth",
        Metric::DataCentre => "metric.data_centre",
        Metric::Transistors => "metric.transistors",
        Metric::StackDensity => "metric.stack_density",
        Metric::StackedMemory => "metric.stacked_memory",
        Metric::PackagedInChina => "metric.packaged_in_china",
    };
    lang.find(key).unwrap_or(key)
}

/// How a licence would be met.
pub fn posture(lang: Lang, posture: Option<Posture>) -> &'static str {
    let key = match posture {
        Some(Posture::Free) => "posture.free",
        Some(Posture::LicenceException) => "posture.licence_exception",
        Some(Posture::CaseByCase) => "posture.case_by_case",
        Some(Posture::PresumptionOfDenial) => "posture.presumption_of_denial",
        None => "posture.indeterminate",
    };
    lang.find(key).unwrap_or(key)
}

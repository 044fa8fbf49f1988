//! Every chip under every version of the rules.

use crate::listing::{Rows, aligned, head};
use sim::catalogue::{CHIPS, Origin, RULES, RuleRow};
use sim::export::{Caught, Finding, Metrics, Posture, RuleKind};
use sim::outcome::simulate;
use sim::state::{OWN_CHIP, State, Value};

/// The table: what the rules look at, then a column a rule that judges chips.
pub fn table() -> String {
    let judges = || {
        RULES.iter().filter(|rule| {
            matches!(
                rule.kind,
                RuleKind::Item
                    | RuleKind::Letter
                    | RuleKind::Review
                    | RuleKind::Tax
                    | RuleKind::Memory
                    | RuleKind::Foundry
            )
        })
    };
    let mut columns = vec!["chip", "TPP", "PD /mm²", "links GB/s", "memory GB/s"];
    columns.extend(judges().map(|rule| rule.id));
    let mut rows: Rows = vec![head(&columns)];
    for chip in CHIPS.iter().filter(|chip| chip.id != OWN_CHIP) {
        let state = State::default().with("chip", Value::Id(chip.id));
        let metrics = simulate(&state.scenario()).metrics;
        let unknown = || "?".to_owned();
        let mut row = vec![
            chip.id.to_owned(),
            format!("{:.0}", metrics.tpp),
            metrics
                .performance_density
                .map_or_else(unknown, |density| format!("{density:.3}")),
            metrics
                .links
                .map_or_else(unknown, |links| format!("{:.0}", links.get() / 1e9)),
            format!("{:.0}", metrics.memory.get() / 1e9),
        ];
        row.extend(judges().map(|rule| {
            if concerns(rule, chip.origin, &metrics) {
                verdict(rule, &rule.find(&metrics, None))
            } else {
                "-".to_owned()
            }
        }));
        rows.push(row);
    }
    aligned(rows)
}

/// Whether the rule has anything to say of the chip. A review is of licences that
/// are refused for what an American seller ships, as are letters and the duty;
/// foundries are asked for Chinese designs.
fn concerns(rule: &RuleRow, origin: Origin, metrics: &Metrics) -> bool {
    let refused = |id: &&str| {
        let finding = sim::catalogue::rule(id).map(|rule| rule.find(metrics, None));
        finding.is_some_and(|finding| {
            finding.caught == Caught::Yes && finding.posture == Posture::PresumptionOfDenial
        })
    };
    match rule.kind {
        RuleKind::Review => {
            origin == Origin::Foreign
                && rule.speaks_of(metrics.name)
                && rule.reviews.iter().any(refused)
        }
        RuleKind::Letter | RuleKind::Tax => origin == Origin::Foreign,
        RuleKind::Foundry => origin == Origin::Chinese,
        _ => true,
    }
}

/// A finding in a word or two.
fn verdict(rule: &RuleRow, finding: &Finding) -> String {
    match (finding.caught, rule.kind) {
        (Caught::Indeterminate, _) => "indeterminate".into(),
        (Caught::No, RuleKind::Review) => "denied".into(),
        (Caught::No, RuleKind::Tax) => "-".into(),
        (Caught::No, _) => "free".into(),
        (Caught::Yes, RuleKind::Review) => "case by case".into(),
        (Caught::Yes, RuleKind::Tax) => format!("{:.0} %", rule.duty_share.unwrap_or(0.0) * 100.0),
        (Caught::Yes, _) => {
            let paragraph = finding.paragraph.unwrap_or("caught");
            match finding.posture {
                Posture::LicenceException => format!("{paragraph}, NAC"),
                Posture::CaseByCase => format!("{paragraph}, case by case"),
                _ => paragraph.into(),
            }
        }
    }
}

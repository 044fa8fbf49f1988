//! The gates that rules in force add up to.

use super::{Caught, Finding, Gate, Metrics, Posture, RuleKind, RuleRow};
use crate::date::Date;

/// The US gate on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct UsGate {
    /// How a licence would be met; `None` is indeterminate.
    pub posture: Option<Posture>,
    /// The rule that decided, `None` where none catches.
    pub deciding: Option<Finding>,
    /// What each item rule says, in force or not, in the table's order.
    pub findings: Vec<Finding>,
}

/// The US gate for sales of the chip to China, under the rules in force.
///
/// The strictest item rule decides; a review rule in force then changes how
/// its licences are met. `in_force` says so for each rule, so that a reader
/// may switch one off.
pub fn us_gate(
    metrics: &Metrics,
    rules: &'static [RuleRow],
    in_force: impl Fn(&RuleRow) -> bool,
) -> UsGate {
    let mut gate = UsGate {
        posture: Some(Posture::Free),
        deciding: None,
        findings: Vec::new(),
    };
    for rule in rules
        .iter()
        .filter(|rule| matches!(rule.kind, RuleKind::Item | RuleKind::Letter))
    {
        let finding = rule.find(metrics);
        gate.findings.push(finding);
        if !in_force(rule) {
            continue;
        }
        match finding.caught {
            Caught::No => {}
            Caught::Indeterminate => {
                // A rule that surely denies outweighs one that nobody can decide.
                if gate.posture != Some(Posture::PresumptionOfDenial) {
                    gate.posture = None;
                    gate.deciding = Some(finding);
                }
            }
            Caught::Yes => {
                let reviewed = rules
                    .iter()
                    .filter(|review| review.reviews == Some(rule.id) && in_force(review))
                    .map(|review| review.find(metrics))
                    .find(|review| review.caught == Caught::Yes);
                let deciding = reviewed.unwrap_or(finding);
                let stricter = match gate.posture {
                    Some(posture) => deciding.posture > posture,
                    None => deciding.posture == Posture::PresumptionOfDenial,
                };
                if stricter {
                    gate.posture = Some(deciding.posture);
                    gate.deciding = Some(deciding);
                }
            }
        }
    }
    gate
}

/// China's gate: the strictest measure in force that names the chip.
pub fn china_gate(measures: impl IntoIterator<Item = Gate>) -> Gate {
    measures.into_iter().max().unwrap_or(Gate::Open)
}

/// Whether a Chinese design may be made on a node, on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum Route {
    /// Nothing in the way.
    Open,
    /// Its designer is on the Entity List and the fab is abroad.
    EntityListed,
    /// A fab abroad may not make a chip that the item rules catch.
    Controlled,
    /// A fab abroad must presume it controlled: too many transistors.
    PresumedControlled,
}

/// Facts that decide the route of a Chinese design to a fab.
#[derive(Clone, Copy, Debug)]
pub struct RouteFacts {
    /// The day.
    pub date: Date,
    /// The fab stands outside China.
    pub abroad: bool,
    /// Day its designer was listed, if it was.
    pub entity_listed: Option<Date>,
    /// An item rule in force catches the chip (or may).
    pub controlled: bool,
    /// The foundry rule in force catches it (or may).
    pub presumed: bool,
}

/// The route of a Chinese design to a fab.
///
/// Fabs abroad obey the foreign-direct-product rules: none for a listed
/// designer, none for what the item rules catch, and none for what the
/// due-diligence rule presumes. Source: [bis-3a090], [bis-2025-fdd].
pub fn route(facts: &RouteFacts) -> Route {
    if !facts.abroad {
        Route::Open
    } else if facts
        .entity_listed
        .is_some_and(|listed| listed <= facts.date)
    {
        Route::EntityListed
    } else if facts.controlled {
        Route::Controlled
    } else if facts.presumed {
        Route::PresumedControlled
    } else {
        Route::Open
    }
}
